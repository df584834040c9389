using System.Net;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Mail;
using static SelfService.Web.Tests.Pages.Account.AccountSteps;

namespace SelfService.Web.Tests.Pages.Account;

[Collection(TrialPortalCollection.Name)]
public sealed class EmailTests(TrialPortal portal)
{
    private PortalHost Host => portal.Host;

    private static Task<HttpResponseMessage> AskAsync(HttpClient browser, string address, string password = HerPassword) =>
        browser.FillAsync("/cuenta/correo", Form, ("Email", address), ("Password", password));

    [Fact]
    public async Task Post_NewAddressConfirmed_MovesTheAccountAndTellsTheOldAddress()
    {
        var (before, after, mailbox) = (NewAddress(), NewAddress(), new Mailbox(Host));
        using var browser = await Host.RegisterAsync(before);
        var own = await Host.OpenCaseAsync(before, (await Host.FindPersonAsync(before))!.Id);
        await mailbox.NextAsync(before);
        var guest = await Host.OpenCaseAsync(after);
        await mailbox.NextAsync(after);

        using var asked = await AskAsync(browser, after.ToUpperInvariant());
        var mail = await mailbox.NextAsync(after);
        Assert.Equal(before, (await Host.FindPersonAsync(before))?.Email);
        await mailbox.NothingAsync(before);
        using var confirmed = await browser.FillAsync(mail.LinkTo("/cuenta/correo/confirmar"), Form);

        Assert.Equal("/cuenta", confirmed.RequestMessage!.RequestUri!.AbsolutePath);
        var person = (await Host.FindPersonAsync(after))!;
        Assert.Equal((after, after, null, true), (person.Email, person.UserName, person.NewEmail, person.EmailConfirmed));
        Assert.Null(await Host.FindPersonAsync(before));
        Assert.NotEmpty((await mailbox.NextAsync(before)).Subject);
        // The cases of both addresses are hers, and what is written about them goes to the new one.
        Assert.Equal([own.Number, guest.Number], await Host.CasesOfAsync(person.Id));
        Assert.Equal([after], await Host.InDatabaseAsync(db => db.Tickets.Where(t => t.Customer.PersonId == person.Id).Select(t => t.ContactEmail!).Distinct().ToListAsync()));
        Assert.Equal(1, await Host.InDatabaseAsync(db => db.Customers.CountAsync(c => c.Email == after || c.Email == before)));
        Assert.True(await browser.TrySignInAsync(after, HerPassword));
    }

    [Fact]
    public async Task Get_LinkOfTheFirstOfTwoWishes_IsVoid()
    {
        // Two changes at once must not confirm an address that nobody showed to be hers.
        var (address, hers, victims) = (NewAddress(), NewAddress("propia"), NewAddress("victima"));
        using var browser = await Host.RegisterAsync(address);
        var id = (await Host.FindPersonAsync(address))!.Id;
        (await AskAsync(browser, hers)).Dispose();
        var first = await Host.NewAddressLinkAsync(id, hers);
        var form = (await browser.PageAsync(first)).HiddenFields();

        (await AskAsync(browser, victims)).Dispose();

        await browser.PageAsync(first, 410);
        using var sent = await browser.SendFormAsync("/cuenta/correo/confirmar", form);
        Assert.Equal(410, (int)sent.StatusCode);
        Assert.Equal(address, (await Host.FindPersonAsync(address))?.Email);
    }

    [Fact]
    public async Task RunAsync_MailOfAnEarlierWish_NeverCarriesTheLinkOfALaterOne()
    {
        // The mail waited while she asked for another address: its link would confirm that one from this mailbox.
        var (address, hers, victims, mailbox) = (NewAddress(), NewAddress("propia"), NewAddress("victima"), new Mailbox(Host));
        using var browser = await Host.RegisterAsync(address);
        var id = (await Host.FindPersonAsync(address))!.Id;
        (await AskAsync(browser, hers)).Dispose();
        await mailbox.NextAsync(hers);
        (await AskAsync(browser, victims)).Dispose();

        await Host.InDatabaseAsync(db =>
        {
            db.Jobs.Add(new MailRequest(MailKind.ConfirmNewAddress, "es") { PersonId = id, To = hers }.ToJob(DateTime.UtcNow));
            return db.SaveChangesAsync();
        });

        await mailbox.NothingAsync(hers);
        Assert.NotEmpty((await mailbox.NextAsync(victims)).LinkTo("/cuenta/correo/confirmar"));
    }

    [Fact]
    public async Task Post_LinkInTheHandsOfTheAddresssOwner_DoesNotHandHerCasesToAStranger()
    {
        // A stranger asks for her address; one click of hers on the mail must not join her cases to his account.
        var (his, hers, mailbox) = (NewAddress("extrano"), NewAddress("victima"), new Mailbox(Host));
        var her = await Host.OpenCaseAsync(hers);
        await mailbox.NextAsync(hers);
        using var stranger = await Host.RegisterAsync(his);
        (await AskAsync(stranger, hers)).Dispose();
        var link = (await mailbox.NextAsync(hers)).LinkTo("/cuenta/correo/confirmar");
        using var anonymous = Host.Browser(followRedirects: false);
        using var other = await Host.RegisterAsync(NewAddress());

        using var asked = await anonymous.GetAsync(link);
        await other.PageAsync(link, 410);
        var form = (await stranger.PageAsync(link)).HiddenFields();
        using var sent = await other.SendFormAsync("/cuenta/correo/confirmar", [.. (await other.PageAsync("/cuenta/correo")).HiddenFields(), .. form.Where(f => !f.Name.StartsWith("__", StringComparison.Ordinal))]);

        Assert.Equal((HttpStatusCode.Found, "/cuenta/entrar"), (asked.StatusCode, asked.Headers.Location!.AbsolutePath));
        Assert.Equal(410, (int)sent.StatusCode);
        Assert.DoesNotContain(her.Number, await Host.CasesOfAsync((await Host.FindPersonAsync(his))!.Id));
    }

