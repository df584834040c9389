using Microsoft.EntityFrameworkCore;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Pages.Cases;

/// <summary>The link of a guest: what it opens, and for how long.</summary>
[Collection(TrialPortalCollection.Name)]
public sealed class KeyTests(TrialPortal portal)
{
    private PortalHost Host => portal.Host;

    private static string Of(Ticket ticket) => "/casos/" + ticket.Number;

    private Task<int> RevokeAsync(Guid keyId) =>
        Host.AskAsync(db => db.TicketKeys.Where(k => k.Id == keyId).ExecuteUpdateAsync(set => set.SetProperty(k => k.RevokedAt, DateTime.UtcNow)));

    [Fact]
    public async Task Get_Link_OpensTheCaseUnderACleanAddressWithACookieScriptsCannotRead()
    {
        var ticket = await Host.OpenCaseAsync();
        var (address, _) = await Host.LinkAsync(ticket);
        using var browser = Host.Browser(followRedirects: false);

        using var opened = await browser.GetAsync(address);
        var cookie = Assert.Single(opened.Headers.GetValues("Set-Cookie"));
        var page = await browser.PageAsync(Of(ticket));

        Assert.Equal((302, Of(ticket)), ((int)opened.StatusCode, opened.Headers.Location!.ToString()));
        Assert.Equal(("no-store", "no-referrer"), (opened.Header("Cache-Control"), opened.Header("Referrer-Policy")));
        Assert.StartsWith("casos=", cookie, StringComparison.Ordinal);
        Assert.All(["httponly", "samesite=lax", "path=/", "max-age"], part => Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("clave", page.Source.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(address.Split('=')[1], page.Source.Text + cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_LinkWithTheNumberTypedLoosely_OpensItToo()
    {
        var ticket = await Host.OpenCaseAsync();
        var (address, _) = await Host.LinkAsync(ticket);
        using var browser = Host.Browser();

        var page = await browser.PageAsync(address.Replace(ticket.Number, ticket.Number.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal), StringComparison.Ordinal));

        Assert.Equal(ticket.Subject, page.QuerySelector("h1").Words());
    }

    [Fact]
    public async Task Get_WrongKeys_AreTheSame404AsACaseThatIsNotThere()
    {
        var ticket = await Host.OpenCaseAsync();
        var other = await Host.OpenCaseAsync(email: "otra@correo.example");
        var now = DateTime.UtcNow;
        var revoked = await Host.LinkAsync(ticket);
        await RevokeAsync(revoked.KeyId);
        var old = await Host.LinkAsync(ticket, now - TicketKey.Lifetime - TimeSpan.FromMinutes(1));
        var foreign = (await Host.LinkAsync(other)).Address.Split('=')[1];
        var (good, hash) = (await Host.LinkAsync(ticket), await Host.AskAsync(db => db.TicketKeys.Where(k => k.TicketId == ticket.Id).Select(k => k.Hash).FirstAsync()));
        string[] wrong =
        [
            revoked.Address, old.Address, $"{Of(ticket)}?clave={foreign}", $"{Of(ticket)}?clave=", $"{Of(ticket)}?clave=%00", $"{Of(ticket)}?clave={new string('A', 43)}",
            $"{Of(ticket)}?clave={new string('x', 5000)}", $"{Of(ticket)}?clave={System.Buffers.Text.Base64Url.EncodeToString(hash)}", good.Address + "A", good.Address[..^1],
            good.Address.ToLowerInvariant().Replace("/casos/" + ticket.Number.ToLowerInvariant(), Of(ticket), StringComparison.Ordinal), Of(ticket), $"{Of(ticket)}?clave={ticket.Id}",
            "/casos/C-0000-0000?clave=" + good.Address.Split('=')[1],
        ];

        using var browser = Host.Browser(followRedirects: false);
        var words = new HashSet<string>();
        foreach (var address in wrong)
        {
            using var answer = await browser.GetAsync(address);
            Assert.True((int)answer.StatusCode == 404, address);
            Assert.Null(answer.Header("Set-Cookie"));
            var main = (await answer.PageAsync()).QuerySelector("main")!;
            words.Add(main.InnerHtml.Replace(ticket.Number, "N", StringComparison.Ordinal).Replace("C-0000-0000", "N", StringComparison.Ordinal));
        }

        Assert.Single(words);
    }

    [Fact]
    public async Task Get_RevokedKey_ClosesTheBrowsersThatHadOpenedIt()
    {
        var ticket = await Host.OpenCaseAsync();
        var (address, keyId) = await Host.LinkAsync(ticket);
        using var browser = Host.Browser();
        await browser.PageAsync(address);
        await browser.PageAsync(Of(ticket));

        await RevokeAsync(keyId);

        await browser.PageAsync(Of(ticket), 404);
        Assert.DoesNotContain(ticket.Number, (await browser.PageAsync("/casos")).QuerySelector("main").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_KeyThatGrewOld_ClosesTheBrowserToo()
    {
        var ticket = await Host.OpenCaseAsync();
        var (address, keyId) = await Host.LinkAsync(ticket);
        using var browser = Host.Browser();
        await browser.PageAsync(address);

        var old = DateTime.UtcNow - TicketKey.Lifetime - TimeSpan.FromMinutes(1);
        await Host.AskAsync(db => db.TicketKeys.Where(k => k.Id == keyId).ExecuteUpdateAsync(set => set.SetProperty(k => k.IssuedAt, old)));

        await browser.PageAsync(Of(ticket), 404);
    }

    [Fact]
    public async Task Get_TamperedCookie_OpensNothingAndBreaksNothing()
    {
        var ticket = await Host.OpenCaseAsync();
        var (address, keyId) = await Host.LinkAsync(ticket);
        using var opener = Host.Browser(followRedirects: false);
        using var opened = await opener.GetAsync(address);
        var cookie = opened.Headers.GetValues("Set-Cookie").Single().Split(';')[0]["casos=".Length..];
        using var bare = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Host.Address };

        foreach (var (value, status) in new[]
        {
            (cookie, 200), (cookie[..^4] + "AAAA", 404), (cookie + cookie, 404), (keyId.ToString("N"), 404), ("", 404), ("%00", 404), (new string('A', 3900), 404), (new string('A', 5000), 404),
        })
        {
            var request = new HttpRequestMessage(HttpMethod.Get, Of(ticket));
            request.Headers.TryAddWithoutValidation("Cookie", "casos=" + value);
            using var answer = await bare.SendAsync(request);
            Assert.Equal(status, (int)answer.StatusCode);
        }
    }

    [Fact]
    public async Task Get_LinkOfACaseThatAnAccountHasGathered_StillOpensIt()
    {
        var ticket = await Host.OpenCaseAsync(account: Steps.Customer);
        using var browser = Host.Browser();

        var page = await browser.PageAsync((await Host.LinkAsync(ticket)).Address);

        Assert.Equal(ticket.Subject, page.QuerySelector("h1").Words());
    }

    [Fact]
    public async Task Get_LinkBySomebodyWhoSeesTheCaseAnyway_LeadsToTheCleanAddress()
    {
        var ticket = await Host.OpenCaseAsync();
        using var agent = await Host.BrowserOfAsync(Steps.Agent);

        var page = await agent.PageAsync((await Host.LinkAsync(ticket)).Address);
        var afterAWrongOne = await agent.PageAsync(Of(ticket) + "?clave=falsa");

        // The desk does not become the customer by trying her link.
        Assert.Empty(page.QuerySelectorAll("main form"));
        Assert.Equal(ticket.Subject, afterAWrongOne.QuerySelector("h1").Words());
    }

    [Fact]
    public async Task Get_ManyLinks_TheLatestFortyStayOpen()
    {
        using var browser = Host.Browser();
        var tickets = new List<Ticket>();
        for (var i = 0; i < 42; i++)
        {
            tickets.Add(await Host.OpenCaseAsync(email: $"muchos{i}@correo.example"));
            await browser.PageAsync((await Host.LinkAsync(tickets[i])).Address);
        }

        await browser.PageAsync(Of(tickets[0]), 404);
        await browser.PageAsync(Of(tickets[1]), 404);
        await browser.PageAsync(Of(tickets[2]));
        await browser.PageAsync(Of(tickets[41]));
    }

    [Fact]
    public async Task Get_WhatIsNotThere_OffersSignInAndANewLinkWithTheNumber()
    {
        using var browser = Host.Browser();

        var page = await browser.PageAsync("/casos/C-0000-0000", 404);

        Assert.Equal("/cuenta/entrar?volver=%2Fcasos%2FC-0000-0000", page.QuerySelector("main a[href^='/cuenta/entrar']")!.GetAttribute("href"));
        var find = await browser.PageAsync(page.QuerySelector("main a[href^='/casos/buscar']")!.GetAttribute("href")!);
        Assert.Equal("C-0000-0000", find.QuerySelector("#numero")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Post_Forget_ClosesThisBrowserAndNoOther()
    {
        var ticket = await Host.OpenCaseAsync();
        var second = await Host.OpenCaseAsync(email: "otra@correo.example");
        var (address, _) = await Host.LinkAsync(ticket);
        using var shared = Host.Browser();
        using var own = Host.Browser();
        await shared.PageAsync(address);
        await shared.PageAsync((await Host.LinkAsync(second)).Address);
        await own.PageAsync(address);

        using var answer = await shared.FillAsync(Of(ticket) + "/olvidar", "main form");

        Assert.Equal(200, (int)answer.StatusCode);
        await shared.PageAsync(Of(ticket), 404);
        await shared.PageAsync(Of(second));
        await own.PageAsync(Of(ticket));
        await shared.PageAsync(address);
    }
}
