using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Appointments.Waiting;
using SelfService.Core.Company;
using SelfService.Core.Journeys;
using SelfService.Core.People;
using SelfService.Core.Tests.Tickets;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Appointments;

/// <summary>An agenda with a database of its own for each test, and what people do with appointments.</summary>
public abstract class AppointmentTest : TicketTest
{
    protected static readonly DateTimeZone Mexico = DateTimeZoneProviders.Tzdb["America/Mexico_City"];

    protected static readonly Actor Guest = Actor.Customer(null);

    protected static readonly Actor Agent = Actor.Staff(Guid.Parse("00000000-0000-7000-8000-0000000000a1"));

    /// <summary>Every day from 9 to 13.</summary>
    protected static readonly OpenTimes Mornings = Daily("09:00", "13:00");

    protected static OpenTimes Daily(string opens, string closes) => new(
        Enum.GetValues<IsoDayOfWeek>().Where(d => d != IsoDayOfWeek.None).ToDictionary(d => d, _ => (IReadOnlyList<DayHours>)[new DayHours(Clocked(opens), Clocked(closes))]),
        new Dictionary<LocalDate, IReadOnlyList<DayHours>>());

    protected static Place Branch(DateTimeZone? zone = null, OpenTimes? hours = null) => new("centro", "Sucursal Centro", "Calle 1", zone ?? Mexico, hours ?? Mornings);

    protected static Resource Someone(string key, string skill = "tecnico", int units = 1, ResourceKind kind = ResourceKind.Person, OpenTimes? hours = null) =>
        new(key, kind, key, [skill], ["centro"], hours, units);

    protected static Service Visit(int minutes = 60) => new()
    {
        Slug = "visita",
        Title = "Visita técnica",
        Queue = "help",
        Duration = TimeSpan.FromMinutes(minutes),
        Every = TimeSpan.FromMinutes(minutes),
        Needs = [new Need("tecnico", 1)],
        Places = ["centro"],
        HorizonDays = 60,
    };

    /// <summary>One service at one place.</summary>
    protected static Agenda With(Service service, params Resource[] resources) => new([Branch()], resources, [service]);

    /// <summary>The local day after the one of the clock, and hours on it.</summary>
    protected Instant Tomorrow(int hour, int minute = 0, DateTimeZone? zone = null) =>
        (zone ?? Mexico).AtLeniently(Day(1, zone) + new LocalTime(hour, minute)).ToInstant();

    protected LocalDate Day(int ahead, DateTimeZone? zone = null) => Instant.FromDateTimeUtc(Clock.Now).InZone(zone ?? Mexico).Date.PlusDays(ahead);

    protected static BookingRequest Wants(Instant start, string? person = null, int seats = 1, Guid? key = null) => new()
    {
        SubmissionKey = key ?? Guid.NewGuid(),
        Service = "visita",
        Place = "centro",
        Start = start,
        Person = person,
        Seats = seats,
        Contact = new Contact("Ana", $"{Guid.NewGuid():N}@ensayo.example", null, null),
    };

    protected async Task<BookedAppointment> BookAsync(Agenda agenda, BookingRequest request)
    {
        await using var db = Database.Open();
        var open = new OpenTicket(db, Desk, Sla(), new Trails(db), new GatherCases(db), Clock);
        return await new BookAppointment(db, open, agenda, Desk).RunAsync(request, NoCancel);
    }

    protected async Task<Appointment> BookedAsync(Agenda agenda, BookingRequest request)
    {
        var booked = await BookAsync(agenda, request);
        Assert.Null(booked.Obstacle);
        return await AppointmentAsync(booked.Ticket!.Id);
    }

    protected Task<Appointment> AppointmentAsync(Guid ticketId) =>
        InAsync(db => db.Appointments.AsNoTracking().Include(a => a.Ticket).ThenInclude(t => t.Events).SingleAsync(a => a.TicketId == ticketId));