    [Fact]
    public async Task Post_AddressOfAnotherAccount_AnswersTheSameAndChangesNothing()
    {
        var (hers, his, free, mailbox) = (NewAddress(), NewAddress(), NewAddress(), new Mailbox(Host));
        (await Host.RegisterAsync(hers)).Dispose();
        using var browser = await Host.RegisterAsync(his);

        using var known = await AskAsync(browser, hers);
        var knownPage = (await known.PageAsync()).QuerySelector("main").Words();
        using var unknown = await AskAsync(browser, free);
        var unknownPage = (await unknown.PageAsync()).QuerySelector("main").Words();

        Assert.Equal(unknown.RequestMessage!.RequestUri, known.RequestMessage!.RequestUri);
        Assert.Equal(unknownPage, knownPage);
        Assert.Throws<InvalidOperationException>(() => mailbox.NextAsync(hers).GetAwaiter().GetResult().LinkTo("/cuenta/correo/confirmar"));
        Assert.NotEmpty((await mailbox.NextAsync(free)).LinkTo("/cuenta/correo/confirmar"));
    }

    [Fact]
    public async Task Post_AddressThatGotAnAccountMeanwhile_IsRefused()
    {
        var (his, wanted) = (NewAddress(), NewAddress());
        using var browser = await Host.RegisterAsync(his);
        (await AskAsync(browser, wanted)).Dispose();
        var link = await Host.NewAddressLinkAsync((await Host.FindPersonAsync(his))!.Id, wanted);
        (await Host.RegisterAsync(wanted, "Dueña")).Dispose();

        using var answer = await browser.FillAsync(link, Form);

        Assert.Equal(410, (int)answer.StatusCode);
        Assert.Equal(("Dueña", his), ((await Host.FindPersonAsync(wanted))!.Name, (await Host.FindPersonAsync(his))?.Email));
    }

    [Theory]
    [InlineData("otra@correo.example", "otra-clave-99", "#Password")]
    [InlineData("otra@correo.example", "", "#Password")]
    [InlineData("sin-arroba", HerPassword, "#Email")]
    [InlineData("{own}", HerPassword, "#Email")]
    public async Task Post_WithoutThePasswordOrAnAddress_WritesToNobody(string typed, string password, string field)
    {
        var address = NewAddress();
        using var browser = await Host.RegisterAsync(address);

        using var answer = await AskAsync(browser, typed.Replace("{own}", address, StringComparison.Ordinal), password);

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal([field], (await answer.PageAsync()).QuerySelectorAll("[role=alert] a").Select(a => a.GetAttribute("href")));
        Assert.Null((await Host.FindPersonAsync(address))!.NewEmail);
    }

    [Fact]
    public async Task Post_PasswordGuessedAgainAndAgain_StopsLookingAtIt()
    {
        var address = NewAddress();
        using var browser = await Host.RegisterAsync(address);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            (await AskAsync(browser, NewAddress(), "otra-clave-99")).Dispose();
        }

        using var right = await AskAsync(browser, NewAddress());

        Assert.Equal(400, (int)right.StatusCode);
        Assert.Null((await Host.FindPersonAsync(address))!.NewEmail);
    }

    [Theory]
    [InlineData("/cuenta")]
    [InlineData("/cuenta/correo")]
    [InlineData("/cuenta/correo/confirmar")]
    [InlineData("/cuenta/contrasena")]
    [InlineData("/cuenta/datos")]
    [InlineData("/cuenta/datos/eliminar")]
    public async Task GetAndPost_WithoutSession_LeadToSignIn(string address)
    {
        using var browser = Host.Browser(followRedirects: false);
        var form = (await browser.PageAsync("/cuenta/entrar")).HiddenFields();

        using var opened = await browser.GetAsync(address);
        using var sent = await browser.SendFormAsync(address, form);

        Assert.All([opened, sent], answer => Assert.Equal("/cuenta/entrar", answer.Headers.Location?.AbsolutePath));
    }

    [Theory]
    [InlineData("/cuenta")]
    [InlineData("/cuenta/correo")]
    [InlineData("/cuenta/correo/confirmar")]
    [InlineData("/cuenta/contrasena")]
    [InlineData("/cuenta/datos")]
    [InlineData("/cuenta/datos/eliminar")]
    public async Task Post_WithoutToken_IsRefused(string address)
    {
        using var browser = await Host.RegisterAsync(NewAddress());

        using var answer = await browser.SendFormAsync(address, [("Password", HerPassword), ("Current", HerPassword), ("Name", "Otra"), ("Notice", "None")]);

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal("Marta Ruiz", (await browser.PageAsync("/cuenta")).QuerySelector("#Name")!.GetAttribute("value"));
    }
}
