using Microsoft.EntityFrameworkCore;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Pages.Cases;

[Collection(TrialPortalCollection.Name)]
public sealed class FindTests(TrialPortal portal)
{
    private PortalHost Host => portal.Host;

    private static Task<HttpResponseMessage> SendAsync(HttpClient browser, string number, string reach) =>
        browser.FillAsync("/casos/buscar", "main form", ("numero", number), ("contacto", reach));

    private Task<int> JobsAsync() => Host.AskAsync(db => db.Jobs.CountAsync(j => j.Kind == CaseSearch.JobKind));

    [Fact]
    public async Task Post_KnownAndUnknown_AnswerTheSameAndLeaveOneJobEach()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = Host.Browser();
        var answers = new HashSet<string>();

        foreach (var (number, reach) in new[]
        {
            (ticket.Number, TestCases.GuestEmail), (ticket.Number, "otra@correo.example"), ("C-0000-0000", TestCases.GuestEmail), (ticket.Number.ToLowerInvariant(), "55 1234 5678"),
        })
        {
            var before = await JobsAsync();
            using var answer = await SendAsync(browser, number, reach);
            answers.Add($"{(int)answer.StatusCode} {answer.RequestMessage!.RequestUri} {string.Join(',', answer.Headers.Select(h => h.Key).Order())} {(await answer.PageAsync()).QuerySelector("main")!.InnerHtml}");
            Assert.Equal(before + 1, await JobsAsync());
        }

        Assert.Single(answers);
    }

    [Fact]
    public async Task Post_OwnNumberAndAddress_MailsALinkWhenTheJobIsDone()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = Host.Browser();

        (await SendAsync(browser, ticket.Number, $" {TestCases.GuestEmail.ToUpperInvariant()} ")).Dispose();
        await Eventually.IsTrueAsync(async () => await Host.AskAsync(db => db.TicketEvents.AnyAsync(e => e.TicketId == ticket.Id && e.Kind == TicketEventKind.LinkRequested)));
        await Eventually.IsTrueAsync(async () => await Host.AskAsync(db => db.Jobs.AllAsync(j => j.Kind != CaseSearch.JobKind || j.Payload == "")));

        Assert.Single((await Host.CaseAsync(ticket.Id)).Events, e => e.Kind == TicketEventKind.LinkRequested);
    }

    [Theory]
    [InlineData("", "", "#numero", "#contacto")]
    [InlineData("C-7F3K", TestCases.GuestEmail, "#numero")]
    [InlineData("C-7F3K-2Q9X", "sin arroba", "#contacto")]
    [InlineData("<script>alert(1)</script>", "<script>", "#numero", "#contacto")]
    public async Task Post_WhatCannotBeACase_IsToldAtItsFieldAndLeavesNothing(string number, string reach, params string[] fields)
    {
        using var browser = Host.Browser();
        var before = await JobsAsync();

        using var answer = await SendAsync(browser, number, reach);
        var page = await answer.PageAsync();

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal(fields, page.QuerySelectorAll("[role=alert] a").Select(a => a.GetAttribute("href")));
        Assert.Equal((number, reach), (page.QuerySelector("#numero")!.GetAttribute("value"), page.QuerySelector("#contacto")!.GetAttribute("value")));
        Assert.Equal(before, await JobsAsync());
    }

    [Fact]
    public async Task Post_TooOften_IsAskedToWait()
    {
        await using var strict = await PortalHost.StartAsync(settings: new Dictionary<string, string?> { ["SelfService:Limits:CaseSearchesPerMinute"] = "3", ["SelfService:ImportAtStart"] = "false" });
        using var browser = strict.Browser();
        var statuses = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            using var answer = await SendAsync(browser, "C-0000-0000", TestCases.GuestEmail);
            statuses.Add((int)answer.StatusCode);
            Assert.Equal(i == 3, answer.Headers.RetryAfter is not null);
        }

        Assert.Equal([200, 200, 200, 429], statuses);
        await browser.PageAsync("/casos/buscar");
    }
}
