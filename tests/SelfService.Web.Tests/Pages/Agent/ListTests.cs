using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Pages.Agent;

[Collection(DeskPortalCollection.Name)]
public sealed class ListTests(DeskPortal portal)
{
    [Fact]
    public async Task Get_LateTickets_ComeFirstWithAWordAndTheirDate()
    {
        var word = Word();
        var soon = await portal.OpenAsync($"{word} pronto");
        var late = await portal.OpenAsync($"{word} tarde", change: r => r with { Priority = TicketPriority.Urgent });
        await portal.AskAsync(db => db.Tickets.Where(t => t.Id == late.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.DueAt, DateTime.UtcNow.AddHours(-1))));
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        var rows = (await agent.PageAsync($"/agente?q={word}")).QuerySelectorAll("tbody tr");

        Assert.Equal([$"{word} tarde", $"{word} pronto"], rows.Select(r => r.QuerySelector("a").Words()));
        Assert.Contains("Vencido", rows[0].Words(), StringComparison.Ordinal);
        Assert.Contains("Urgente", rows[0].Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("Vencido", rows[1].Words(), StringComparison.Ordinal);
        Assert.All(rows, row => Assert.Equal(("Dar la primera respuesta", true), (row.QuerySelector(".desk-step").Words(), row.QuerySelector("time[datetime]") is not null)));
        Assert.StartsWith(DeskPortal.Address(soon) + "?", rows[1].QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_FiltersAndQueue_NarrowTheListAndTheCounts()
    {
        var word = Word();
        var mine = await portal.OpenAsync($"{word} mío");
        await portal.OpenAsync($"{word} técnico", change: r => r with { Queue = "tecnico" });
        var solved = await portal.OpenAsync($"{word} resuelto");
        var mateo = await portal.PersonAsync(Steps.Agent);
        await portal.ChangeAsync(mine.Id, (t, now) => t.Assign(mateo, "Mateo", Actor.Staff(mateo), now));
        await portal.ChangeAsync(solved.Id, (t, now) => t.Solve(Actor.Staff(mateo), TimeSpan.FromDays(14), now));
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        async Task<List<string>> ShownAsync(string query) => [.. (await agent.PageAsync($"/agente?q={word}&{query}")).QuerySelectorAll("tbody a").Select(a => a.Words()[(word.Length + 1)..]).Order(StringComparer.Ordinal)];

        Assert.Equal(["mío", "resuelto", "técnico"], await ShownAsync(""));
        Assert.Equal(["mío", "técnico"], await ShownAsync("filtro=abiertos"));
        Assert.Equal(["mío"], await ShownAsync("filtro=mios"));
        Assert.Equal(["técnico"], await ShownAsync("filtro=sin-responsable"));
        Assert.Equal(["resuelto"], await ShownAsync("filtro=terminados"));
        Assert.Equal(["técnico"], await ShownAsync("cola=tecnico"));
        Assert.Empty(await ShownAsync("filtro=vencidos"));

        var counts = (await agent.PageAsync($"/agente?q={word}")).QuerySelectorAll(".filter-count").Select(c => c.Words());
        Assert.Equal(["2", "1", "1", "0", "0", "0", "1", "3"], counts);
    }

    [Fact]
    public async Task Get_ManyTickets_ArePagedAndTheAddressKeepsTheFilter()
    {
        var word = Word();
        for (var n = 0; n < 53; n++)
        {
            await portal.OpenAsync($"{word} {n}");
        }

        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var first = await agent.PageAsync($"/agente?q={word}&filtro=abiertos");
        var second = await agent.PageAsync(first.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        var beyond = await agent.PageAsync($"/agente?q={word}&filtro=abiertos&pagina=99");

        Assert.Equal((50, 3, 3), (Rows(first), Rows(second), Rows(beyond)));
        Assert.Equal(53, first.QuerySelectorAll("tbody a").Concat(second.QuerySelectorAll("tbody a")).Select(a => a.GetAttribute("href")).Distinct().Count());
        static int Rows(IHtmlDocument page) => page.QuerySelectorAll("tbody tr").Length;
    }

    [Theory]
    [InlineData("/agente?q=%25")]
    [InlineData("/agente?q=%00%1F'%22%3Cscript%3E")]
    [InlineData("/agente?filtro=otra&cola=ninguna&pagina=-1")]
    [InlineData("/agente?filtro=mios&filtro=todos&q=a&q=b")]
    public async Task Get_StrangeAddresses_AreOrdinaryPages(string address)
    {
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        Assert.Equal("Tickets", (await agent.PageAsync(address)).QuerySelector("h1").Words());
    }

    [Fact]
    public async Task Get_NothingFound_SaysSoAndLeadsBack()
    {
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        var page = await agent.PageAsync("/agente?q=" + Word());

        Assert.NotNull(page.QuerySelector(".empty a[href='/agente?filtro=todos']"));
        Assert.Empty(page.QuerySelectorAll("tbody tr"));
    }

    // A word of its own keeps a test apart from the tickets of the others.
    private static string Word() => "p" + Guid.NewGuid().ToString("N")[..12];
}

public sealed class EmptyListTests
{
    [Fact]
    public async Task Get_BeforeTheFirstTicket_EveryFilterSaysWhatIsEmpty()
    {
        await using var host = await PortalHost.StartAsync(Path.GetTempPath() + "no-such-content");
        using var agent = await host.BrowserOfAsync(Steps.Agent);

        var titles = new List<string>();
        foreach (var (name, _) in Web.Pages.Agent.DeskList.Filters)
        {
            titles.Add((await agent.PageAsync($"/agente?filtro={name}")).QuerySelector(".empty h2").Words());
        }

        Assert.Equal(8, titles.Distinct().Count());
        Assert.NotNull((await agent.PageAsync("/agente?filtro=todos")).QuerySelector(".empty a[href='/agente/nuevo']"));
    }
}
