using System.Net;
using Microsoft.EntityFrameworkCore;

namespace SelfService.Web.Tests.Pages.Agent.Planning;

[Collection(AgendaPortalCollection.Name)]
public sealed class CalendarTests(BookingPortal portal)
{
    [Fact]
    public async Task Get_SecretAddress_GivesWhatThePersonGivesAndNothingToReachTheCustomer()
    {
        var booked = await portal.BookAsync(AgendaPortal.At(portal.Monday(1).PlusDays(1), 12), person: "ian", name: "Inés Ruiz");
        await portal.BookAsync(AgendaPortal.At(portal.Monday(1).PlusDays(1), 12), name: "Con Eva");
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var address = await MadeAsync(agent, "ian");

        using var answer = await portal.Host.Browser().GetAsync(address);

        Assert.Equal((HttpStatusCode.OK, "text/calendar", true), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, answer.Headers.CacheControl!.NoStore));
        var text = (await answer.Content.ReadAsStringAsync()).Replace("\r\n ", "", StringComparison.Ordinal);
        Assert.Contains("METHOD:PUBLISH", text, StringComparison.Ordinal);
        Assert.Contains("REFRESH-INTERVAL;VALUE=DURATION:PT15M", text, StringComparison.Ordinal);
        Assert.Contains("SUMMARY:Videoasesoría · Inés Ruiz", text, StringComparison.Ordinal);
        Assert.Contains($"/agente/casos/{booked.Number}", text, StringComparison.Ordinal);
        Assert.Contains("DTSTART;TZID=America/Mexico_City:" + booked.LocalStart.ToString("uuuuMMdd'T'HHmmss", null), text, StringComparison.Ordinal);
        Assert.DoesNotContain("Con Eva", text, StringComparison.Ordinal);
        Assert.DoesNotContain(booked.Ticket.ContactEmail!, text, StringComparison.Ordinal);
        Assert.DoesNotContain("ATTENDEE", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_AnotherAddress_EndsTheEarlierOneAndRevokedItOpensNothing()
    {
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var first = await MadeAsync(agent, "leo");
        var second = await MadeAsync(agent, "leo");

        Assert.Equal(HttpStatusCode.NotFound, (await portal.Host.Browser().GetAsync(first)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await portal.Host.Browser().GetAsync(second)).StatusCode);
        using var revoked = await agent.SendFormAsync("/agente/agenda/calendarios?handler=Revoke", await FieldsAsync(agent, "leo"));
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await portal.Host.Browser().GetAsync(second)).StatusCode);
        // Only its hash is kept, and the page does not show it again.
        Assert.Null((await agent.PageAsync("/agente/agenda/calendarios")).QuerySelector(".agenda-key"));
        Assert.All(await portal.InAsync(db => db.CalendarKeys.AsNoTracking().ToListAsync()), key => Assert.Equal(32, key.Hash.Length));
    }

    [Theory]
    [InlineData("/agenda/x.ics")]
    [InlineData("/agenda/.ics")]
    [InlineData("/agenda/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ics")]
    [InlineData("/agenda/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("/agenda/%0d%0a.ics")]
    public async Task Get_AnyOtherAddress_IsNotFound(string address) =>
        Assert.Equal(HttpStatusCode.NotFound, (await portal.Host.Browser().GetAsync(address)).StatusCode);

    [Fact]
    public async Task Post_SomebodyWhoIsNotThereOrARoom_MakesNone()
    {
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        using var answer = await agent.SendFormAsync("/agente/agenda/calendarios", await FieldsAsync(agent, "nadie"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task<string> MadeAsync(HttpClient agent, string person)
    {
        using var answer = await agent.SendFormAsync("/agente/agenda/calendarios", await FieldsAsync(agent, person));
        var shown = (await answer.PageAsync()).QuerySelector(".agenda-key").Words();
        return new Uri(shown).AbsolutePath;
    }

    private static async Task<IReadOnlyList<(string, string)>> FieldsAsync(HttpClient agent, string person) =>
        [("__RequestVerificationToken", (await agent.PageAsync("/agente/agenda/calendarios")).QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!), ("Person", person)];
}
