using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Appointments.Waiting;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Browser.Tests;

/// <summary>What people do to get an appointment.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class BookingJourneyTests(Chromium chromium)
{
    // Who is faster than this is a program.
    private static readonly TimeSpan PersonsTime = TimeSpan.FromSeconds(2.1);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_guest_books_four_visits_from_the_list_of_services(bool script)
    {
        var suffix = script ? "" : "-plain";
        await using var guest = await chromium.VisitAsync((script ? Screen.Phone : Screen.Desk) with { Script = script });

        await guest.OpenAsync("/citas");
        await guest.Page.GetByRole(AriaRole.Link, new() { Name = "Mantenimiento de todo el año" }).ClickAsync();
        await guest.Page.GetByRole(AriaRole.Link, new() { Name = "Tijuana" }).First.ClickAsync();
        await guest.Page.Locator("#veces").SelectOptionAsync("4");
        await guest.Page.Locator("#cada").SelectOptionAsync("2m");
        await guest.Page.Locator(".booking-options button").ClickAsync();
        await guest.LookAsync("booking-hours" + suffix);
        await guest.Page.Locator(".slots a.slot").First.ClickAsync();
        await Assertions.Expect(guest.Page.Locator(".booking-series li")).ToHaveCountAsync(3);
        await guest.LookAsync("booking-form" + suffix);

        // Nothing is filled in: every error is named, the hours stay.
        await guest.Page.Locator("#solicitud .form-end button").ClickAsync();
        await Assertions.Expect(guest.Page.Locator(".error-summary")).ToBeVisibleAsync();
        await Assertions.Expect(guest.Page.Locator(".booking-series li")).ToHaveCountAsync(3);
        await FillAsync(guest, $"eva-{Guid.NewGuid():N}@correo.example");
        await guest.Page.GetByLabel("Minisplit").CheckAsync();
        await Task.Delay(PersonsTime);
        await guest.Page.Locator("#solicitud .form-end button").ClickAsync();

        await Assertions.Expect(guest.Title).ToHaveTextAsync("Su cita está confirmada");
        await Assertions.Expect(guest.Page.Locator(".booking-series li")).ToHaveCountAsync(3);
        await guest.LookAsync("booking-received" + suffix);
    }

    [Fact]
    public async Task A_guest_waits_is_offered_the_hour_that_is_freed_and_takes_it()
    {
        var email = $"eva-{Guid.NewGuid():N}@correo.example";
        var taken = await FillDayAsync("taller-conozca-su-equipo");
        await using var guest = await chromium.VisitAsync(Screen.Phone);
        await guest.OpenAsync($"/citas/taller-conozca-su-equipo/espera?lugar={taken.Place}");
        await guest.Page.Locator("[name=waiting_first]").FillAsync(taken.Day.ToString("uuuu-MM-dd", null));
        await guest.Page.Locator("[name=waiting_last]").FillAsync(taken.Day.ToString("uuuu-MM-dd", null));
        await guest.Page.Locator("[name=contact-name]").FillAsync("Eva Ruiz");
        await guest.Page.Locator("[name=contact-email]").FillAsync(email);
        await guest.Page.GetByLabel("Nodo 6").CheckAsync();
        await guest.LookAsync("waiting-form");
        await Task.Delay(PersonsTime);
        await guest.Page.Locator("#solicitud .form-end button").ClickAsync();
        await Assertions.Expect(guest.Page.Locator(".promise")).ToContainTextAsync("Está en la lista de espera");
        await guest.LookAsync("waiting-case");
        await chromium.Portal.Mailbox.NextAsync(email);

        await using (var scope = chromium.Portal.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<ChangeAppointment>().CancelAsync(new AppointmentStep(taken.TicketId, Actor.Customer(null)), "", default);
            await scope.ServiceProvider.GetRequiredService<OfferFreeTime>().RunAsync(default);
        }

        var offer = await chromium.Portal.Mailbox.NextAsync(email);
        await guest.OpenAsync(offer.LinkTo("/casos/"));
        await guest.LookAsync("waiting-offer");
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Tomar esta hora" }).ClickAsync();
        await Assertions.Expect(guest.Title).ToHaveTextAsync("Su cita está confirmada");
    }

    private static async Task FillAsync(Visitor guest, string email)
    {
        foreach (var (name, value) in new[]
        {
            ("address.street", "Avenida Revolución"), ("address.number", "1200"), ("address.neighbourhood", "Zona Centro"), ("address.postcode", "22000"),
            ("address.city", "Tijuana"), ("address.state", "Baja California"), ("contact-name", "Eva Ruiz"), ("contact-email", email),
        })
        {
            await guest.Page.Locator($"[name='{name}']").FillAsync(value);
        }
    }

    // Takes every seat of the first day on which the workshop is given; the last of those who came can free theirs.
    private async Task<(string Place, LocalDate Day, Guid TicketId)> FillDayAsync(string slug)
    {
        await using var scope = chromium.Portal.Services.CreateAsyncScope();
        var agenda = scope.ServiceProvider.GetRequiredService<Agenda>();
        var service = agenda.Service(slug)!;
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        SlotRequest Asked() => new(service, agenda.Place(service.Places[0])!, SystemClock.Instance.GetCurrentInstant());
        var day = (await db.FirstSlotsAsync(agenda, Asked(), Asked().Today.PlusDays(3), 1, default))[0].Start.Date;
        var last = Guid.Empty;
        for (var free = await db.SlotsAsync(agenda, Asked(), day, day, default); free.Count > 0; free = await db.SlotsAsync(agenda, Asked(), day, day, default))
        {
            var booked = await scope.ServiceProvider.GetRequiredService<BookAppointment>().RunAsync(
                new BookingRequest
                {
                    SubmissionKey = Guid.NewGuid(),
                    Service = slug,
                    Place = service.Places[0],
                    Start = free[0].Start.ToInstant(),
                    Contact = new Core.People.Contact("Rosa Gómez", $"rosa-{Guid.NewGuid():N}@correo.example", null, null),
                },
                default);
            last = booked.Ticket!.Id;
        }

        return (service.Places[0], day, last);
    }
}
