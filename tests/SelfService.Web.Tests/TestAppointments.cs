using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Orders;
using SelfService.Core.Tests;
using SelfService.Core.Tickets;
using SelfService.Web.Pages.Cases;

namespace SelfService.Web.Tests;

/// <summary>A portal with appointments that are booked already, and a clock that can be put forward.</summary>
public sealed class BookedPortal : IAsyncLifetime
{
    private readonly TestFolder content = new();

    public PortalHost Host { get; private set; } = null!;

    public AdvancingClock Clock { get; } = new();

    public async Task InitializeAsync()
    {
        RequestPortal.Fill(content);
        content.Write("services/_agenda.yaml", Agenda).Write("services/visita.yaml", Visit).Write("services/asesoria.yaml", Advice).Write("services/video.yaml", Video).Write("services/taller.yaml", Workshop);
        Host = await RequestPortal.StartAsync(content, Clock);
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        content.Dispose();
    }

    // Never closed, so that hours on both sides of a change of the clock can be booked.
    private const string Always = "{ monday: \"00:00-23:55\", tuesday: \"00:00-23:55\", wednesday: \"00:00-23:55\", thursday: \"00:00-23:55\", friday: \"00:00-23:55\", saturday: \"00:00-23:55\", sunday: \"00:00-23:55\" }";

    private const string Agenda = $$"""
        places:
          - { key: centro, name: Sucursal Centro, address: "Calle 1, Centro", time_zone: America/Mexico_City, hours: {{Always}} }
          - { key: frontera, name: Sucursal Frontera, address: "Calle 2, Tijuana", time_zone: America/Tijuana, hours: {{Always}} }
          - { key: sur, name: Sucursal Sur, address: "Calle 3, Santiago", time_zone: America/Santiago, hours: {{Always}} }
        people:
          - { key: luz, name: Luz Marín, skills: [tecnico], places: [centro, frontera, sur] }
          - { key: leo, name: Leo Paz, skills: [tecnico], places: [centro, frontera, sur] }
          - { key: eva, name: Eva Sol, skills: [asesor], places: [centro, frontera, sur] }
          - { key: ian, name: Ian Mar, skills: [asesor], places: [centro] }
          - { key: ada, name: Ada Rey, skills: [instructor], places: [centro] }
        """;

    private const string Visit = """
        title: Visita <técnica>
        mode: home
        price: Desde $450
        duration: 3h
        every: 30m
        places: [centro, frontera, sur]
        needs: { tecnico: 1 }
        horizon: 366d
        change_until: 24h
        change_rule: Hasta 24 horas antes es gratis.
        reminders: [24h]
        follow_up: 2h
        bring: [Su factura, Una identificación]
        """;

    private const string Advice = """
        title: Asesoría
        duration: 1h
        every: 30m
        places: [centro, frontera, sur]
        needs: { asesor: 1 }
        horizon: 366d
        reminders: [2h]
        """;

    private const string Video = """
        title: Videoasesoría
        mode: video
        duration: 30m
        places: [centro, frontera, sur]
        needs: { asesor: 1 }
        choose_person: true
        horizon: 366d
        reminders: [2h]
        """;

    private const string Workshop = """
        title: Taller
        duration: 1h
        hours: { friday: "11:00-12:00" }
        places: [centro]
        needs: { instructor: 1 }
        seats: 3
        seats_each: 2
        horizon: 366d
        """;
}

/// <summary>Appointments for tests, booked and changed as the portal does it.</summary>
public static class TestAppointments
{
    public const string Street = "Calle de la Prueba";

    private static int lastDay;

    /// <summary>The local hour of a day, at least three days from now, that hardly another test has.</summary>
    public static Instant NextDay(this PortalHost host, string zone, int hour = 10)
    {
        var local = DateTimeZoneProviders.Tzdb[zone];
        return local.AtLeniently(host.Now().InZone(local).Date.PlusDays(3 + (Interlocked.Increment(ref lastDay) % 20)) + new LocalTime(hour, 0)).ToInstant();
    }

    public static Instant Now(this PortalHost host) => Instant.FromDateTimeOffset(host.Services.GetRequiredService<TimeProvider>().GetUtcNow());

