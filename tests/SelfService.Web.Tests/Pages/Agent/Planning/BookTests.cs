using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Pages.Agent.Planning;

[Collection(AgendaPortalCollection.Name)]
public sealed class BookTests(BookingPortal portal)
{
    [Fact]
    public async Task Get_Steps_LeadFromTheServiceToAnHourWithoutNotice()
    {
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        var services = await agent.PageAsync("/agente/agenda/agendar");
        var places = await agent.PageAsync(services.QuerySelectorAll(".agenda-steps a").First(a => a.Words().StartsWith("Visita", StringComparison.Ordinal)).GetAttribute("href")!);
        Assert.Equal(2, places.QuerySelectorAll(".agenda-steps a").Length);
        var hours = await agent.PageAsync(places.QuerySelector(".agenda-steps a")!.GetAttribute("href")!);
        var form = await agent.PageAsync(hours.QuerySelector(".booking-next a")!.GetAttribute("href")!);

        Assert.NotNull(form.QuerySelector("form[method=post] input[name=contact-phone]"));
        Assert.NotNull(form.QuerySelector("form[method=post] [name='address.street']"));
        // Nine weeks ahead lie beyond what a customer may book.
        Assert.NotEmpty((await agent.PageAsync($"/agente/agenda/agendar?servicio=visita&lugar=centro&dia={portal.Monday(10):yyyy-MM-dd}")).QuerySelectorAll(".slots a.slot"));
    }

    [Fact]
    public async Task Post_Caller_BooksByPhoneOnceInTheAgentsName()
    {
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var page = await agent.PageAsync($"/agente/agenda/agendar?servicio=video&lugar=centro&persona=ian&hora={portal.Monday(2).PlusDays(1):yyyy-MM-dd}T16:00Z");
        var fields = AgendaPortal.CallFields(page, ("contact-name", "Óscar"), ("contact-phone", "55 1234 5678"), ("contact-email", ""), ("idioma", "en"));

        using var first = await agent.SendFormAsync("/agente/agenda/agendar", fields);
        using var again = await agent.SendFormAsync("/agente/agenda/agendar", fields);

        var number = first.RequestMessage!.RequestUri!.AbsolutePath.Split('/')[^1];
        Assert.Equal(first.RequestMessage.RequestUri, again.RequestMessage!.RequestUri);
        var booked = await portal.AppointmentAsync(number);
        Assert.Equal((Channel.Phone, "Óscar", "ian", "video"), (booked.Ticket.Channel, booked.Ticket.ContactName, booked.Person!.Key, booked.Service));
        Assert.Equal(ActorKind.Staff, (await portal.InAsync(db => db.TicketEvents.AsNoTracking().Where(e => e.TicketId == booked.TicketId).OrderBy(e => e.At).FirstAsync())).Actor);
    }

    [Fact]
    public async Task Post_HourThatWasTaken_OffersTheNearestAndKeepsWhatWasTyped()
    {
        var start = AgendaPortal.At(portal.Monday(2).PlusDays(3), 10);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var page = await agent.PageAsync($"/agente/agenda/agendar?servicio=video&lugar=centro&persona=eva&hora={start.ToDateTimeUtc():yyyy-MM-ddTHH:mm}Z");
        await portal.BookAsync(start);

        using var answer = await agent.SendFormAsync("/agente/agenda/agendar", AgendaPortal.CallFields(page, ("contact-name", "Rita"), ("contact-phone", "55 1234 5679"), ("contact-email", "")));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var told = await answer.PageAsync();
        Assert.Equal("Rita", told.QuerySelector<IHtmlInputElement>("[name=contact-name]")!.Value);
        var hours = told.QuerySelectorAll<IHtmlInputElement>("input[type=radio][name=hora]").ToList();
        Assert.Equal(6, hours.Count);
        using var second = await agent.SendFormAsync("/agente/agenda/agendar", AgendaPortal.CallFields(told, ("contact-name", "Rita"), ("contact-phone", "55 1234 5679"), ("contact-email", ""), ("hora", hours[0].Value)));
        Assert.StartsWith("/agente/casos/C-", second.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("contact-name", "")]
    [InlineData("contact-phone", "12")]
    [InlineData("contact-email", "nada@")]
    public async Task Post_Incomplete_SaysWhatToMend(string field, string value)
    {
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var page = await agent.PageAsync($"/agente/agenda/agendar?servicio=video&lugar=centro&hora={portal.Monday(3):yyyy-MM-dd}T16:00Z");
        var whole = new Dictionary<string, string> { ["contact-name"] = "Óscar", ["contact-phone"] = "55 1234 5678", ["contact-email"] = "", [field] = value };

        using var answer = await agent.SendFormAsync("/agente/agenda/agendar", AgendaPortal.CallFields(page, [.. whole.Select(f => (f.Key, f.Value))]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotNull((await answer.PageAsync()).QuerySelector($".error-summary a[href='#campo-{field}']"));
    }

    [Theory]
    [InlineData("?servicio=nada&lugar=marte")]
    [InlineData("?servicio=visita&lugar=marte&dia=0001-01-01")]
    [InlineData("?servicio=visita&lugar=centro&dia=9999-12-31&hora=ayer&personas=99999999999")]
    public async Task Get_NonsenseInTheAddress_ShowsTheStepThatIsMissing(string query)
    {
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        Assert.NotNull((await agent.PageAsync("/agente/agenda/agendar" + query)).QuerySelector("h1"));
    }

    [Fact]
    public async Task Get_PastHour_IsNotFree()
    {
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        var page = await agent.PageAsync("/agente/agenda/agendar?servicio=video&lugar=centro&hora=2026-01-05T16:00Z", status: 409);

        Assert.NotNull(page.QuerySelector(".notice-warning"));
    }
}
