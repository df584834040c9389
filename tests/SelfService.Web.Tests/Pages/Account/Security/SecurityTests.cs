using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.People;
using SelfService.Core.People.SecondFactors;
using SelfService.Core.Persistence;

namespace SelfService.Web.Tests.Pages.Account.Security;

/// <summary>Second factors: who may change them, and what a change brings with it.</summary>
[Collection(SecurityPortalCollection.Name)]
public sealed class SecurityTests(SecurityPortal portal)
{
    private const string Form = "main form[method=post]";

    [Fact]
    public async Task Post_RightCode_TurnsTheAppOnEndsOtherSessionsAndTellsHer()
    {
        var person = await portal.Trial.AddPersonAsync();
        using var elsewhere = await portal.Trial.EnterAsync(person);
        using var here = await portal.Trial.EnterAsync(person);

        var (_, codes) = await here.AddAppAsync(portal.Clock);

        portal.Clock.AdvancePastTheNextCheck();
        Assert.True(await here.IsInsideAsync());
        Assert.False(await elsewhere.IsInsideAsync());
        Assert.True((await portal.Trial.PersonAsync(person)).TwoFactorEnabled);
        Assert.Equal(1, await portal.Trial.MailsAsync(person, "SecondFactorChanged"));
        Assert.Equal("SecondFactorAdded app", (await portal.Trial.LogAsync(person))[^1]);

        // The codes were shown once.
        var later = await here.PageAsync("/cuenta/seguridad/codigos");
        Assert.Empty(later.QuerySelectorAll(".codes li"));
        Assert.DoesNotContain(codes, code => later.Source.Text.Contains(code, StringComparison.Ordinal));
        Assert.Contains("10", later.QuerySelector(".lead").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_AppPage_ShowsThePictureAndTheKeyAndStoresNothing()
    {
        var person = await portal.Trial.AddPersonAsync();
        using var browser = await portal.Trial.EnterAsync(person);

        var page = await browser.PageAsync("/cuenta/seguridad/aplicacion");

        Assert.NotEqual("", page.QuerySelector("svg.qr path")!.GetAttribute("d"));
        Assert.Equal(TimeCode.KeyLength, page.AppKey().Length);
        Assert.NotEqual(page.AppKey(), (await browser.PageAsync("/cuenta/seguridad/aplicacion")).AppKey());
        var id = (await portal.Trial.PersonAsync(person)).Id;
        Assert.False(await portal.Trial.AskAsync(services => services.GetRequiredService<PortalDbContext>().UserTokens.AnyAsync(t => t.UserId == id)));
    }

    [Fact]
    public async Task Post_WrongCode_KeepsTheKeyThatWasScanned()
    {
        var person = await portal.Trial.AddPersonAsync();
        using var browser = await portal.Trial.EnterAsync(person);
        var offered = await browser.PageAsync("/cuenta/seguridad/aplicacion");
        foreach (var wrong in new[] { "", "000000x", "12345" })
        {
            using var answer = await browser.SendFormAsync("/cuenta/seguridad/aplicacion", [.. offered.Hidden(), ("Code", wrong)]);
            var page = await answer.PageAsync();

            Assert.Equal(400, (int)answer.StatusCode);
            Assert.Equal(offered.AppKey(), page.AppKey());
            Assert.Equal(["#Code"], page.QuerySelectorAll("[role=alert] a").Select(a => a.GetAttribute("href")));
        }

        Assert.False((await portal.Trial.PersonAsync(person)).TwoFactorEnabled);
    }

    [Fact]
    public async Task Post_KeyOfferedToSomebodyElse_IsNotTaken()
    {
        using var other = await portal.Trial.EnterAsync(await portal.Trial.AddPersonAsync());
        var offered = await other.PageAsync("/cuenta/seguridad/aplicacion");
        var person = await portal.Trial.AddPersonAsync();
        using var browser = await portal.Trial.EnterAsync(person);
        var own = (await browser.PageAsync("/cuenta/seguridad/aplicacion")).Hidden().Where(f => f.Name != "Offer");
        var code = TimeCode.Of(offered.AppKey(), TimeCode.StepAt(portal.Clock.GetUtcNow()));

        using var answer = await browser.SendFormAsync("/cuenta/seguridad/aplicacion", [.. own, offered.Hidden().Single(f => f.Name == "Offer"), ("Code", code)]);

        Assert.Empty((await answer.PageAsync()).QuerySelectorAll(".codes li"));
        Assert.False((await portal.Trial.PersonAsync(person)).TwoFactorEnabled);
    }

    [Theory]
    [InlineData("/cuenta/seguridad/aplicacion")]
    [InlineData("/cuenta/seguridad/aplicacion/quitar")]
    [InlineData("/cuenta/seguridad/codigos")]
    [InlineData("/cuenta/seguridad/llaves")]
    public async Task Get_SessionOfAWhileAgo_AsksForThePasswordFirst(string address)
    {
        var person = await portal.Trial.AddPersonAsync();
        using var browser = await portal.Trial.EnterAsync(person);
        await portal.Trial.AskAsync(async services =>
        {
            var change = services.GetRequiredService<ChangeSecondFactor>();
            return await change.MakeCodesAsync((await portal.Trial.PersonAsync(person)).Id);
        });
        portal.Clock.Advance(TimeSpan.FromMinutes(6));

        using var asked = await browser.GetAsync(address);
        Assert.Equal("/cuenta/confirmar", asked.RequestMessage!.RequestUri!.AbsolutePath);
        using var wrong = await browser.FillAsync(asked.RequestMessage.RequestUri.PathAndQuery, Form, ("Password", "otra-clave-99"));
        Assert.Equal(400, (int)wrong.StatusCode);
        using var right = await browser.FillAsync(asked.RequestMessage.RequestUri.PathAndQuery, Form, ("Password", Steps.Password));

        // Without an app there are no codes to see.
        Assert.Equal(address.EndsWith("codigos", StringComparison.Ordinal) ? "/cuenta/seguridad" : address, right.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Contains("SignInFailed confirm", await portal.Trial.LogAsync(person));
    }

    [Theory]
    [InlineData("/cuenta/seguridad/aplicacion/quitar")]
    [InlineData("/cuenta/seguridad/codigos")]
    [InlineData("/cuenta/seguridad/llaves?handler=Options")]
    public async Task Post_SessionOfAWhileAgo_ChangesNothing(string address)
    {
        var person = await portal.Trial.AddPersonAsync();
        using var browser = await portal.Trial.EnterAsync(person);
        await browser.AddAppAsync(portal.Clock);
        var token = (await browser.PageAsync("/cuenta/seguridad/llaves")).Hidden().Where(f => f.Name == "__RequestVerificationToken").ToList();
        var before = await portal.Trial.LogAsync(person);
        portal.Clock.Advance(TimeSpan.FromMinutes(6));

        using var answer = await browser.SendFormAsync(address, token);

        Assert.Equal("/cuenta/confirmar", answer.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.True((await portal.Trial.PersonAsync(person)).TwoFactorEnabled);
        Assert.Equal(before, await portal.Trial.LogAsync(person));
    }

    [Fact]
    public async Task Post_PasswordGuessesOnTheConfirmPage_LockTheAccountToo()
    {
        var person = await portal.Trial.AddPersonAsync();
        using var browser = await portal.Trial.EnterAsync(person);
        for (var guess = 0; guess < SignInAttempts.PerLock; guess++)
        {
            (await browser.FillAsync("/cuenta/confirmar", Form, ("Password", "otra-clave-99"))).Dispose();
        }

        using var answer = await browser.FillAsync("/cuenta/confirmar", Form, ("Password", Steps.Password));

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal("SignInFailed locked", (await portal.Trial.LogAsync(person))[^1]);
    }

    [Fact]
    public async Task Post_RemoveApp_LeavesThePasswordAloneAndEndsOtherSessions()
    {
        var person = await portal.Trial.AddPersonAsync();
        using var here = await portal.Trial.EnterAsync(person);
        var (_, codes) = await here.AddAppAsync(portal.Clock);
        using var elsewhere = await portal.Trial.EnterAsync(person);
        (await elsewhere.FillAsync("/cuenta/entrar/recuperacion", Form, ("Code", codes[0]))).Dispose();
        Assert.True(await elsewhere.IsInsideAsync());

        using var answer = await here.FillAsync("/cuenta/seguridad/aplicacion/quitar", Form);

        portal.Clock.AdvancePastTheNextCheck();
        Assert.True(await here.IsInsideAsync());
        Assert.False(await elsewhere.IsInsideAsync());
        using var again = await portal.Trial.EnterAsync(person);
        Assert.True(await again.IsInsideAsync());
        Assert.Contains("SecondFactorRemoved app", await portal.Trial.LogAsync(person));
        Assert.Equal(2, await portal.Trial.MailsAsync(person, "SecondFactorChanged"));
    }

    [Fact]
    public async Task Post_NewCodes_MakeTheOldOnesWorthless()
    {
        var person = await portal.Trial.AddPersonAsync();
        using var owner = await portal.Trial.EnterAsync(person);
        var (_, old) = await owner.AddAppAsync(portal.Clock);

        using var made = await owner.FillAsync("/cuenta/seguridad/codigos", Form);
        var codes = (await made.PageAsync()).QuerySelectorAll(".codes li").Select(c => c.Words()).ToList();

        Assert.Equal(RecoveryCode.Count, codes.Except(old).Count());
        using var browser = await portal.Trial.EnterAsync(person);
        using var worthless = await browser.FillAsync("/cuenta/entrar/recuperacion", Form, ("Code", old[0]));
        Assert.Equal(400, (int)worthless.StatusCode);
        using var good = await browser.FillAsync("/cuenta/entrar/recuperacion", Form, ("Code", codes[0]));
        Assert.Equal(200, (int)good.StatusCode);
        Assert.Contains("RecoveryCodesMade", await portal.Trial.LogAsync(person));
    }

    [Fact]
    public async Task Post_PasskeyOptions_NameTheHostOfThePublicAddressWhateverHostIsAsked()
    {
        using var browser = portal.Trial.Browser();
        var token = (await browser.PageAsync("/cuenta/entrar")).Hidden().ToList();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/cuenta/entrar/llave?handler=Options") { Content = new FormUrlEncodedContent(token.Select(f => KeyValuePair.Create(f.Name, f.Value))) };
        request.Headers.Host = "malo.example";

        using var answer = await browser.SendAsync(request);
        var options = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

        Assert.Equal(new Uri(SecurityPortal.PublicUrl).Host, options.GetProperty("rpId").GetString());
        Assert.Equal("required", options.GetProperty("userVerification").GetString());
        Assert.True(Base64Url.DecodeFromChars(options.GetProperty("challenge").GetString()).Length >= 16);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("no es json")]
    [InlineData("""{"id":"AAAA","rawId":"AAAA","type":"public-key","clientExtensionResults":{},"response":{"clientDataJSON":"e30","authenticatorData":"AAAA","signature":"AAAA","userHandle":"AAAA"}}""")]
    public async Task Post_MadeUpPasskey_OpensNothing(string credential)
    {
        using var browser = portal.Trial.Browser();
        var token = (await browser.PageAsync("/cuenta/entrar")).Hidden().ToList();

        using var unasked = await browser.SendFormAsync("/cuenta/entrar/llave", [.. token, ("Credential", credential)]);
        (await browser.SendFormAsync("/cuenta/entrar/llave?handler=Options", token)).Dispose();
        using var asked = await browser.SendFormAsync("/cuenta/entrar/llave", [.. token, ("Credential", credential)]);

        Assert.Equal((400, 400), ((int)unasked.StatusCode, (int)asked.StatusCode));
        await asked.PageAsync();
        Assert.False(await browser.IsInsideAsync());
    }

    [Fact]
    public async Task Post_MadeUpNewPasskey_IsRefusedWithWords()
    {
        using var browser = await portal.Trial.EnterAsync(await portal.Trial.AddPersonAsync());

        using var answer = await browser.FillAsync("/cuenta/seguridad/llaves", Form, ("Credential", "{}"), ("Name", "Teléfono"));
        var page = await answer.PageAsync();

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal("Teléfono", page.QuerySelector("#Name")!.GetAttribute("value"));
        Assert.NotEmpty(page.QuerySelectorAll("[role=alert] a[href='#Name']"));
    }

    [Fact]
    public async Task Post_PasskeyOfOneself_IsRenamedAndRemovedAndThatOfAnotherIsNotThere()
    {
        var person = await portal.Trial.AddPersonAsync();
        var address = await AddPasskeyAsync(portal.Trial, person, "Teléfono viejo");
        using var stranger = await portal.Trial.EnterAsync(await portal.Trial.AddPersonAsync());
        using var owner = await portal.Trial.EnterAsync(person);

        await stranger.PageAsync(address, 404);
        using var forged = await stranger.SendFormAsync(address + "?handler=Remove", (await stranger.PageAsync("/cuenta/seguridad/llaves")).Hidden().Where(f => f.Name != "Credential"));
        Assert.Equal(404, (int)forged.StatusCode);
        using var renamed = await owner.FillAsync(address, "main form.form", ("Name", "  Mi \u200bteléfono\u0007 nuevo "));
        Assert.Contains("Mi teléfono nuevo", (await renamed.PageAsync()).QuerySelectorAll(".factors h2").Select(h => h.Words()));
        using var nameless = await owner.FillAsync(address, "main form.form", ("Name", " "));
        Assert.Equal(400, (int)nameless.StatusCode);
        using var removed = await owner.FillAsync(address, "form[action*='handler=Remove']");

        Assert.Empty((await removed.PageAsync()).QuerySelectorAll(".factors h2"));
        await owner.PageAsync(address, 404);
        Assert.Contains("SecondFactorRemoved passkey", await portal.Trial.LogAsync(person));
    }

    [Theory]
    [InlineData("/cuenta/seguridad")]
    [InlineData("/cuenta/seguridad/aplicacion")]
    [InlineData("/cuenta/seguridad/llaves")]
    [InlineData("/cuenta/seguridad/codigos")]
    [InlineData("/cuenta/sesiones")]
    [InlineData("/cuenta/confirmar")]
    public async Task Get_Anonymous_IsLedToSignIn(string address)
    {
        using var browser = portal.Trial.Browser();

        using var answer = await browser.GetAsync(address);

        Assert.Equal("/cuenta/entrar", answer.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Fact]
    public async Task Get_EveryPage_SpeaksEnglishToo()
    {
        var person = await portal.Trial.AddPersonAsync();
        using var browser = portal.Trial.Browser(language: "en");
        (await browser.GivePasswordAsync(person)).Dispose();
        foreach (var address in new[] { "/cuenta/seguridad", "/cuenta/seguridad/aplicacion", "/cuenta/seguridad/llaves", "/cuenta/sesiones", "/cuenta/confirmar" })
        {
            Assert.Equal("en", (await browser.PageAsync(address)).DocumentElement.GetAttribute("lang"));
        }
    }

    /// <summary>A passkey as one that a browser made; gives the address of its page.</summary>
    internal static Task<string> AddPasskeyAsync(PortalHost host, string email, string name) => host.AskAsync(async services =>
    {
        var person = (await services.GetRequiredService<UserManager<Person>>().FindByEmailAsync(email))!;
        var passkey = new UserPasskeyInfo(Guid.NewGuid().ToByteArray(), [1, 2, 3], DateTimeOffset.UtcNow, 0, ["internal"], true, true, true, [4], [5]) { Name = name };
        Assert.True(await services.GetRequiredService<ChangeSecondFactor>().AddPasskeyAsync(person.Id, passkey));
        return SelfService.Web.Pages.Account.Security.PasskeyModel.Address(passkey);
    });
}
