using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace SelfService.Web.Tests.Pages.Agent.Planning;

[Collection(AgendaPortalCollection.Name)]
public sealed class CapacityTests(BookingPortal portal)
{
    [Fact]
    public async Task Get_ADayByPerson_AddsOpenTakenAndFreeHours()
    {
        var day = portal.Monday(7).PlusDays(3);
        await portal.BookAsync(AgendaPortal.At(day, 9), "visita", person: "luz");
        await portal.BookAsync(AgendaPortal.At(day, 12), "visita", person: "luz");
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        var page = await agent.PageAsync($"/agente/agenda/capacidad?desde={day:yyyy-MM-dd}&hasta={day:yyyy-MM-dd}&por=persona");

        var luz = page.QuerySelectorAll(".agenda-capacity tbody tr").Single(r => r.QuerySelector("th").Words() == "Luz Marín");
        Assert.Equal(["9.0", "6.0", "0.0", "33 %", "2", "0", "0", "0"], luz.QuerySelectorAll("td").Select(c => c.Words().Replace("33%", "33 %", StringComparison.Ordinal)));
        Assert.Equal("37.0", page.QuerySelector(".agenda-capacity tfoot td").Words());
        Assert.Contains("De 37.0 horas abiertas, 6.0", page.QuerySelector("main").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_File_HasTheSameRowsAsPlainNumbers()
    {
        var day = portal.Monday(7).PlusDays(2);
        await portal.BookAsync(AgendaPortal.At(day, 9), "visita", person: "luz");
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var page = await agent.PageAsync($"/agente/agenda/capacidad?desde={day:yyyy-MM-dd}&hasta={day:yyyy-MM-dd}&por=servicio");
        var fields = page.QuerySelectorAll<IHtmlInputElement>("main form[method=post] input[type=hidden]").Select(i => (i.Name!, i.Value));

        using var answer = await agent.SendFormAsync("/agente/agenda/capacidad", fields);

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        var lines = (await answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF').Split("\r\n");
        Assert.StartsWith("from,to,by,key,name,open_hours", lines[0], StringComparison.Ordinal);
        Assert.Contains($"{day:yyyy-MM-dd},{day:yyyy-MM-dd},servicio,visita,Visita técnica,0,0,0,0,,3,1,0,0,0", lines);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?desde=ayer&hasta=9999-12-31&por=nada")]
    [InlineData("?desde=2026-12-31&hasta=2026-01-01&por=lugar")]
    [InlineData("?desde=2026-01-01&hasta=2027-12-31&por=persona")]
    public async Task Get_NonsenseInTheAddress_ShowsAPeriod(string query)
    {
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        Assert.NotNull((await agent.PageAsync("/agente/agenda/capacidad" + query)).QuerySelector(".agenda-capacity"));
    }

    [Theory]
    [InlineData("/agente/agenda/capacidad")]
    [InlineData("/agente/agenda/calendarios")]
    public async Task Get_WhoIsNoAgent_FindsNothing(string address)
    {
        using var customer = await portal.Host.BrowserOfAsync(Steps.Customer);

        Assert.Equal(HttpStatusCode.NotFound, (await customer.GetAsync(address)).StatusCode);
    }
}