    /// <summary>Books it and gives it with its ticket and history.</summary>
    /// <param name="start">On a day of its own unless said otherwise.</param>
    public static async Task<Appointment> BookAsync(
        this PortalHost host, string service = "asesoria", string place = "centro", Instant? start = null, string? email = null, Guid? personId = null,
        string customerZone = "America/Mexico_City", string language = "es", string? person = null, int seats = 1)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var zone = scope.ServiceProvider.GetRequiredService<Agenda>().Place(place)!.Zone.Id;
        var booked = await scope.ServiceProvider.GetRequiredService<BookAppointment>().RunAsync(
            new BookingRequest
            {
                SubmissionKey = Guid.NewGuid(),
                Service = service,
                Place = place,
                Start = start ?? host.NextDay(zone),
                Person = person,
                Seats = seats,
                Address = service == "visita" ? [new AddressLine("street", Street), new AddressLine("number", "5"), new AddressLine("city", "Puebla")] : [],
                Answers = [new TicketAnswer("aparato", "¿Qué aparato?", "Lavadora que escribí")],
                CustomerZone = customerZone,
                Contact = new Core.People.Contact("Ana Pérez", email ?? TestOrders.NewEmail(), null, null),
                PersonId = personId,
                Language = language,
                Actor = Actor.Customer(personId),
            },
            CancellationToken.None);
        Assert.Null(booked.Obstacle);
        return await host.AppointmentAsync(booked.Ticket!.Number);
    }

    /// <summary>Books the first hour that is free two days from now or later, at the first place.</summary>
    public static async Task<Appointment> BookFirstAsync(this PortalHost host, string slug, string? email = null, Guid? personId = null)
    {
        var agenda = host.Services.GetRequiredService<Agenda>();
        var service = agenda.Service(slug)!;
        var place = agenda.PlacesOf(service)[0];
        var request = new SlotRequest(service, place, host.Now());
        var slots = await host.StoreAsync(db => db.FirstSlotsAsync(agenda, request, request.Today.PlusDays(2), 1, CancellationToken.None));
        return await host.BookAsync(slug, place.Key, slots[0].Start.ToInstant(), email, personId);
    }

    /// <summary>As it stands, with its ticket and history.</summary>
    public static Task<Appointment> AppointmentAsync(this PortalHost host, string number) =>
        host.StoreAsync(db => db.Appointments.AsNoTracking().Include(a => a.Ticket).ThenInclude(t => t.Events).SingleAsync(a => a.Number == number));

    /// <summary>Changes it as the desk does.</summary>
    public static async Task<Appointment> ChangeAsync(this PortalHost host, Appointment appointment, Func<ChangeAppointment, AppointmentStep, Task<StepOutcome>> change, Actor? actor = null)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var step = new AppointmentStep(appointment.TicketId, actor ?? Actor.Staff(Guid.NewGuid()));
        Assert.Equal(StepResult.Done, (await change(scope.ServiceProvider.GetRequiredService<ChangeAppointment>(), step)).Result);
        return await host.AppointmentAsync(appointment.Number);
    }

    /// <summary>Moves it as the desk does.</summary>
    public static Task<Appointment> MoveAsync(this PortalHost host, Appointment appointment, Instant start, string? place = null, Actor? actor = null) =>
        host.ChangeAsync(appointment, async (change, step) => (await change.MoveAsync(step, new MoveRequest(place ?? appointment.Place, start), CancellationToken.None)).Step, actor);

    /// <summary>Address of its page.</summary>
    public static string Address(this Appointment appointment, string page = "") => CaseAddress.Of(appointment.Number) + page;

    /// <summary>A browser that opened it with the key of its mail.</summary>
    public static async Task<HttpClient> OpenAsync(this PortalHost host, Appointment appointment, string language = "es")
    {
        var (key, secret) = TicketKey.Issue(appointment.TicketId, host.Now().ToDateTimeUtc());
        await host.StoreAsync(db =>
        {
            db.TicketKeys.Add(key);
            return Task.FromResult(0);
        });
        var browser = host.Browser(language: language);
        using var opened = await browser.GetAsync($"{appointment.Address()}?clave={secret}");
        opened.EnsureSuccessStatusCode();
        return browser;
    }
}

[CollectionDefinition(Name)]
public sealed class BookedPortalCollection : ICollectionFixture<BookedPortal>
{
    public const string Name = "booked portal";
}
