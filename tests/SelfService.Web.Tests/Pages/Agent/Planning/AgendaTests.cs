using System.Net;

namespace SelfService.Web.Tests.Pages.Agent.Planning;

[Collection(AgendaPortalCollection.Name)]
public sealed class AgendaTests(BookingPortal portal)
{
    [Fact]
    public async Task Get_Day_ShowsWhoGivesWhatToWhomAndWhereItStands()
    {
        var day = portal.Monday(1);
        var booked = await portal.BookAsync(AgendaPortal.At(day, 10));
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        var page = await agent.PageAsync($"/agente/agenda?vista=dia&dia={day:yyyy-MM-dd}&lugar=centro");

        Assert.Equal(["Luz Marín", "Eva Sol", "Sol Rey", "Ian Mar"], page.QuerySelectorAll(".agenda-grid thead a").Select(a => a.Words()));
        var item = page.QuerySelector(".agenda-grid .agenda-item");
        Assert.Equal($"/agente/casos/{booked.Number}", item!.QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("10:00 a 10:20", item.Words(), StringComparison.Ordinal);
        Assert.Contains("Ana Pérez", item.Words(), StringComparison.Ordinal);
        Assert.Equal("Agendada", item.QuerySelector(".status").Words());
        Assert.NotNull(item.QuerySelector(".status svg"));
        // What the module needs to move it with the form of its ticket.
        Assert.Equal($"/agente/casos/{booked.Number}/cita/mover", item.GetAttribute("data-move"));
        Assert.Contains(page.QuerySelectorAll("[data-start]"), cell => cell.GetAttribute("data-start") == $"{day:yyyy-MM-dd}T18:00Z" && cell.GetAttribute("data-person") == "eva");
        // The same under each other for a phone and for paper.
        Assert.Single(page.QuerySelectorAll(".agenda-lists .agenda-item"));
        Assert.Null(page.QuerySelector(".empty"));
    }

    [Fact]
    public async Task Post_Dropped_MovesItAndWhereTheHourIsTakenOffersTheNearest()
    {
        var day = portal.Monday(1).PlusDays(3);
        var booked = await portal.BookAsync(AgendaPortal.At(day, 10), name: "Se mueve");
        await portal.BookAsync(AgendaPortal.At(day, 12), person: "ian", name: "Estorba");
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var page = await agent.PageAsync($"/agente/agenda?vista=dia&dia={day:yyyy-MM-dd}&lugar=centro");
        var item = page.QuerySelectorAll(".agenda-grid [data-move]").Single(i => i.GetAttribute("data-who") == "Se mueve");
        var token = page.QuerySelector("[data-agenda-move] input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        // What the module fills in of the cell, or of one that was free when the page was opened.
        var cell = page.QuerySelectorAll("[data-start]").Single(c => c.GetAttribute("data-person") == "ian" && c.GetAttribute("data-start") == $"{day:yyyy-MM-dd}T21:00Z");
        List<(string, string)> Dropped(string start, string seen) =>
        [
            ("__RequestVerificationToken", token), ("Seen", seen), ("Place", item.GetAttribute("data-place")!), ("Person", cell.GetAttribute("data-person")!), ("Day", cell.GetAttribute("data-day")!), ("Start", start),
        ];

        using var taken = await agent.SendFormAsync(item.GetAttribute("data-move")!, Dropped($"{day:yyyy-MM-dd}T18:00Z", item.GetAttribute("data-seen")!));
        using var moved = await agent.SendFormAsync(item.GetAttribute("data-move")!, Dropped(cell.GetAttribute("data-start")!, item.GetAttribute("data-seen")!));
        using var stale = await agent.SendFormAsync(item.GetAttribute("data-move")!, Dropped($"{day:yyyy-MM-dd}T22:00Z", item.GetAttribute("data-seen")!));

        Assert.Equal(HttpStatusCode.Conflict, taken.StatusCode);
        Assert.NotEmpty((await taken.PageAsync()).QuerySelectorAll("input[type=radio][name=Start]"));
        Assert.Equal($"/agente/casos/{booked.Number}", moved.RequestMessage!.RequestUri!.AbsolutePath);
        // Whoever drops what somebody moved meanwhile is told so.
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        var now = await portal.AppointmentAsync(booked.Number);
        Assert.Equal(("ian", AgendaPortal.At(day, 15).ToDateTimeUtc()), (now.Person!.Key, now.StartsAt));
    }

    [Fact]
    public async Task Get_Week_ShowsSevenDaysOfOnePersonAndNothingOfOthers()
    {
        var monday = portal.Monday(2);
        await portal.BookAsync(AgendaPortal.At(monday.PlusDays(2), 10), name: "Con Eva");
        await portal.BookAsync(AgendaPortal.At(monday.PlusDays(2), 10), person: "ian", name: "Con Ian");
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        var page = await agent.PageAsync($"/agente/agenda?vista=semana&dia={monday.PlusDays(4):yyyy-MM-dd}&lugar=centro&persona=eva");

        Assert.Equal(7, page.QuerySelectorAll(".agenda-grid thead a").Length);
        Assert.Single(page.QuerySelectorAll(".agenda-grid .agenda-item"), item => item.Words().Contains("Con Eva", StringComparison.Ordinal));
        Assert.DoesNotContain("Con Ian", page.QuerySelector(".agenda-grid").Words(), StringComparison.Ordinal);
        Assert.Contains($"dia={monday.PlusDays(11):yyyy-MM-dd}", page.QuerySelector("a[rel=next]")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Workshop_IsOneEntryWithEverybodyWhoComes()
    {
        var friday = portal.Monday(3).PlusDays(4);
        await portal.BookAsync(AgendaPortal.At(friday, 11), "taller", person: null, "Ana", seats: 2);
        await portal.BookAsync(AgendaPortal.At(friday, 11), "taller", person: null, "Beto");
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        var page = await agent.PageAsync($"/agente/agenda?vista=dia&dia={friday:yyyy-MM-dd}&lugar=centro");

        var item = Assert.Single(page.QuerySelectorAll(".agenda-grid .agenda-item"));
        Assert.Contains("3 de 3 lugares", item.Words(), StringComparison.Ordinal);
        Assert.Equal(["Ana (2)", "Beto"], item.QuerySelectorAll("li a").Select(a => a.Words()));
    }

    [Fact]
    public async Task Get_NothingBooked_SaysSoAndOffersToBook()
    {
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        var page = await agent.PageAsync($"/agente/agenda?vista=dia&dia={portal.Monday(9):yyyy-MM-dd}&lugar=frontera");

        Assert.StartsWith("/agente/agenda/agendar", page.QuerySelector(".empty a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("Tijuana", page.QuerySelector("main").Words(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?vista=nada&dia=ayer&lugar=marte&persona=nadie")]
    [InlineData("?vista=semana&dia=9999-12-31")]
    [InlineData("?vista=dia&dia=0001-01-01&lugar=centro&persona=leo")]
    [InlineData("?vista=semana&persona=leo")]
    public async Task Get_NonsenseInTheAddress_ShowsADayOrWeek(string query)
    {
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        var page = await agent.PageAsync("/agente/agenda" + query);

        Assert.NotNull(page.QuerySelector(".agenda-grid"));
    }

    [Fact]
    public async Task Get_Today_MarksNow()
    {
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        Assert.Single((await agent.PageAsync("/agente/agenda?vista=dia&lugar=centro")).QuerySelectorAll(".is-now"));
        Assert.Empty((await agent.PageAsync($"/agente/agenda?vista=dia&dia={portal.Monday(1):yyyy-MM-dd}&lugar=centro")).QuerySelectorAll(".is-now"));
    }

    [Theory]
    [InlineData("/agente/agenda")]
    [InlineData("/agente/agenda/bloquear")]
    [InlineData("/agente/agenda/bloqueos")]
    [InlineData("/agente/agenda/agendar")]
    public async Task Get_WhoIsNoAgent_FindsNothing(string address)
    {
        using var customer = await portal.Host.BrowserOfAsync(Steps.Customer);
        using var editor = await portal.Host.BrowserOfAsync(DeskPortal.Editor);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        Assert.Equal(HttpStatusCode.NotFound, (await customer.GetAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await agent.GetAsync(address)).StatusCode);
    }
}
