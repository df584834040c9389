using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.People;
using SelfService.Core.People.SecondFactors;
using SelfService.Core.Persistence;

namespace SelfService.Web.Tests.Pages.Account;

/// <summary>The second step at sign-in.</summary>
[Collection(SecurityPortalCollection.Name)]
public sealed class CodeTests(SecurityPortal portal)
{
    private const string Form = "main form[method=post]";
    private const string Page = "/cuenta/entrar/codigo";

    [Fact]
    public async Task Post_PasswordThenCode_OpensTheSessionAndLeadsBack()
    {
        var (person, key, _) = await WithAppAsync();
        using var browser = portal.Trial.Browser();

        using var asked = await browser.GivePasswordAsync(person, address: "/cuenta/entrar?volver=/articulos/abierto");
        Assert.Equal("/cuenta/entrar/codigo?volver=%2Farticulos%2Fabierto", asked.RequestMessage!.RequestUri!.PathAndQuery);
        Assert.False(await browser.IsInsideAsync());
        using var answer = await browser.FillAsync(asked.RequestMessage.RequestUri.PathAndQuery, Form, ("Code", NextCode(key)));

        Assert.Equal("/articulos/abierto", answer.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.True(await browser.IsInsideAsync());
        Assert.Contains("SignedIn code", await portal.Trial.LogAsync(person));
    }

    [Theory]
    [InlineData(Page)]
    [InlineData("/cuenta/entrar/recuperacion")]
    public async Task Post_CodeWithoutPassword_IsNotLookedAt(string address)
    {
        var (person, key, codes) = await WithAppAsync();
        using var stranger = portal.Trial.Browser();
        var token = (await stranger.PageAsync("/cuenta/entrar")).Hidden();
        var code = NextCode(key);

        using var looked = await stranger.GetAsync(address);
        using var sent = await stranger.SendFormAsync(address, [.. token, ("Email", person), ("Code", address == Page ? code : codes[0])]);

        Assert.All([looked, sent], answer => Assert.Equal("/cuenta/entrar", answer.RequestMessage!.RequestUri!.AbsolutePath));
        Assert.False(await stranger.IsInsideAsync());

        // It was not even used up.
        using var browser = await portal.Trial.EnterAsync(person);
        (await browser.FillAsync(Page, Form, ("Code", code))).Dispose();
        Assert.True(await browser.IsInsideAsync());
    }

    [Fact]
    public async Task Post_SameCodeTwice_WorksOnce()
    {
        var (person, key, _) = await WithAppAsync();
        var code = NextCode(key);
        using var first = await portal.Trial.EnterAsync(person);
        using var second = await portal.Trial.EnterAsync(person);

        using var taken = await first.FillAsync(Page, Form, ("Code", code));
        using var refused = await second.FillAsync(Page, Form, ("Code", code));

        Assert.Equal((200, 400), ((int)taken.StatusCode, (int)refused.StatusCode));
        Assert.False(await second.IsInsideAsync());
        Assert.Equal(["#Code"], (await refused.PageAsync()).QuerySelectorAll("[role=alert] a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public async Task Post_SameCodeFromManyAtOnce_LetsOneIn()
    {
        var (person, key, _) = await WithAppAsync();
        var code = NextCode(key);
        var browsers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => portal.Trial.EnterAsync(person)));

        var answers = await Task.WhenAll(browsers.Select(browser => browser.FillAsync(Page, Form, ("Code", code))));

        Assert.Equal(1, answers.Count(answer => (int)answer.StatusCode == 200));
    }

    [Fact]
    public async Task Post_CodeThatTurnedTheAppOn_DoesNotWorkAgain()
    {
        var person = await portal.Trial.AddPersonAsync();
        using var owner = await portal.Trial.EnterAsync(person);
        var (key, _) = await owner.AddAppAsync(portal.Clock);

        using var browser = await portal.Trial.EnterAsync(person);
        using var answer = await browser.FillAsync(Page, Form, ("Code", TimeCode.Of(key, TimeCode.StepAt(portal.Clock.GetUtcNow()) - 1)));
        using var same = await browser.FillAsync(Page, Form, ("Code", TimeCode.Of(key, TimeCode.StepAt(portal.Clock.GetUtcNow()))));

        Assert.Equal(400, (int)answer.StatusCode);
        // Half a minute may have begun since; then that is another code.
        Assert.True((int)same.StatusCode == 400 || await browser.IsInsideAsync());
    }

    [Fact]
    public async Task Post_FiveWrongCodes_LockTheAccountThoughThePasswordIsRightInBetween()
    {
        var (person, key, _) = await WithAppAsync();
        for (var guess = 0; guess < SignInAttempts.PerLock; guess++)
        {
            using var guesser = await portal.Trial.EnterAsync(person);
            using var wrong = await guesser.FillAsync(Page, Form, ("Code", WrongCode(key)));
            Assert.Equal(400, (int)wrong.StatusCode);
        }

        using var browser = portal.Trial.Browser();
        using var password = await browser.GivePasswordAsync(person);

        Assert.Equal(400, (int)password.StatusCode);
        var log = await portal.Trial.LogAsync(person);
        Assert.Equal(SignInAttempts.PerLock, log.Count(line => line == "SignInFailed code"));
        Assert.Equal("SignInFailed locked", log[^1]);
    }

    [Fact]
    public async Task Post_WrongCodesInOneSitting_EndInTheSameWordsAsTheRightOneWhileLocked()
    {
        var (person, key, _) = await WithAppAsync();
        using var browser = await portal.Trial.EnterAsync(person);
        var words = new HashSet<string>();

        for (var guess = 0; guess <= SignInAttempts.PerLock; guess++)
        {
            using var answer = await browser.FillAsync(Page, Form, ("Code", guess < SignInAttempts.PerLock ? WrongCode(key) : NextCode(key)));
            Assert.Equal(400, (int)answer.StatusCode);
            words.Add((await answer.PageAsync()).QuerySelector("main").Words());
        }

        Assert.Single(words);
    }

    [Fact]
    public async Task Post_PasswordOfBefore_IsForgottenWhenTheAccountChanges()
    {
        var (person, key, _) = await WithAppAsync();
        using var browser = await portal.Trial.EnterAsync(person);
        await portal.Trial.AskAsync(async services =>
        {
            var id = (await portal.Trial.PersonAsync(person)).Id;
            await services.GetRequiredService<EndSessions>().RunAsync(id, id);
            return true;
        });

        using var answer = await browser.SendFormAsync(Page, [.. (await browser.PageAsync("/cuenta/entrar")).Hidden(), ("Code", NextCode(key))]);

        Assert.Equal("/cuenta/entrar", answer.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.False(await browser.IsInsideAsync());
    }

    [Fact]
    public async Task Post_RecoveryCode_WorksOnceHoweverItIsTyped()
    {
        var (person, _, codes) = await WithAppAsync();
        using var first = await portal.Trial.EnterAsync(person);
        using var second = await portal.Trial.EnterAsync(person);

        using var taken = await first.FillAsync("/cuenta/entrar/recuperacion", Form, ("Code", codes[3].ToLowerInvariant().Replace('-', ' ')));
        using var refused = await second.FillAsync("/cuenta/entrar/recuperacion", Form, ("Code", codes[3]));

        Assert.Equal((200, 400), ((int)taken.StatusCode, (int)refused.StatusCode));
        Assert.True(await first.IsInsideAsync());
        Assert.Contains("SignedIn recovery", await portal.Trial.LogAsync(person));
        Assert.Contains("9", (await first.PageAsync("/cuenta/seguridad")).QuerySelector("main").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheDatabase_HoldsNeitherTheKeyNorACode()
    {
        var (person, key, codes) = await WithAppAsync();
        var id = (await portal.Trial.PersonAsync(person)).Id;

        var kept = await portal.Trial.AskAsync(services => services.GetRequiredService<PortalDbContext>().UserTokens.Where(t => t.UserId == id).Select(t => t.Value!).ToListAsync());

        Assert.NotEmpty(kept);
        var secrets = codes.SelectMany(code => new[] { code, code.Replace("-", "", StringComparison.Ordinal) })
            .Append(Convert.ToBase64String(key)).Append(Convert.ToHexString(key)).Append(Base32.Encode(key));
        Assert.All(secrets, secret => Assert.DoesNotContain(kept, value => value.Contains(secret, StringComparison.OrdinalIgnoreCase)));
    }

    private async Task<(string Person, byte[] Key, IReadOnlyList<string> Codes)> WithAppAsync()
    {
        var person = await portal.Trial.AddPersonAsync();
        using var browser = await portal.Trial.EnterAsync(person);
        var (key, codes) = await browser.AddAppAsync(portal.Clock);
        portal.Clock.AdvancePastTheNextCheck();
        return (person, key, codes);
    }

    private string NextCode(byte[] key) => TimeCode.Of(key, TimeCode.StepAt(portal.Clock.GetUtcNow()));

    private string WrongCode(byte[] key)
    {
        var near = Enumerable.Range(-3, 7).Select(off => TimeCode.Of(key, TimeCode.StepAt(portal.Clock.GetUtcNow()) + off)).ToHashSet();
        return Enumerable.Range(100_000, 10).Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture)).First(code => !near.Contains(code));
    }
}
