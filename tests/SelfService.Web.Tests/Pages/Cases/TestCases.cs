using System.Net.Http.Headers;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Mail;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Pages.Cases;

/// <summary>Cases as they come to be, for the tests of the customers' side.</summary>
internal static class TestCases
{
    public const string GuestEmail = "rosa@correo.example";

    public static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    /// <summary>Runs something with the services of one request.</summary>
    public static async Task<T> InAsync<T>(this PortalHost host, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    /// <summary>Asks the database.</summary>
    public static Task<T> AskAsync<T>(this PortalHost host, Func<PortalDbContext, Task<T>> ask) =>
        host.InAsync(services => ask(services.GetRequiredService<PortalDbContext>()));

    /// <summary>Opens a case for a guest, or for the account of that address.</summary>
    public static async Task<Ticket> OpenCaseAsync(
        this PortalHost host, string subject = "La lavadora no desagua", string? account = null, string? email = GuestEmail, string? phone = null,
        string message = "Se detiene y marca E2.", TicketKind kind = TicketKind.Request, IReadOnlyList<TicketAnswer>? answers = null)
    {
        var opened = await host.InAsync(async services =>
        {
            var person = account is null ? null : await services.GetRequiredService<UserManager<Person>>().FindByEmailAsync(account);
            var desk = services.GetRequiredService<ServiceDesk>();
            var number = PhoneNumber.Parse(phone, "MX");
            return await services.GetRequiredService<OpenTicket>().RunAsync(
                new TicketRequest
                {
                    SubmissionKey = Guid.NewGuid(),
                    Queue = desk.DefaultQueue.Key,
                    Sla = desk.DefaultQueue.Sla.Key,
                    Kind = kind,
                    Subject = subject,
                    Message = message,
                    Answers = answers ?? [],
                    Contact = new Core.People.Contact(person?.Name ?? "Rosa Gómez", person?.Email ?? email, number?.E164, number?.PersonKey),
                    PersonId = person?.Id,
                    Actor = Actor.Customer(person?.Id),
                },
                CancellationToken.None);
        });
        return await host.CaseAsync(opened.Id);
    }

    /// <summary>The case as it stands, with everything in it.</summary>
    public static Task<Ticket> CaseAsync(this PortalHost host, Guid id) => host.AskAsync(db => db.Tickets.AsNoTracking()
        .Include(t => t.Messages).ThenInclude(m => m.Attachments).Include(t => t.Events).Include(t => t.Customer).SingleAsync(t => t.Id == id));

    /// <summary>Changes the case as staff or time would.</summary>
    public static Task ChangeAsync(this PortalHost host, Ticket ticket, Action<Ticket> change) => host.AskAsync(db => db.ChangeTicketAsync(
        ticket.Id,
        t =>
        {
            change(t);
            return true;
        },
        CancellationToken.None));

    /// <summary>Moves everything about the case that has a date so far into the past.</summary>
    public static Task PastAsync(this PortalHost host, Ticket ticket, TimeSpan by) => host.AskAsync(async db =>
    {
        var now = await db.Tickets.AsNoTracking().SingleAsync(t => t.Id == ticket.Id);
        var (ended, until, due) = (now.EndedAt - by, now.ReopenUntil - by, now.DueAt - by);
        return await db.Tickets.Where(t => t.Id == ticket.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.EndedAt, ended).SetProperty(t => t.ReopenUntil, until).SetProperty(t => t.DueAt, due));
    });

    /// <summary>Id of the account with that address.</summary>
    public static Task<Guid> PersonIdAsync(this PortalHost host, string email) => host.AskAsync(db => db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync());

    /// <summary>What an agent writes.</summary>
    public static Message FromStaff(Ticket ticket, string body, bool isNote = false) => new()
    {
        TicketId = ticket.Id,
        Author = ActorKind.Staff,
        AuthorName = "Mateo Ríos",
        Body = body,
        IsNote = isNote,
        WrittenAt = DateTime.UtcNow,
        SubmissionKey = Guid.NewGuid(),
    };

    /// <summary>A new link to the case, as it stands in a mail.</summary>
    public static Task<(string Address, Guid KeyId)> LinkAsync(this PortalHost host, Ticket ticket, DateTime? issuedAt = null) => host.AskAsync(async db =>
    {
        var (key, secret) = TicketKey.Issue(ticket.Id, issuedAt ?? DateTime.UtcNow);
        db.TicketKeys.Add(key);
        await db.SaveChangesAsync();
        return ($"/casos/{ticket.Number}?clave={secret}", key.Id);
    });

    /// <summary>A browser in which a guest has opened the link of her case.</summary>
    public static async Task<HttpClient> GuestOfAsync(this PortalHost host, Ticket ticket, bool followRedirects = true, string language = "es")
    {
        var browser = host.Browser(followRedirects, language);
        using var opened = await browser.GetAsync((await host.LinkAsync(ticket)).Address);
        Assert.True((int)opened.StatusCode is 200 or 302);
        return browser;
    }

    /// <summary>The mails of one kind about a case.</summary>
    public static async Task<IReadOnlyList<MailRequest>> MailsAsync(this PortalHost host, Ticket ticket, MailKind kind) =>
        [.. (await host.MailsAboutAsync(ticket.Id)).Where(m => m.Kind == kind)];

    /// <summary>Opens a case and sends its reply form, with everything hidden in it unless it is given.</summary>
    public static async Task<HttpResponseMessage> ReplyAsync(
        this HttpClient browser, string address, IEnumerable<(string Name, string Value)> fields, params (string Name, byte[] Bytes)[] files)
    {
        var form = await browser.ReplyFormAsync(address);
        return await browser.SendReplyAsync(address, [.. form.Where(f => fields.All(g => g.Name != f.Name)), .. fields], files);
    }

    /// <summary>What is hidden in the reply form of a case.</summary>
    public static async Task<List<(string Name, string Value)>> ReplyFormAsync(this HttpClient browser, string address) =>
        (await browser.PageAsync(address)).ReplyForm();

    /// <inheritdoc cref="ReplyFormAsync"/>
    public static List<(string Name, string Value)> ReplyForm(this IHtmlDocument page) =>
        [.. page.QuerySelectorAll<IHtmlInputElement>("form[enctype] input[type=hidden]").Select(i => (i.Name!, i.Value))];

    /// <summary>The token that the forms of a page carry.</summary>
    public static (string Name, string Value) Token(this IHtmlDocument page) =>
        ("__RequestVerificationToken", page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!);

    /// <summary>Sends a reply form as a browser does, files and all.</summary>
    public static Task<HttpResponseMessage> SendReplyAsync(
        this HttpClient browser, string address, IEnumerable<(string Name, string Value)> fields, params (string Name, byte[] Bytes)[] files)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            content.Add(new StringContent(value), name);
        }

        foreach (var (name, bytes) in files)
        {
            var file = new ByteArrayContent(bytes);
            file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            content.Add(file, "Files", name);
        }

        return browser.PostAsync(address, content);
    }
}
