using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Startup;

namespace SelfService.Web.Tests.Pages.Account;

/// <summary>What people do with accounts, as tests write it.</summary>
public static class AccountSteps
{
    public const string Form = "main form.form";
    public const string HerPassword = "nopal verde trenza 7";
    public const string OtherPassword = "tranvia cielo cuchara 9";

    private static int number;

    /// <summary>An address nobody has used.</summary>
    public static string NewAddress(string name = "persona") => $"{name}{Interlocked.Increment(ref number)}@correo.example";

    /// <summary>Asks the portal's own services, in a scope of their own.</summary>
    public static async Task<T> AskAsync<TService, T>(this PortalHost host, Func<TService, Task<T>> ask)
        where TService : notnull
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public static Task<T> InDatabaseAsync<T>(this PortalHost host, Func<PortalDbContext, Task<T>> ask) => host.AskAsync(ask);

    public static Task<Person?> FindPersonAsync(this PortalHost host, string address) =>
        host.InDatabaseAsync(db => db.Users.AsNoTracking().SingleOrDefaultAsync(p => p.NormalizedEmail == address.ToUpperInvariant()));

    /// <summary>Path of the link that a registration mail to the address carries.</summary>
    public static Task<string> RegistrationLinkAsync(this PortalHost host, string address, string language = "es") =>
        host.AskAsync<AccountLinks, string>(async links => new Uri(await links.RegistrationAsync(address, language)).PathAndQuery);

    /// <summary>Path of the link to a new password.</summary>
    public static Task<string> ResetLinkAsync(this PortalHost host, Guid personId) =>
        host.AskAsync<AccountLinks, string>(async links => new Uri((await links.ResetAsync(personId))!).PathAndQuery);

    /// <summary>Path of the link that confirms a new address.</summary>
    public static Task<string> NewAddressLinkAsync(this PortalHost host, Guid personId, string address) =>
        host.AskAsync<AccountLinks, string>(async links => new Uri((await links.NewAddressAsync(personId, address))!).PathAndQuery);

    /// <summary>A browser of somebody who has just made an account.</summary>
    public static async Task<HttpClient> RegisterAsync(this PortalHost host, string address, string name = "Marta Ruiz", string language = "es")
    {
        var browser = host.Browser(language: language);
        using var answer = await browser.FillAsync(await host.RegistrationLinkAsync(address, language), Form, ("Name", name), ("Password", HerPassword));
        Assert.Equal("/cuenta", answer.RequestMessage!.RequestUri!.AbsolutePath);
        return browser;
    }

    /// <summary>Signs in with a password of one's own.</summary>
    public static async Task<bool> TrySignInAsync(this HttpClient browser, string address, string password)
    {
        using var answer = await browser.FillAsync("/cuenta/entrar", "main form[method=post]", ("Email", address), ("Password", password));
        return (int)answer.StatusCode != 400;
    }

    /// <summary>A case that a guest opened, or a person with an account, with one file.</summary>
    public static async Task<OpenedTicket> OpenCaseAsync(this PortalHost host, string address, Guid? personId = null, string message = "No enciende")
    {
        await using var scope = host.Services.CreateAsyncScope();
        var key = Guid.NewGuid();
        var file = await scope.ServiceProvider.GetRequiredService<AttachmentFolder>().StoreAsync(new MemoryStream("hola"u8.ToArray()), "recibo.txt", key, CancellationToken.None);
        var request = new TicketRequest
        {
            SubmissionKey = key,
            Queue = "help",
            Sla = "standard",
            Subject = "Lavadora",
            Message = message,
            Answers = [new TicketAnswer("serie", "Número de serie", "BR123")],
            Contact = new Core.People.Contact("Marta", address, "+525512345678", "+525512345678"),
            PersonId = personId,
            Actor = Actor.Customer(personId),
            Attachments = [file.Attachment!.Id],
        };
        return await scope.ServiceProvider.GetRequiredService<OpenTicket>().RunAsync(request, CancellationToken.None);
    }

    /// <summary>A key to the case, as a mail would carry it; the id is what a browser that opened it keeps.</summary>
    public static Task<Guid> KeyAsync(this PortalHost host, Guid ticketId) => host.InDatabaseAsync(async db =>
    {
        var (key, _) = TicketKey.Issue(ticketId, DateTime.UtcNow);
        db.TicketKeys.Add(key);
        await db.SaveChangesAsync();
        return key.Id;
    });

    /// <summary>Numbers of the cases that the account sees.</summary>
    public static Task<List<string>> CasesOfAsync(this PortalHost host, Guid personId) =>
        host.InDatabaseAsync(db => db.Tickets.VisibleTo(new TicketViewer(personId, IsDesk: false, [])).OrderBy(t => t.OpenedAt).Select(t => t.Number).ToListAsync());

    /// <summary>Fields of a page's form, hidden ones included.</summary>
    public static List<(string Name, string Value)> HiddenFields(this IHtmlDocument page, string form = Form) =>
        [.. page.QuerySelectorAll($"{form} input[type=hidden]").OfType<IHtmlInputElement>().Select(i => (i.Name!, i.Value))];
}