    protected async Task<MoveOutcome> MoveAsync(Agenda agenda, Appointment appointment, Instant start, Actor? actor = null, string? person = null)
    {
        await using var db = Database.Open();
        return await new ChangeAppointment(db, agenda, Desk, Clock).MoveAsync(new AppointmentStep(appointment.TicketId, actor ?? Guest), new MoveRequest("centro", start, person), NoCancel);
    }

    protected async Task<StepResult> ChangeAsync(Agenda agenda, Appointment appointment, Func<ChangeAppointment, AppointmentStep, Task<StepOutcome>> change, Actor? actor = null)
    {
        await using var db = Database.Open();
        return (await change(new ChangeAppointment(db, agenda, Desk, Clock), new AppointmentStep(appointment.TicketId, actor ?? Guest))).Result;
    }

    protected Task<StepResult> CancelAsync(Agenda agenda, Appointment appointment, Actor? actor = null) =>
        ChangeAsync(agenda, appointment, (change, step) => change.CancelAsync(step, "", NoCancel), actor);

    protected Task<IReadOnlyList<Slot>> SlotsAsync(Agenda agenda, LocalDate from, LocalDate to, string? person = null, int seats = 1, bool byStaff = false) => InAsync(db =>
        db.SlotsAsync(agenda, new SlotRequest(agenda.Services[0], agenda.Places[0], Instant.FromDateTimeUtc(Clock.Now), person, seats, byStaff), from, to, NoCancel));

    /// <summary>What must be true of every agenda at any time: who is busy is busy once, and exactly the open appointments hold time.</summary>
    protected async Task AddsAsync()
    {
        await using var db = Database.Open();
        var holds = await db.Holds.AsNoTracking().ToListAsync(NoCancel);
        var claims = await db.GrainClaims.AsNoTracking().ToListAsync(NoCancel);
        var open = await db.Appointments.AsNoTracking().Where(a => a.Status == AppointmentStatus.Booked || a.Status == AppointmentStatus.Arrived).ToListAsync(NoCancel);
        var sessions = await db.SharedSessions.AsNoTracking().ToListAsync(NoCancel);
        var offered = await db.WaitingEntries.AsNoTracking().Where(w => w.Status == WaitingStatus.Offered).ToListAsync(NoCancel);

        Assert.Equal(
            open.Where(a => a.SessionId is null).SelectMany(a => a.Resources.Select(r => (a.Id, r.Key, r.Unit))).Concat(sessions.Where(s => s.Taken > 0).SelectMany(s => s.Resources.Select(r => (s.Id, r.Key, r.Unit)))).Order(),
            holds.Where(h => h.Reason is HoldReason.Appointment or HoldReason.Session).Select(h => (h.HolderId, h.Resource, h.Unit)).Order());
        Assert.Equal(
            offered.Where(w => w.OfferSessionId is null).SelectMany(w => w.OfferResources.Select(r => (w.Id, r.Key, r.Unit))).Order(),
            holds.Where(h => h.Reason == HoldReason.Offer).Select(h => (h.HolderId, h.Resource, h.Unit)).Order());
        Assert.All(sessions, s => Assert.Equal(s.Taken, open.Where(a => a.SessionId == s.Id).Sum(a => a.Seats) + offered.Where(w => w.OfferSessionId == s.Id).Sum(w => w.Seats)));
        Assert.Equal(
            holds.Where(h => h.Reason != HoldReason.Block).SelectMany(h => Enumerable.Range(h.FromGrain, h.ToGrain - h.FromGrain).Select(g => (h.Resource, h.Unit, g, h.HolderId))).Order(),
            claims.Where(c => holds.Any(h => h.HolderId == c.HolderId && h.Reason != HoldReason.Block)).Select(c => (c.Resource, c.Unit, c.Grain, c.HolderId)).Order());
    }

    private static LocalTime Clocked(string text) => LocalTime.FromMinutesSinceMidnight((int)TimeSpan.Parse(text, System.Globalization.CultureInfo.InvariantCulture).TotalMinutes);
}
