using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SelfService.Core.People;
using SelfService.Core.Tests;
using static SelfService.Web.Tests.Pages.Account.AccountSteps;

namespace SelfService.Web.Tests.Pages.Account;

[Collection(TrialPortalCollection.Name)]
public sealed class ResetTests(TrialPortal portal)
{
    private PortalHost Host => portal.Host;

    private async Task<Person> NewPersonAsync(string address)
    {
        (await Host.RegisterAsync(address)).Dispose();
        return (await Host.FindPersonAsync(address))!;
    }

    [Fact]
    public async Task Post_KnownAddress_LeadsThroughTheMailToANewPassword()
    {
        var (address, mailbox) = (NewAddress(), new Mailbox(Host));
        await NewPersonAsync(address);
        using var browser = Host.Browser();

        using var asked = await browser.FillAsync("/cuenta/olvide", Form, ("Email", address));
        using var done = await browser.FillAsync((await mailbox.NextAsync(address)).LinkTo("/cuenta/restablecer"), Form, ("Password", OtherPassword));

        Assert.Equal("/cuenta/aviso/olvide", asked.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal("/cuenta/aviso/contrasena", done.RequestMessage!.RequestUri!.AbsolutePath);
        // Told by mail, and not signed in: the link is no way past a second factor.
        Assert.NotEmpty((await mailbox.NextAsync(address)).Subject);
        Assert.NotNull((await browser.PageAsync("/")).QuerySelector("header a[href^='/cuenta/entrar']"));
        Assert.False(await browser.TrySignInAsync(address, HerPassword));
        Assert.True(await browser.TrySignInAsync(address, OtherPassword));
    }

    [Fact]
    public async Task Post_KnownAndUnknownAddress_AnswerTheSameAndDoTheSame()
    {
        var (known, unknown, mailbox) = (NewAddress(), NewAddress(), new Mailbox(Host));
        await NewPersonAsync(known);
        var answers = new List<(HttpStatusCode, string?, string, string, int)>();
        foreach (var address in new[] { known, unknown })
        {
            using var browser = Host.Browser(followRedirects: false);
            var before = await Host.InDatabaseAsync(db => db.Jobs.CountAsync(j => j.Kind == AccountRequest.Reset));

            using var answer = await browser.FillAsync("/cuenta/olvide", Form, ("Email", address));

            var page = await browser.PageAsync(answer.Headers.Location!.ToString());
            answers.Add((answer.StatusCode, answer.Headers.Location?.ToString(), page.QuerySelector("main").Words(), string.Join(',', answer.Headers.Select(h => h.Key).Order()),
                await Host.InDatabaseAsync(db => db.Jobs.CountAsync(j => j.Kind == AccountRequest.Reset)) - before));
        }

        Assert.Equal(answers[0], answers[1]);
        Assert.Equal((HttpStatusCode.Found, 1), (answers[0].Item1, answers[0].Item5));
        await mailbox.NextAsync(known);
        await mailbox.NothingAsync(unknown);
    }

    [Fact]
    public async Task Post_LinkUsedTwice_IsRefusedTheSecondTime()
    {
        var address = NewAddress();
        var person = await NewPersonAsync(address);
        var (link, second) = (await Host.ResetLinkAsync(person.Id), await Host.ResetLinkAsync(person.Id));
        using var browser = Host.Browser();
        var form = (await browser.PageAsync(link)).HiddenFields();
        (await browser.FillAsync(link, Form, ("Password", OtherPassword))).Dispose();

        using var again = await browser.SendFormAsync("/cuenta/restablecer", [.. form, ("Password", HerPassword)]);

        Assert.Equal(410, (int)again.StatusCode);
        await browser.PageAsync(link, 410);
        // A second link that was sent before ends with the first.
        await browser.PageAsync(second, 410);
        Assert.False(await browser.TrySignInAsync(address, HerPassword));
    }

    [Fact]
    public async Task Post_SameLinkInParallel_ChangesThePasswordOnce()
    {
        var address = NewAddress();
        var link = await Host.ResetLinkAsync((await NewPersonAsync(address)).Id);
        var browsers = Enumerable.Range(0, 6).Select(_ => Host.Browser(followRedirects: false)).ToList();
        var forms = await Task.WhenAll(browsers.Select(async browser => (await browser.PageAsync(link)).HiddenFields()));

        var answers = await Task.WhenAll(browsers.Select((browser, at) => browser.SendFormAsync("/cuenta/restablecer", [.. forms[at], ("Password", $"{OtherPassword} {at}")])));

        var winner = Assert.Single(Enumerable.Range(0, 6), at => answers[at].StatusCode == HttpStatusCode.Found);
        Assert.True(await browsers[winner].TrySignInAsync(address, $"{OtherPassword} {winner}"));
        browsers.ForEach(browser => browser.Dispose());
    }

    [Fact]
    public async Task Post_LinkOfSomebodyElse_ChangesNobodysPassword()
    {
        var (hers, his) = (NewAddress(), NewAddress());
        var (victim, attacker) = (await NewPersonAsync(hers), await NewPersonAsync(his));
        using var browser = Host.Browser();
        var form = (await browser.PageAsync(await Host.ResetLinkAsync(attacker.Id))).HiddenFields();
        var forged = form.Select(f => f.Name == "persona" ? (f.Name, victim.Id.ToString("N")) : f).ToList();

        using var answer = await browser.SendFormAsync("/cuenta/restablecer", [.. forged, ("Password", OtherPassword)]);

        Assert.Equal(410, (int)answer.StatusCode);
        Assert.True(await browser.TrySignInAsync(hers, HerPassword));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?clave=x")]
    [InlineData("?persona=x&clave=x")]
    [InlineData("?persona=00000000000000000000000000000000&clave=")]
    [InlineData("?persona={id}")]
    [InlineData("?persona={id}&clave=")]
    [InlineData("?persona={id}&clave=%20")]
    [InlineData("?persona={id}&clave=AAAA")]
    [InlineData("?persona={id}&clave={stamp}")]
    public async Task GetAndPost_NoGoodKey_IsRefused(string query)
    {
        // An empty key, a space, a stored hash or stamp: none of them is a key.
        var address = NewAddress();
        var person = await NewPersonAsync(address);
        using var browser = Host.Browser();
        var filled = query.Replace("{id}", person.Id.ToString("N"), StringComparison.Ordinal).Replace("{stamp}", Uri.EscapeDataString(person.SecurityStamp!), StringComparison.Ordinal);
        var good = (await browser.PageAsync(await Host.ResetLinkAsync(person.Id))).HiddenFields();
        var typed = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(filled);

        var page = await browser.PageAsync("/cuenta/restablecer" + filled, 410);
        using var sent = await browser.SendFormAsync(
            "/cuenta/restablecer", [good.Single(f => f.Name.StartsWith("__", StringComparison.Ordinal)), .. typed.Select(f => (f.Key, f.Value.ToString())), ("Password", OtherPassword)]);

        Assert.Null(page.QuerySelector(Form));
        Assert.Equal(410, (int)sent.StatusCode);
        Assert.True(await browser.TrySignInAsync(address, HerPassword));
    }

    [Fact]
    public async Task Get_LinkOfBeforeAChangeOfAddress_IsRefused()
    {
        // Whoever still reads the old mailbox must not get in.
        var (before, after) = (NewAddress(), NewAddress());
        using var browser = await Host.RegisterAsync(before);
        var person = (await Host.FindPersonAsync(before))!;
        var link = await Host.ResetLinkAsync(person.Id);
        await browser.PageAsync(link);

        (await browser.FillAsync("/cuenta/correo", Form, ("Email", after), ("Password", HerPassword))).Dispose();
        (await browser.FillAsync(await Host.NewAddressLinkAsync(person.Id, after), Form)).Dispose();

        await browser.PageAsync(link, 410);
    }

    [Fact]
    public async Task Post_GuessablePassword_SaysHowToChooseAndKeepsTheLink()
    {
        var address = NewAddress("margaritas");
        var person = await NewPersonAsync(address);
        using var browser = Host.Browser();

        using var answer = await browser.FillAsync(await Host.ResetLinkAsync(person.Id), Form, ("Password", address.Split('@')[0] + "1"));
        var page = await answer.PageAsync();

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal("#Password", page.QuerySelector("[role=alert] a")!.GetAttribute("href"));
        using var again = await browser.SendFormAsync("/cuenta/restablecer", [.. page.HiddenFields(), ("Password", OtherPassword)]);
        Assert.True(await browser.TrySignInAsync(address, OtherPassword));
    }

    [Fact]
    public async Task Post_NewPassword_EndsEverySessionAndEveryLockout()
    {
        var address = NewAddress();
        using var browser = await Host.RegisterAsync(address);
        var person = (await Host.FindPersonAsync(address))!;
        for (var attempt = 0; attempt < 6; attempt++)
        {
            await browser.TrySignInAsync(address, "otra-clave-99");
        }

        (await browser.FillAsync(await Host.ResetLinkAsync(person.Id), Form, ("Password", OtherPassword))).Dispose();

        // What each session is asked about every minute is another one now.
        Assert.NotEqual(person.SecurityStamp, (await Host.FindPersonAsync(address))!.SecurityStamp);
        Assert.True(await browser.TrySignInAsync(address, OtherPassword));
    }

    [Fact]
    public async Task Get_KeyInTheAddress_IsToldToNoOtherSiteAndKeptNowhere()
    {
        var person = await NewPersonAsync(NewAddress());
        using var browser = Host.Browser();

        using var answer = await browser.GetAsync(await Host.ResetLinkAsync(person.Id));
        var page = await answer.PageAsync();

        Assert.Equal(("no-referrer", true), (answer.Header("Referrer-Policy"), answer.Headers.CacheControl?.NoStore));
        Assert.Equal("/cuenta/restablecer", page.QuerySelector(Form)!.GetAttribute("action"));
        Assert.Equal("/cuenta/restablecer", page.QuerySelector("footer [name=volver]")!.GetAttribute("value"));
    }

    [Fact]
    public void Links_to_a_new_password_live_for_one_hour() =>
        Assert.Equal(TimeSpan.FromHours(1), Host.Services.GetRequiredService<IOptions<DataProtectionTokenProviderOptions>>().Value.TokenLifespan);
}

public sealed class ExpiredLinkTests
{
    [Fact]
    public async Task Get_LinkPastItsTime_IsRefusedAndLeadsToAnother()
    {
        using var content = new TestFolder();
        content.Write("site.yaml", "name: Ensayo\nlocale: es-MX\ntime_zone: America/Mexico_City\ncurrency: MXN\ncountry: MX\n");
        await using var host = await PortalHost.StartAsync(
            content.Root, services: services => services.PostConfigure<DataProtectionTokenProviderOptions>(token => token.TokenLifespan = TimeSpan.FromSeconds(-1)));
        var person = (await host.FindPersonAsync(Steps.Customer))!;
        using var browser = host.Browser();

        var page = await browser.PageAsync(await host.ResetLinkAsync(person.Id), 410);

        Assert.NotNull(page.QuerySelector("main a[href='/cuenta/olvide']"));
    }
}
