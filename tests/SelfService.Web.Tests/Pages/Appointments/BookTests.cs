using Microsoft.EntityFrameworkCore;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Pages.Appointments;

[Collection(BookingPortalCollection.Name)]
public sealed class BookTests(BookingPortal portal)
{
    [Fact]
    public async Task Get_List_ShowsWhatCanBeBookedAndLeavesOutWhatIsBroken()
    {
        var page = await portal.Host.Browser().PageAsync("/citas");

        Assert.Equal(["Visita técnica", "Videoasesoría", "Taller", "Recorrido guiado"], page.QuerySelectorAll(".request-card h2").Select(h => h.Words()));
        Assert.Contains("Desde $450", page.QuerySelector("main").Words(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/citas/nada")]
    [InlineData("/citas/rota")]
    [InlineData("/citas/nada/reservar")]
    [InlineData("/citas/reservada/C-0000-0000")]
    public async Task Get_WhatIsNotOffered_IsNotFound(string address) => Assert.Equal(404, (int)(await portal.Host.Browser().GetAsync(address)).StatusCode);

    [Fact]
    public async Task Get_SeveralPlaces_ShowsEachWithItsFirstFreeHour()
    {
        var page = await portal.Host.Browser().PageAsync("/citas/visita");

        Assert.Equal(2, page.QuerySelectorAll(".booking-place").Length);
        Assert.All(page.QuerySelectorAll(".booking-first"), first => Assert.StartsWith("Primera hora libre:", first.Words(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Get_AnotherClock_ShowsBothHours()
    {
        var page = await portal.Host.Browser().PageAsync("/citas/visita?lugar=frontera&zona=America/Mexico_City");

        // Two hours later on the customer's clock.
        var slot = page.QuerySelector(".slots .slot");
        Assert.Contains("11:00 a 14:00", slot.Words(), StringComparison.Ordinal);
        Assert.Contains("9:00 a 12:00 en Tijuana", slot.Words(), StringComparison.Ordinal);
        Assert.Contains("zona=America%2FMexico_City", slot!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zona=Marte/Olimpo&mes=2026-13&dia=ayer&persona=nadie&personas=-1")]
    [InlineData("mes=9999-12&dia=0001-01-01&personas=99999999999999999999")]
    [InlineData("mes=0001-01")]
    public async Task Get_NonsenseInTheAddress_ShowsWhatThereIs(string query) =>
        Assert.NotEmpty(await BookingPortal.HoursAsync(portal.Host.Browser(), $"/citas/visita?lugar=centro&{query}"));

    [Theory]
    [InlineData("9999-12-31T12:00Z")]
    [InlineData("-9998-01-01T00:00Z")]
    [InlineData("0000-01-01T00:00Z")]
    [InlineData("mañana")]
    public async Task Get_HourAtTheEndsOfTime_LeadsBackToTheHours(string hour)
    {
        using var answer = await portal.Host.Browser().GetAsync($"/citas/visita/reservar?lugar=centro&hora={Uri.EscapeDataString(hour)}");

        Assert.Equal(("/citas/visita", 200), (answer.RequestMessage!.RequestUri!.AbsolutePath, (int)answer.StatusCode));
    }

    [Fact]
    public async Task Post_Guest_BooksAndSeesWhenWhereAndWhatToBring()
    {
        var browser = portal.Host.Browser();
        var email = RequestPortal.NewEmail();

        var number = await BookingPortal.BookedAsync(BookingPortal.Filled(await portal.FreeAsync(browser), email).With(("mensaje", "Gotea.")), browser);

        Assert.Equal("Gotea.", await portal.InAsync(db => db.Messages.Where(m => db.Tickets.Any(t => t.Id == m.TicketId && t.Number == number)).Select(m => m.Body).SingleAsync()));
        var page = await browser.PageAsync($"/citas/reservada/{number}");
        var booked = await portal.AppointmentAsync(number);
        Assert.Equal(booked.StartsAt, DateTimeOffset.Parse(page.QuerySelector(".booking-card time")!.GetAttribute("datetime")!, null).UtcDateTime);
        Assert.Contains("Su factura", page.QuerySelector("main").Words(), StringComparison.Ordinal);
        Assert.Contains(email, page.QuerySelector("main").Words(), StringComparison.Ordinal);
        Assert.Equal((TicketKind.Appointment, email, "Lavadora"), (booked.Ticket.Kind, booked.Ticket.ContactEmail, booked.Ticket.Answers.Single().Value));
        Assert.Contains(booked.Address, line => line is { Name: "street", Text: "Juárez" });
        Assert.Equal(404, (int)(await portal.Host.Browser().GetAsync($"/citas/reservada/{number}")).StatusCode);
    }

    [Fact]
    public async Task Post_SameHourByTwo_TheSecondKeepsWhatSheTypedAndIsOfferedTheNearest()
    {
        var (first, second) = (portal.Host.Browser(), portal.Host.Browser());
        var form = await portal.FreeAsync(first, "visita", "frontera");
        var other = BookingPortal.Filled(await portal.FreeAsync(second, "visita", "frontera"), "eva@ensayo.example").With(("aparato", "Horno <b>negro</b> 😀"));
        await BookingPortal.BookedAsync(BookingPortal.Filled(form, RequestPortal.NewEmail()), first);

        var refused = await other.RefusedAsync(second, 409);

        Assert.Contains("Esa hora ya no está libre.", refused.QuerySelector("[role=alert]").Words(), StringComparison.Ordinal);
        var again = SentForm.Of(refused);
        Assert.Equal(("Horno <b>negro</b> 😀", "eva@ensayo.example", "Juárez"), (again.Value("aparato"), again.Value("contact-email"), again.Value("address.street")));
        Assert.NotEqual(form.Value("hora"), again.Value("hora"));
        Assert.Equal(6, refused.QuerySelectorAll("input[name=hora]").Length);
        await BookingPortal.BookedAsync(again, second);
    }

    [Fact]
    public async Task Post_TwentyAtOnceWithOneForm_BookOnce()
    {
        var browser = portal.Host.Browser();
        var email = RequestPortal.NewEmail();
        var form = BookingPortal.Filled(await portal.FreeAsync(browser, "video"), email);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => form.SendAsync(browser)));

        Assert.All(answers, answer => Assert.True((int)answer.StatusCode is 200 or 429, $"{answer.StatusCode}"));
        Assert.Equal(1, await portal.InAsync(db => db.Appointments.CountAsync(a => a.Ticket.ContactEmail == email)));
        Assert.Single(answers.Where(a => (int)a.StatusCode == 200).Select(a => a.RequestMessage!.RequestUri!.AbsolutePath).Distinct());
    }

    [Fact]
    public async Task Post_NothingTyped_SaysWhatIsMissingAndKeepsTheHour()
    {
        var browser = portal.Host.Browser();
        var form = await portal.FreeAsync(browser);

        var refused = await form.RefusedAsync(browser);

        Assert.NotEmpty(refused.QuerySelectorAll(".error-summary a"));
        Assert.Equal(form.Value("hora"), SentForm.Of(refused).Value("hora"));
    }

    [Theory]
    [InlineData("2026-11-26T15:07Z")]
    [InlineData("2020-01-01T15:00Z")]
    [InlineData("2030-01-01T15:00Z")]
    public async Task Post_HourThatIsNotOffered_IsRefusedWithHoursThatAre(string hour)
    {
        var browser = portal.Host.Browser();
        var form = BookingPortal.Filled(await portal.FreeAsync(browser), RequestPortal.NewEmail()).With(("hora", hour));

        var refused = await form.RefusedAsync(browser, 409);

        Assert.NotEmpty(refused.QuerySelectorAll("input[name=hora]"));
    }

    [Fact]
    public async Task Post_WorkshopForTwo_TakesTwoSeats()
    {
        var browser = portal.Host.Browser();
        var form = await portal.FormAsync(browser, (await BookingPortal.HoursAsync(browser, "/citas/taller?personas=2"))[0]);

        var number = await BookingPortal.BookedAsync(BookingPortal.Filled(form, RequestPortal.NewEmail()), browser);

        Assert.Equal(2, (await portal.AppointmentAsync(number)).Seats);
        var page = await browser.PageAsync("/citas/taller");
        Assert.Contains("1 lugar", page.QuerySelector(".slots").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_PersonWanted_ComesAndNobodyElse()
    {
        var browser = portal.Host.Browser();
        var form = await portal.FormAsync(browser, (await BookingPortal.HoursAsync(browser, "/citas/video?persona=ian"))[^1]);

        var number = await BookingPortal.BookedAsync(BookingPortal.Filled(form, RequestPortal.NewEmail()), browser);

        Assert.Equal("ian", (await portal.AppointmentAsync(number)).Person!.Key);
    }

    [Fact]
    public async Task Post_SignedIn_IsHers()
    {
        var browser = await portal.Host.BrowserOfAsync(Steps.Customer);

        var number = await BookingPortal.BookedAsync(BookingPortal.Filled(await portal.FreeAsync(browser, "video", hour: 1), ""), browser);

        Assert.Equal(Steps.Customer, (await portal.AppointmentAsync(number)).Ticket.ContactEmail);
    }

    [Fact]
    public async Task Get_InEnglish_SaysTheSame()
    {
        var page = await portal.Host.Browser(language: "en").PageAsync("/citas/visita?lugar=centro");

        Assert.Contains("Choose the day and the hour", page.QuerySelector("main").Words(), StringComparison.Ordinal);
    }
}
