using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Audit;
using SelfService.Core.People;
using SelfService.Core.Persistence;

namespace SelfService.Web.Tests.Pages.Account;

/// <summary>What somebody learns who guesses passwords, and how sessions begin and end.</summary>
[Collection(SecurityPortalCollection.Name)]
public sealed class SignInGuessTests(SecurityPortal portal)
{
    private const string Wrong = "otra-clave-99";

    [Fact]
    public async Task Post_HundredGuessesAtOnce_AreCountedBeforeTheyAreLookedAt()
    {
        var person = await portal.Trial.AddPersonAsync();
        using var browser = portal.Trial.Browser();
        var hidden = (await browser.PageAsync("/cuenta/entrar")).Hidden().ToList();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => browser.SendFormAsync("/cuenta/entrar", [.. hidden, ("Email", person), ("Password", Wrong)])));

        Assert.All(answers, answer => Assert.Equal(400, (int)answer.StatusCode));
        var log = await portal.Trial.LogAsync(person);
        Assert.Equal(SignInAttempts.PerLock, log.Count(line => line == "SignInFailed password"));
        Assert.Equal(100 - SignInAttempts.PerLock, log.Count(line => line == "SignInFailed locked"));
    }

    [Fact]
    public async Task Post_RightPasswordWhileLocked_IsRefusedAndLaterTaken()
    {
        var person = await portal.Trial.AddPersonAsync();
        using var browser = portal.Trial.Browser();
        for (var guess = 0; guess < SignInAttempts.PerLock; guess++)
        {
            (await browser.GivePasswordAsync(person, Wrong)).Dispose();
        }

        using var locked = await browser.GivePasswordAsync(person);
        portal.Clock.Advance(SignInAttempts.Locks[0]);
        using var later = await browser.GivePasswordAsync(person);

        Assert.Equal((400, 200), ((int)locked.StatusCode, (int)later.StatusCode));
        Assert.True(await browser.IsInsideAsync());
        Assert.Equal(0, (await portal.Trial.PersonAsync(person)).AccessFailedCount);
    }

    [Fact]
    public async Task Post_KnownUnknownAndLocked_AnswerWithTheSameWordsAndWriteOneLineEach()
    {
        var known = await portal.Trial.AddPersonAsync();
        var locked = await portal.Trial.AddPersonAsync();
        using var browser = portal.Trial.Browser();
        for (var guess = 0; guess < SignInAttempts.PerLock; guess++)
        {
            (await browser.GivePasswordAsync(locked, Wrong)).Dispose();
        }

        var words = new List<string>();
        var details = new List<string>();
        foreach (var email in new[] { known, locked, "nadie@ensayo.example" })
        {
            var before = await LinesAsync();
            using var answer = await browser.GivePasswordAsync(email, Wrong);
            var written = (await LinesAsync()).Skip(before.Count).ToList();

            Assert.Equal(400, (int)answer.StatusCode);
            words.Add((await answer.PageAsync()).QuerySelector("main").Words());
            details.Add(Assert.Single(written).Detail);
            Assert.All(written, line => Assert.DoesNotContain("@", line.Detail, StringComparison.Ordinal));
        }

        Assert.Single(words.Distinct());
        Assert.Equal(["password", "locked", "unknown"], details);

        Task<List<AuditEntry>> LinesAsync() => portal.Trial.AskAsync(services => services.GetRequiredService<PortalDbContext>().AuditEntries.OrderBy(e => e.Id).ToListAsync());
    }

    [Fact]
    public async Task Post_AddressWithCapitalsAndInvisibleSigns_IsTheSameAccount()
    {
        var person = await portal.Trial.AddPersonAsync();

        using var browser = portal.Trial.Browser();
        using var answer = await browser.GivePasswordAsync(" " + person.ToUpperInvariant().Replace("@", "\u200b@", StringComparison.Ordinal));

        Assert.True(await browser.IsInsideAsync());
        Assert.Equal(["SignedIn password"], await portal.Trial.LogAsync(person));
    }

    [Fact]
    public async Task Post_SignInOverASession_ReplacesIt()
    {
        var person = await portal.Trial.AddPersonAsync();
        using var browser = portal.Trial.Browser(followRedirects: false);

        using var first = await browser.GivePasswordAsync(person);
        using var second = await browser.GivePasswordAsync(person);

        Assert.NotEqual(Cookie(first), Cookie(second));
        Assert.Equal(2, (await portal.Trial.LogAsync(person)).Count);
    }

    [Fact]
    public async Task Post_KeepTheSession_OutlivesTheBrowserForThirtyDaysAndOfStaffForADay()
    {
        var customer = await portal.Trial.AddPersonAsync();
        var agent = await portal.Trial.AddPersonAsync(Roles.Agent);
        using var browser = portal.Trial.Browser(followRedirects: false);

        using var plain = await browser.GivePasswordAsync(customer);
        using var kept = await browser.GivePasswordAsync(customer, keep: true);
        using var staff = await browser.GivePasswordAsync(agent, keep: true);

        Assert.DoesNotContain("expires=", Cookie(plain), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(30, Days(kept), 0.01);
        Assert.Equal(0.5, Days(staff), 0.01);

        double Days(HttpResponseMessage answer)
        {
            var expires = Cookie(answer).Split("; ").Single(part => part.StartsWith("expires=", StringComparison.OrdinalIgnoreCase))[8..];
            return (DateTimeOffset.Parse(expires, CultureInfo.InvariantCulture) - portal.Clock.GetUtcNow()).TotalDays;
        }
    }

    [Theory]
    [InlineData(Roles.Agent, false, 12)]
    [InlineData(Roles.Customer, false, 12)]
    [InlineData(Roles.Customer, true, 30 * 24)]
    public async Task Get_HoweverBusyTheSession_ItEndsWhenItWasToEnd(string role, bool keep, int hours)
    {
        var person = await portal.Trial.AddPersonAsync(role);
        using var browser = await portal.Trial.EnterAsync(person, keep);

        for (var part = 0; part < 8; part++)
        {
            portal.Clock.Advance(TimeSpan.FromHours(hours) / 8.1);
            Assert.True(await browser.IsInsideAsync(), $"after part {part}");
        }

        portal.Clock.Advance(TimeSpan.FromHours(hours) / 8);
        Assert.False(await browser.IsInsideAsync());
    }

    [Fact]
    public async Task Post_CloseAllSessions_EndsThemEverywhere()
    {
        var person = await portal.Trial.AddPersonAsync();
        using var here = await portal.Trial.EnterAsync(person);
        using var elsewhere = await portal.Trial.EnterAsync(person, keep: true);

        using var answer = await here.FillAsync("/cuenta/sesiones", "main form[method=post]");

        Assert.NotNull((await answer.PageAsync()).QuerySelector("[role=status].notice"));
        Assert.False(await here.IsInsideAsync());
        portal.Clock.AdvancePastTheNextCheck();
        Assert.False(await elsewhere.IsInsideAsync());
        Assert.Contains("SignedOutEverywhere", await portal.Trial.LogAsync(person));
    }

    [Fact]
    public async Task Post_SignOut_EndsEveryCopyOfItsCookieAndNoOtherSession()
    {
        var person = await portal.Trial.AddPersonAsync();
        using var here = portal.Trial.Browser(followRedirects: false);
        using var elsewhere = await portal.Trial.EnterAsync(person);
        using var thief = portal.Trial.Browser();
        using (var opened = await here.GivePasswordAsync(person, keep: true))
        {
            thief.DefaultRequestHeaders.Add("Cookie", Cookie(opened).Split(';')[0]);
        }

        portal.Clock.AdvancePastTheNextCheck();
        Assert.True(await thief.IsInsideAsync());
        // Renewed a moment before, as a check does it each minute: the copy is of the same session.
        Assert.True(await here.IsInsideAsync());
        (await here.FillAsync("/cuenta/salir", "main form[method=post]")).Dispose();

        Assert.False(await here.IsInsideAsync());
        portal.Clock.AdvancePastTheNextCheck();
        Assert.False(await thief.IsInsideAsync());
        Assert.True(await elsewhere.IsInsideAsync());
    }

    [Fact]
    public async Task Post_SignOutTwiceAtOnce_EndsItOnce()
    {
        var person = await portal.Trial.AddPersonAsync();
        using var one = portal.Trial.Browser(followRedirects: false);
        using var opened = await one.GivePasswordAsync(person);
        using var other = portal.Trial.Browser(followRedirects: false);
        other.DefaultRequestHeaders.Add("Cookie", Cookie(opened).Split(';')[0]);
        var form = (await one.PageAsync("/cuenta/salir")).Hidden();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => one.SendFormAsync("/cuenta/salir", form)));

        Assert.All(answers, answer => Assert.InRange((int)answer.StatusCode, 300, 400));
        portal.Clock.AdvancePastTheNextCheck();
        Assert.False(await other.IsInsideAsync());
        Array.ForEach(answers, answer => answer.Dispose());
    }

    private static string Cookie(HttpResponseMessage answer) =>
        Assert.Single(answer.Headers.GetValues("Set-Cookie"), c => c.StartsWith("sesion=", StringComparison.Ordinal));
}
