using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Audit;
using SelfService.Core.Jobs;
using SelfService.Core.People;
using SelfService.Web.Startup;
using static SelfService.Web.Tests.Pages.Account.AccountSteps;

namespace SelfService.Web.Tests.Pages.Account;

[Collection(TrialPortalCollection.Name)]
public sealed class RegisterTests(TrialPortal portal)
{
    private PortalHost Host => portal.Host;

    private Task<int> CountAsync(string kind) => Host.InDatabaseAsync(db => db.Jobs.CountAsync(j => j.Kind == kind));

    [Fact]
    public async Task Post_NewAddress_LeadsThroughTheMailToAnAccount()
    {
        var (address, mailbox) = (NewAddress(), new Mailbox(Host));
        using var browser = Host.Browser();

        using var asked = await browser.FillAsync("/cuenta/registro", Form, ("Email", $"  {address.ToUpperInvariant()} "));
        var mail = await mailbox.NextAsync(address);
        using var done = await browser.FillAsync(mail.LinkTo("/cuenta/registro/confirmar"), Form, ("Name", "Marta Ruiz"), ("Password", HerPassword));

        Assert.Equal("/cuenta/aviso/registro", asked.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal("/cuenta", done.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal(address, (await done.PageAsync()).QuerySelector(".account-ways small").Words());
        var person = (await Host.FindPersonAsync(address))!;
        Assert.Equal(("Marta Ruiz", true, "es"), (person.Name, person.EmailConfirmed, person.Language));
        Assert.Equal([Roles.Customer], await Host.AskAsync<UserManager<Person>, IList<string>>(async users => await users.GetRolesAsync(person)));
        Assert.Equal(1, await Host.InDatabaseAsync(db => db.AuditEntries.CountAsync(e => e.Kind == AuditKind.AccountCreated && e.ActorId == person.Id)));
    }

    [Fact]
    public async Task Post_KnownAndUnknownAddress_AnswerTheSameAndDoTheSame()
    {
        var known = NewAddress();
        (await Host.RegisterAsync(known)).Dispose();
        var answers = new List<(HttpStatusCode, string?, string, string, int)>();
        foreach (var address in new[] { known, NewAddress() })
        {
            using var browser = Host.Browser(followRedirects: false);
            var before = await CountAsync(AccountRequest.Register);

            using var answer = await browser.FillAsync("/cuenta/registro", Form, ("Email", address));

            var page = await browser.PageAsync(answer.Headers.Location!.ToString());
            answers.Add((answer.StatusCode, answer.Headers.Location?.ToString(), page.QuerySelector("main").Words(), string.Join(',', answer.Headers.Select(h => h.Key).Order()), await CountAsync(AccountRequest.Register) - before));
        }

        Assert.Equal(answers[0], answers[1]);
        Assert.Equal((HttpStatusCode.Found, 1), (answers[0].Item1, answers[0].Item5));
    }

    [Fact]
    public async Task Post_KnownAddress_WritesToItsOwnerAndMakesNoLinkToAnAccount()
    {
        var (address, mailbox) = (NewAddress(), new Mailbox(Host));
        (await Host.RegisterAsync(address)).Dispose();
        using var stranger = Host.Browser();

        (await stranger.FillAsync("/cuenta/registro", Form, ("Email", address))).Dispose();

        var mail = await mailbox.NextAsync(address);
        Assert.Throws<InvalidOperationException>(() => mail.LinkTo("/cuenta/registro/confirmar"));
        Assert.NotEmpty(mail.LinkTo("/cuenta/entrar"));
    }

    [Fact]
    public async Task Post_AddressOfSomebodyElse_TakesNothingBeforeItsOwnerDoes()
    {
        // Pre-registration: whoever asks first must not hold the account when its owner comes.
        var address = NewAddress("victima");
        using var attacker = Host.Browser();
        (await attacker.FillAsync("/cuenta/registro", Form, ("Email", address))).Dispose();
        Assert.Null(await Host.FindPersonAsync(address));

        using var owner = await Host.RegisterAsync(address);

        Assert.False(await attacker.TrySignInAsync(address, OtherPassword));
        Assert.True(await owner.TrySignInAsync(address, HerPassword));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sin-arroba")]
    [InlineData("a@b")]
    [InlineData("a@ejemplo.example\r\nBcc: b@ejemplo.example")]
    [InlineData("\"a b\"@ejemplo.example")]
    public async Task Post_NoAddress_AsksAgainAndWritesToNobody(string address)
    {
        using var browser = Host.Browser();
        var before = await CountAsync(AccountRequest.Register);

        using var answer = await browser.FillAsync("/cuenta/registro", Form, ("Email", address));
        var page = await answer.PageAsync();

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal("#Email", page.QuerySelector("[role=alert] a")!.GetAttribute("href"));
        Assert.Equal(before, await CountAsync(AccountRequest.Register));
    }

    [Theory]
    [InlineData("/cuenta/registro")]
    [InlineData("/cuenta/olvide")]
    public async Task Post_WithoutToken_IsRefused(string address)
    {
        using var browser = Host.Browser();

        using var answer = await browser.SendFormAsync(address, [("Email", "ana@correo.example")]);

        Assert.Equal(400, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Post_ManyForOneAddress_DoNotFloodItsMailbox()
    {
        // Relay spam: a form that writes to whatever address is typed is a way to flood somebody.
        var (address, mailbox) = (NewAddress("victima"), new Mailbox(Host));
        using var browser = Host.Browser();
        for (var time = 0; time < MailAllowance.Most + 4; time++)
        {
            (await browser.FillAsync("/cuenta/registro", Form, ("Email", address))).Dispose();
        }

        Assert.Equal(MailAllowance.Most, (await mailbox.AllAsync(address)).Count);
    }

    [Fact]
    public async Task Get_Link_ChangesNothingAndKeepsItsKeyToItself()
    {
        var address = NewAddress();
        var link = await Host.RegistrationLinkAsync(address);
        using var browser = Host.Browser();

        using var answer = await browser.GetAsync(link);
        var page = await answer.PageAsync();

        Assert.Equal("no-referrer", answer.Header("Referrer-Policy"));
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Null(await Host.FindPersonAsync(address));
        // The key travels on in the body; no link or form of the page carries it in an address.
        var key = link.Split("clave=")[1];
        Assert.Equal("/cuenta/registro/confirmar", page.QuerySelector(Form)!.GetAttribute("action"));
        Assert.DoesNotContain(page.QuerySelectorAll("[href], [action], [src]"), e => (e.GetAttribute("href") + e.GetAttribute("action") + e.GetAttribute("src")).Contains(key, StringComparison.Ordinal));
        Assert.DoesNotContain(key, page.QuerySelector("footer [name=volver]")!.GetAttribute("value"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_LinkUsedTwice_SaysSoAndLeadsToSignIn()
    {
        var address = NewAddress();
        var link = await Host.RegistrationLinkAsync(address);
        using var browser = Host.Browser();
        var form = (await browser.PageAsync(link)).HiddenFields();
        (await Host.RegisterAsync(address)).Dispose();

        using var opened = await browser.GetAsync(link);
        using var sent = await browser.SendFormAsync("/cuenta/registro/confirmar", [.. form, ("Name", "Otra"), ("Password", OtherPassword)]);

        foreach (var answer in new[] { opened, sent })
        {
            Assert.Equal(410, (int)answer.StatusCode);
            Assert.NotNull((await answer.PageAsync()).QuerySelector("main a[href='/cuenta/entrar']"));
        }

        Assert.Equal("Marta Ruiz", (await Host.FindPersonAsync(address))!.Name);
        Assert.False(await browser.TrySignInAsync(address, OtherPassword));
    }

    [Fact]
    public async Task Post_SameLinkInParallel_MakesOneAccount()
    {
        var address = NewAddress();
        var link = await Host.RegistrationLinkAsync(address);
        var browsers = Enumerable.Range(0, 8).Select(_ => Host.Browser(followRedirects: false)).ToList();
        var forms = await Task.WhenAll(browsers.Select(async browser => (await browser.PageAsync(link)).HiddenFields()));

        var answers = await Task.WhenAll(browsers.Select((browser, at) =>
            browser.SendFormAsync("/cuenta/registro/confirmar", [.. forms[at], ("Name", $"Persona {at}"), ("Password", $"{HerPassword} {at}")])));

        var winner = Assert.Single(Enumerable.Range(0, 8), at => answers[at].StatusCode == HttpStatusCode.Found);
        Assert.All(answers.Where((_, at) => at != winner), answer => Assert.Equal(410, (int)answer.StatusCode));
        Assert.Equal($"Persona {winner}", (await Host.FindPersonAsync(address))!.Name);
        Assert.Equal(1, await Host.InDatabaseAsync(db => db.Customers.CountAsync(c => c.Email == address)));
        browsers.ForEach(browser => browser.Dispose());
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("%20")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Get_ForgedKey_IsNoLink(string key)
    {
        using var browser = Host.Browser();

        var page = await browser.PageAsync("/cuenta/registro/confirmar?clave=" + key, 410);

        Assert.Null(page.QuerySelector(Form));
        Assert.NotNull(page.QuerySelector("main a[href='/cuenta/registro']"));
    }

    [Fact]
    public async Task Get_LinkOfYesterday_IsTooOldAndThatOfToday_IsGood()
    {
        using var browser = Host.Browser();
        await using var scope = Host.Services.CreateAsyncScope();

        async Task<string> LinkAsync(TimeSpan ago) => new Uri(await new AccountLinks(
            scope.ServiceProvider.GetRequiredService<IDataProtectionProvider>(), scope.ServiceProvider.GetRequiredService<UserManager<Person>>(),
            scope.ServiceProvider.GetRequiredService<SelfServiceOptions>(), new ShiftedClock(-ago)).RegistrationAsync(NewAddress(), "es")).PathAndQuery;

        await browser.PageAsync(await LinkAsync(TimeSpan.FromHours(23)));
        await browser.PageAsync(await LinkAsync(TimeSpan.FromHours(24.1)), 410);
    }

    [Fact]
    public async Task Post_MoreFieldsThanTheFormHas_ChangeNothingElse()
    {
        // Mass assignment: role, confirmation and address are not the form's to say.
        var address = NewAddress();
        using var browser = Host.Browser();

        using var answer = await browser.FillAsync(
            await Host.RegistrationLinkAsync(address), Form, ("Name", "Marta"), ("Password", HerPassword), ("Email", "jefe@correo.example"), ("Role", Roles.Admin), ("Roles[0]", Roles.Admin),
            ("Person.Email", "jefe@correo.example"), ("registration.Address", "jefe@correo.example"), ("IsTaken", "false"));

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Null(await Host.FindPersonAsync("jefe@correo.example"));
        var person = (await Host.FindPersonAsync(address))!;
        Assert.Equal([Roles.Customer], await Host.AskAsync<UserManager<Person>, IList<string>>(async users => await users.GetRolesAsync(person)));
        await browser.PageAsync("/admin/estilo", 404);
    }

    [Theory]
    [InlineData("", "nopal verde trenza 7", "#Name")]
    [InlineData("\u200b \u200b", "nopal verde trenza 7", "#Name")]
    [InlineData("Marta", "", "#Password")]
    [InlineData("Marta", "corta", "#Password")]
    [InlineData("Marta", "aabbaabb", "#Password")]
    [InlineData("Marta", "Contraseña2026!", "#Password")]
    [InlineData("Marta", "Ensayo2026", "#Password")]
    public async Task Post_NameOrPasswordThatWillNotDo_KeepsWhatWasTypedAndTheLink(string name, string password, string field)
    {
        var address = NewAddress();
        using var browser = Host.Browser();

        using var answer = await browser.FillAsync(await Host.RegistrationLinkAsync(address), Form, ("Name", name), ("Password", password));
        var page = await answer.PageAsync();

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains(page.QuerySelectorAll("[role=alert] a"), a => a.GetAttribute("href") == field);
        Assert.False(page.QuerySelector("#Password")!.HasAttribute("value"));
        using var again = await browser.SendFormAsync("/cuenta/registro/confirmar", [.. page.HiddenFields(), ("Name", "Marta"), ("Password", HerPassword)]);
        Assert.NotNull(await Host.FindPersonAsync(address));
    }

    [Fact]
    public async Task Post_NameThatIsMarkup_IsShownAsText()
    {
        using var browser = await Host.RegisterAsync(NewAddress(), "<b>Marta</b><script>alert(1)</script>");

        var page = await browser.PageAsync("/cuenta");

        Assert.Equal("<b>Marta</b><script>alert(1)</script>", page.QuerySelector("#Name")!.GetAttribute("value"));
        Assert.Null(page.QuerySelector("main b"));
    }

    [Fact]
    public async Task Post_CasesOfTheAddress_BecomeTheAccountsAndTheirKeysEnd()
    {
        var address = NewAddress();
        var (first, second) = (await Host.OpenCaseAsync(address), await Host.OpenCaseAsync(address));
        var foreign = await Host.OpenCaseAsync(NewAddress());
        var key = await Host.KeyAsync(first.Id);
        var foreignKey = await Host.KeyAsync(foreign.Id);

        (await Host.RegisterAsync(address)).Dispose();

        var person = (await Host.FindPersonAsync(address))!;
        Assert.Equal([first.Number, second.Number], await Host.CasesOfAsync(person.Id));
        Assert.Equal((false, true), await Host.InDatabaseAsync(async db => (
            await db.TicketKeys.AnyAsync(k => k.Id == key && k.RevokedAt == null), await db.TicketKeys.AnyAsync(k => k.Id == foreignKey && k.RevokedAt == null))));
    }

    [Fact]
    public async Task Post_LanguageOfWhoAsked_IsTheAccounts()
    {
        var (address, mailbox) = (NewAddress(), new Mailbox(Host));
        using var browser = Host.Browser(language: "en");
        (await browser.FillAsync("/cuenta/registro", Form, ("Email", address))).Dispose();
        using var spanish = Host.Browser();

        var mail = await mailbox.NextAsync(address);
        using var done = await spanish.FillAsync(mail.LinkTo("/cuenta/registro/confirmar"), Form, ("Name", "Mary"), ("Password", HerPassword));

        Assert.Equal("en", mail["Content-Language"]);
        Assert.Equal("en", (await done.PageAsync()).DocumentElement.GetAttribute("lang"));
        Assert.Equal("en", (await Host.FindPersonAsync(address))!.Language);
    }

    [Fact]
    public async Task RunAsync_JobDoneTwice_LeavesOneMail()
    {
        var address = NewAddress();
        await using var scope = Host.Services.CreateAsyncScope();
        var handler = scope.ServiceProvider.GetServices<IJobHandler>().Single(h => h.Kind == AccountRequest.Register);
        var job = new AccountRequest(address, "es").ToJob(AccountRequest.Register, DateTime.UtcNow);
        // Far away, so that nobody but this test does it.
        job.DueAt = DateTime.UtcNow.AddDays(300);
        await Host.InDatabaseAsync(db => { db.Jobs.Add(job); return db.SaveChangesAsync(); });

        await handler.RunAsync(job, CancellationToken.None);
        await handler.RunAsync(job, CancellationToken.None);

        Assert.Single(await new Mailbox(Host).AllAsync(address));
    }

    private sealed class ShiftedClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow + by;
    }
}
