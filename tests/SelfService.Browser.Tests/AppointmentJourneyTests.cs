using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Browser.Tests;

/// <summary>What people do with an appointment that is booked.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class AppointmentJourneyTests(Chromium chromium)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_guest_follows_the_mail_moves_the_appointment_and_cancels_it(bool script)
    {
        var address = $"rosa-{Guid.NewGuid():N}@correo.example";
        var number = await BookAsync("visita-tecnica", "zona-tijuana", address);
        var mail = await chromium.Portal.Mailbox.NextAsync(address);
        await using var guest = await chromium.VisitAsync((script ? Screen.Phone : Screen.Desk) with { Script = script });
        var suffix = script ? "" : "-plain";

        await guest.OpenAsync(mail.LinkTo($"/casos/{number}"));
        await Assertions.Expect(guest.Page.Locator(".appointment")).ToContainTextAsync("Hora de Tijuana");
        await guest.LookAsync("appointment" + suffix);

        await guest.Page.Locator(".appointment a[href$='/mover']").ClickAsync();
        await guest.Page.Locator(".days a").Nth(1).ClickAsync();
        await guest.LookAsync("appointment-move" + suffix);
        await guest.Page.Locator(".slots .slot").Last.ClickAsync();
        await guest.Page.Locator("main form[method=post] button.button").First.ClickAsync();
        await Assertions.Expect(guest.Page.Locator("main .notice-success")).ToContainTextAsync("su cita cambió");

        await guest.Page.Locator(".appointment a[href$='/cita/cancelar']").ClickAsync();
        await guest.LookAsync("appointment-cancel" + suffix);
        await guest.Page.Locator("main form[method=post] button").ClickAsync();
        await Assertions.Expect(guest.Page.Locator(".promise")).ToContainTextAsync("Esta cita está cancelada.");
        await guest.LookAsync("appointment-cancelled" + suffix);
    }

    [Fact]
    public async Task An_agent_enters_the_link_moves_the_appointment_and_cancels_it()
    {
        var number = await BookAsync("videoasesoria", "video", $"rosa-{Guid.NewGuid():N}@correo.example");
        await using var agent = await chromium.VisitAsync();
        await agent.SignInAsync("mateo@brisal.example");

        await agent.OpenAsync($"/agente/casos/{number}");
        await agent.LookAsync("desk-appointment");
        await agent.Page.GetByRole(AriaRole.Link, new() { Name = "Enlace de la videollamada" }).ClickAsync();
        await agent.Page.Locator("#MeetingLink").FillAsync("https://video.example/abc");
        await agent.LookAsync("desk-appointment-link");
        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Guardar el enlace" }).ClickAsync();
        await Assertions.Expect(agent.Page.Locator("main .notice-success")).ToContainTextAsync("Puso el enlace");

        await agent.Page.GetByRole(AriaRole.Link, new() { Name = "Mover la cita" }).ClickAsync();
        await agent.LookAsync("desk-appointment-move");
        await agent.Page.Locator(".slots .slot").Last.ClickAsync();
        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Mover la cita" }).ClickAsync();
        await Assertions.Expect(agent.Page.Locator("main .notice-success")).ToContainTextAsync("Movió la cita");

        await agent.OpenAsync($"/agente/casos/{number}/cita/registro");
        await agent.LookAsync("desk-appointment-record");
        await agent.OpenAsync($"/agente/casos/{number}/cita/cancelar");
        await agent.Page.Locator("main form .button-danger").ClickAsync();
        await agent.LookAsync("desk-appointment-cancel");
        await agent.Page.Locator("#Reason").FillAsync("Se enfermó quien atiende");
        await agent.Page.Locator("main form .button-danger").ClickAsync();
        await Assertions.Expect(agent.Page.Locator(".desk-order-panel")).ToContainTextAsync("Se enfermó quien atiende");
    }

    [Fact]
    public async Task An_agent_looks_at_the_day_drags_an_appointment_blocks_and_books_for_who_calls()
    {
        var number = await BookAsync("videoasesoria", "video", $"rosa-{Guid.NewGuid():N}@correo.example");
        var booked = await AppointmentAsync(number);
        var day = booked.LocalStart.Date.ToString("uuuu-MM-dd", null);
        await using var agent = await chromium.VisitAsync();
        await agent.SignInAsync("mateo@brisal.example");

        await agent.OpenAsync($"/agente/agenda?vista=dia&lugar=video&dia={day}");
        await agent.LookAsync("agenda-day");
        var free = agent.Page.Locator($".agenda-open[data-person='{booked.Person!.Key}']").Nth(2);
        var wanted = await free.GetAttributeAsync("data-start");
        await agent.Page.Locator($".agenda-grid .agenda-item[data-move*='{number}']").DragToAsync(free);
        await Assertions.Expect(agent.Page.Locator("#mover")).ToContainTextAsync("Rosa Gómez");
        await agent.LookAsync("agenda-move");
        await agent.Page.Locator("#mover button.button:not([type=button])").ClickAsync();
        await Assertions.Expect(agent.Page.Locator("main .notice-success")).ToContainTextAsync("Movió la cita");
        Assert.Equal(wanted, (await AppointmentAsync(number)).StartsAt.ToString("yyyy-MM-dd'T'HH:mm'Z'", null));

        await agent.OpenAsync($"/agente/agenda?vista=semana&lugar=video&persona={booked.Person.Key}&dia={day}");
        await agent.LookAsync("agenda-week");
        await agent.OpenAsync("/agente/agenda/bloquear");
        await agent.LookAsync("agenda-block");
        await agent.OpenAsync("/agente/agenda/capacidad");
        await agent.LookAsync("agenda-capacity");
        await agent.OpenAsync($"/agente/agenda/agendar?servicio=videoasesoria&lugar=video&dia={day}");
        await agent.LookAsync("agenda-book");
        await agent.Page.Locator(".agenda-hours a.slot").First.ClickAsync();
        await agent.LookAsync("agenda-book-form");
    }

    private async Task<Appointment> AppointmentAsync(string number)
    {
        await using var scope = chromium.Portal.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Appointments.AsNoTracking().SingleAsync(a => a.Number == number);
    }

    // The first hour three days from now or later, as the booking pages would send it.
    private async Task<string> BookAsync(string slug, string place, string email)
    {
        await using var scope = chromium.Portal.Services.CreateAsyncScope();
        var agenda = scope.ServiceProvider.GetRequiredService<Agenda>();
        var request = new SlotRequest(agenda.Service(slug)!, agenda.Place(place)!, SystemClock.Instance.GetCurrentInstant());
        var slots = await scope.ServiceProvider.GetRequiredService<PortalDbContext>().FirstSlotsAsync(agenda, request, request.Today.PlusDays(3), 1, CancellationToken.None);
        var booked = await scope.ServiceProvider.GetRequiredService<BookAppointment>().RunAsync(
            new BookingRequest
            {
                SubmissionKey = Guid.NewGuid(),
                Service = slug,
                Place = place,
                Start = slots[0].Start.ToInstant(),
                Address = request.Service.Mode == ServiceMode.AtHome ? [new AddressLine("street", "Avenida Revolución"), new AddressLine("number", "1200"), new AddressLine("city", "Tijuana")] : [],
                Answers = [new TicketAnswer("modelo", "Modelo del equipo", "LAV-M18")],
                CustomerZone = "America/Mexico_City",
                Contact = new Core.People.Contact("Rosa Gómez", email, null, null),
            },
            CancellationToken.None);
        return booked.Ticket!.Number;
    }
}
