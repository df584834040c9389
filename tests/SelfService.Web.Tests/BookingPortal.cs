using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Appointments;
using SelfService.Core.Persistence;
using SelfService.Core.Tests;

namespace SelfService.Web.Tests;

/// <summary>A portal that takes appointments, with an agenda made for tests and a clock that can be put forward.</summary>
public sealed class BookingPortal : IAsyncLifetime
{
    private readonly TestFolder content = new();

    public PortalHost Host { get; private set; } = null!;

    public AdvancingClock Clock { get; } = new();

    public async Task InitializeAsync()
    {
        Fill(content);
        Host = await RequestPortal.StartAsync(content, Clock);
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        content.Dispose();
    }

    /// <summary>Writes the company, its desk and what can be booked.</summary>
    public static void Fill(TestFolder folder)
    {
        RequestPortal.Fill(folder);
        folder.Write("services/_agenda.yaml", Agenda).Write("services/visita.yaml", Visit).Write("services/video.yaml", Video).Write("services/taller.yaml", Workshop).Write("services/sala.yaml", Room).Write("services/rota.yaml", "title: Rota\n");
    }

    public async Task<T> InAsync<T>(Func<PortalDbContext, Task<T>> ask)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<PortalDbContext>());
    }

    public Task<Appointment> AppointmentAsync(string number) => InAsync(db => db.Appointments.AsNoTracking().Include(a => a.Ticket).ThenInclude(t => t.Customer).SingleAsync(a => a.Number == number));

    /// <summary>The hours of a page, as addresses of their forms.</summary>
    public static async Task<IReadOnlyList<string>> HoursAsync(HttpClient browser, string address) =>
        [.. (await browser.PageAsync(address)).QuerySelectorAll(".slots a.slot").Select(a => a.GetAttribute("href")!)];

    /// <summary>Opens the form of an hour and lets a person's time pass.</summary>
    public async Task<SentForm> FormAsync(HttpClient browser, string address)
    {
        var page = await browser.PageAsync(address);
        Clock.Advance(TimeSpan.FromSeconds(30));
        return SentForm.Of(page);
    }

    /// <summary>The form of a free hour on a day that far ahead, which no other test of the portal uses.</summary>
    public async Task<SentForm> FreeAsync(HttpClient browser, string service = "visita", string place = "centro", int hour = 0) =>
        await FormAsync(browser, (await HoursAsync(browser, $"/citas/{service}?lugar={place}"))[hour]);

    /// <summary>What a guest fills in.</summary>
    public static SentForm Filled(SentForm sent, string email) => sent.With(
        ("contact-name", "Ana Pérez"), ("contact-email", email), ("address.street", "Juárez"), ("address.number", "12"), ("address.neighbourhood", "Centro"), ("address.postcode", "72000"),
        ("address.city", "Puebla"), ("address.state", "Puebla"), ("aparato", "Lavadora"));

    /// <summary>Sends it and reads the number of the appointment from the confirmation.</summary>
    public static async Task<string> BookedAsync(SentForm sent, HttpClient browser)
    {
        using var answer = await sent.SendAsync(browser);
        var match = Regex.Match(answer.RequestMessage!.RequestUri!.AbsolutePath, "^/citas/reservada/(C-.{9})$");
        Assert.True(match.Success, $"{(int)answer.StatusCode} " + (await answer.PageAsync()).QuerySelector(".error-summary, .request-notice, .notice").Words());
        Assert.Equal(200, (int)answer.StatusCode);
        return match.Groups[1].Value;
    }

    private const string Agenda = """
        places:
          - { key: centro, name: Sucursal Centro, address: "Calle 1, Centro", time_zone: America/Mexico_City, hours: { monday: "09:00-18:00", tuesday: "09:00-18:00", wednesday: "09:00-18:00", thursday: "09:00-18:00", friday: "09:00-18:00" } }
          - { key: frontera, name: Sucursal Frontera, address: "Calle 2, Tijuana", time_zone: America/Tijuana, hours: { monday: "09:00-18:00", tuesday: "09:00-18:00", wednesday: "09:00-18:00", thursday: "09:00-18:00", friday: "09:00-18:00" } }
        people:
          - { key: luz, name: Luz Marín, skills: [tecnico], places: [centro] }
          - { key: leo, name: Leo Paz, skills: [tecnico], places: [frontera] }
          - { key: eva, name: Eva Sol, skills: [asesor, instructor], places: [centro] }
          - { key: sol, name: Sol Rey, skills: [guia], places: [centro], hours: { monday: "09:00-10:00", tuesday: "09:00-10:00", wednesday: "09:00-10:00", thursday: "09:00-10:00", friday: "09:00-10:00", saturday: "09:00-10:00", sunday: "09:00-10:00" } }
          - { key: ian, name: Ian Mar, skills: [asesor], places: [centro] }
        """;

    private const string Visit = """
        title: Visita técnica
        summary: Alguien va a su casa & revisa.
        position: 1
        mode: home
        price: Desde $450
        duration: 3h
        needs: { tecnico: 1 }
        notice: 2h
        horizon: 60d
        change_until: 24h
        change_rule: Hasta 24 horas antes es gratis.
        reminders: [24h]
        bring: [Su factura]
        fields:
          - { name: aparato, type: text, label: ¿Qué aparato?, required: true }
          - { name: mensaje, type: long_text, label: ¿Qué hace? }
        """;

    private const string Video = """
        title: Videoasesoría
        position: 2
        mode: video
        duration: 20m
        every: 30m
        places: [centro]
        needs: { asesor: 1 }
        choose_person: true
        horizon: 30d
        """;

    private const string Room = """
        title: Recorrido guiado
        position: 4
        duration: 1h
        hours: { monday: "09:00-10:00", tuesday: "09:00-10:00", wednesday: "09:00-10:00", thursday: "09:00-10:00", friday: "09:00-10:00" }
        places: [centro]
        needs: { guia: 1 }
        horizon: 60d
        repeats: 3
        waiting_list: 2h
        """;

    private const string Workshop = """
        title: Taller
        position: 3
        duration: 1h
        hours: { friday: "11:00-12:00" }
        places: [centro]
        needs: { instructor: 1 }
        seats: 3
        seats_each: 2
        horizon: 30d
        """;
}

[CollectionDefinition(Name)]
public sealed class BookingPortalCollection : ICollectionFixture<BookingPortal>
{
    public const string Name = "booking portal";
}
