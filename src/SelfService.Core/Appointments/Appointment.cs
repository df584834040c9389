using NodaTime;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Appointments;

/// <summary>Where an appointment stands.</summary>
public enum AppointmentStatus
{
    Booked,

    /// <summary>The customer is there, or whoever visits her.</summary>
    Arrived,

    Attended,

    /// <summary>The customer did not come.</summary>
    Missed,

    Cancelled,
}

/// <summary>
/// A time that a customer has booked. Its ticket carries the thread, the owner and the promise. What was agreed is the local hour
/// on the clock of the place; the moment follows from it, and follows it when the rules of the zone change.
/// </summary>
public sealed class Appointment : IVersioned
{
    public const int LinkMaxLength = 500;
    public const int ReasonMaxLength = 300;
    public const int ZoneMaxLength = 64;

    private Appointment()
    {
    }

    public Guid Id { get; private init; } = OrderedId.New();

    public Guid TicketId { get; private init; }

    public Ticket Ticket { get; private init; } = null!;

    /// <summary>Number of the ticket, which is the appointment's too.</summary>
    public string Number { get; private init; } = "";

    /// <summary>Slug of the service.</summary>
    public string Service { get; private init; } = "";

    /// <summary>Its title as it stood.</summary>
    public string Title { get; private init; } = "";

    public ServiceMode Mode { get; private init; }

    /// <summary>Key of the place.</summary>
    public string Place { get; private set; } = "";

    /// <summary>Its name as it stood.</summary>
    public string PlaceName { get; private set; } = "";

    /// <summary>Its address as it stood; empty where the customer is visited or called.</summary>
    public string PlaceAddress { get; private set; } = "";

    /// <summary>Where the customer is visited; empty otherwise.</summary>
    public IReadOnlyList<AddressLine> Address { get; private set; } = [];

    /// <summary>tzdb id of the zone of the place.</summary>
    public string Zone { get; private set; } = "";

    /// <summary>The agreed hour on the clock of the place.</summary>
    public LocalDateTime LocalStart { get; private set; }

    /// <summary>Offset from UTC in minutes when it was agreed; tells the hour that comes twice apart.</summary>
    public int OffsetMinutes { get; private set; }

    /// <summary>The moment, UTC, by the rules that are known now.</summary>
    public DateTime StartsAt { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime EndsAt { get; private set; }

    /// <summary>Time held before and after for whoever gives it, in minutes.</summary>
    public int BeforeMinutes { get; private init; }

    /// <inheritdoc cref="BeforeMinutes"/>
    public int AfterMinutes { get; private init; }

    /// <summary>tzdb id of the zone in which the customer was shown the hours.</summary>
    public string CustomerZone { get; private init; } = "";

    /// <summary>Who gives it and where.</summary>
    public IReadOnlyList<HeldResource> Resources { get; private set; } = [];

    /// <summary>The session it belongs to; null for one that is not shared.</summary>
    public Guid? SessionId { get; private set; }

    /// <summary>Seats taken in the session; 1 otherwise.</summary>
    public int Seats { get; private init; } = 1;

    /// <summary>What appointments booked in a row have in common; null for a single one.</summary>
    public Guid? SeriesId { get; private init; }

    /// <summary>Until when the customer may move or cancel it herself, UTC.</summary>
    public DateTime ChangeUntil { get; private set; }

    /// <summary>Minutes before the beginning until which she may.</summary>
    public int ChangeMinutes { get; private init; }

    /// <summary>Where the video takes place, entered by staff; https, or empty.</summary>
    public string MeetingLink { get; private set; } = "";

    /// <summary>Changes of the calendar entry so far (RFC 5545, SEQUENCE).</summary>
    public int Sequence { get; private set; }

    public AppointmentStatus Status { get; private set; }

    /// <summary>Why it was cancelled; may be empty.</summary>
    public string CancelReason { get; private set; } = "";

    /// <summary>What is owed next; null when nothing is.</summary>
    public NextStep? Stage { get; private set; }

    /// <summary>By when, UTC; set as long as <see cref="Stage"/> is.</summary>
    public DateTime? StageDueAt { get; private set; }

    public DateTime BookedAt { get; private init; }

    public DateTime? ArrivedAt { get; private set; }

    public DateTime? EndedAt { get; private set; }

    public int Version { get; set; }

    /// <summary>What is owed next, with its date; null when nothing is.</summary>
    public Commitment? Next => Stage is { } stage && StageDueAt is { } due ? new Commitment(stage, "", due) : null;

    /// <summary>Whether it is still to come or going on.</summary>
    public bool IsOpen => Status is AppointmentStatus.Booked or AppointmentStatus.Arrived;

    /// <summary>Whether the customer herself may move or cancel it.</summary>
    public bool CanChange(DateTime now) => Status == AppointmentStatus.Booked && now < ChangeUntil;

    /// <summary>The person who gives it; null where only a room is held.</summary>
    public HeldResource? Person => Resources.FirstOrDefault(r => r.Kind == ResourceKind.Person);

    /// <summary>First grain that is held for it.</summary>
    internal int FromGrain => Grain.Of(Instant.FromDateTimeUtc(StartsAt)) - (BeforeMinutes / Grain.Minutes);

    /// <summary>Grain after the last that is held for it.</summary>
    internal int ToGrain => Grain.After(Instant.FromDateTimeUtc(EndsAt)) + (AfterMinutes / Grain.Minutes);

    /// <param name="id">What its time is held for.</param>
    internal static Appointment Book(Guid id, Ticket ticket, Service service, Place place, ChosenTime time, AppointmentTerms terms, DateTime now)
    {
        var appointment = new Appointment
        {
            Id = id,
            TicketId = ticket.Id,
            Number = ticket.Number,
            Service = service.Slug,
            Title = service.Title,
            Mode = service.Mode,
            Address = service.Mode == ServiceMode.AtHome ? terms.Address : [],
            BeforeMinutes = (int)service.Before.TotalMinutes,
            AfterMinutes = (int)service.After.TotalMinutes,
            CustomerZone = terms.CustomerZone,
            Seats = terms.Seats,
            SeriesId = terms.SeriesId,
            ChangeMinutes = (int)service.ChangeUntil.TotalMinutes,
            BookedAt = now,
        };
        appointment.Take(place, time, service.Duration);
        return appointment;
    }

    /// <summary>Takes out who it was for. What was given, when and by whom stays.</summary>
    internal void Anonymize() => (Address, MeetingLink, CancelReason) = ([], "", "");

    /// <summary>Another time, and perhaps another place.</summary>
    internal void Move(Place place, ChosenTime time)
    {
        RequireOpen(AppointmentStatus.Booked);
        Take(place, time, EndsAt - StartsAt);
        Sequence++;
    }

    internal void Cancel(string reason, DateTime now)
    {
        RequireOpen(AppointmentStatus.Booked);
        (Status, CancelReason, EndedAt) = (AppointmentStatus.Cancelled, reason, now);
        Sequence++;
        Owe(null, null);
    }

    internal void Arrive(DateTime now)
    {
        RequireOpen(AppointmentStatus.Booked);
        (Status, ArrivedAt) = (AppointmentStatus.Arrived, now);
    }

    internal void Attend(DateTime now)
    {
        RequireOpen(AppointmentStatus.Booked, AppointmentStatus.Arrived);
        (Status, EndedAt) = (AppointmentStatus.Attended, now);
        Owe(null, null);
    }

    /// <exception cref="AppointmentStateException">It has not begun, or is over.</exception>
    internal void Miss(DateTime now)
    {
        RequireOpen(AppointmentStatus.Booked);
        if (now < StartsAt)
        {
            throw new AppointmentStateException();
        }

        (Status, EndedAt) = (AppointmentStatus.Missed, now);
        Owe(null, null);
    }

    internal void Meet(string link)
    {
        RequireOpen(AppointmentStatus.Booked, AppointmentStatus.Arrived);
        MeetingLink = link;
        Sequence++;
    }

    /// <summary>The rules of the zone changed: the agreed hour stays, and the moment follows it.</summary>
    /// <returns>False when it is the same moment as before.</returns>
    internal bool Align(ZonedDateTime start)
    {
        var (moment, length) = (start.ToDateTimeUtc(), EndsAt - StartsAt);
        if (moment == StartsAt && start.Offset.Seconds / 60 == OffsetMinutes)
        {
            return false;
        }

        (StartsAt, EndsAt, OffsetMinutes) = (moment, moment + length, start.Offset.Seconds / 60);
        ChangeUntil = StartsAt - TimeSpan.FromMinutes(ChangeMinutes);
        Sequence++;
        return true;
    }

    /// <summary>Gives it the step that follows from where it stands: first that it begins, then that its outcome is known.</summary>
    /// <param name="outcome">Time after its end until somebody has said how it went.</param>
    internal void Follow(TimeSpan outcome, DateTime now)
    {
        if (IsOpen)
        {
            var isBegun = Status == AppointmentStatus.Arrived || StartsAt <= now;
            Owe(isBegun ? NextStep.AppointmentOutcome : NextStep.Appointment, isBegun ? EndsAt + outcome : StartsAt);
        }
    }

    private void Take(Place place, ChosenTime time, TimeSpan length)
    {
        (Place, PlaceName, Zone) = (place.Key, place.Name, place.Zone.Id);
        PlaceAddress = Mode == ServiceMode.AtPlace ? place.Address : "";
        var start = time.Start.InZone(place.Zone);
        (LocalStart, OffsetMinutes, StartsAt) = (start.LocalDateTime, start.Offset.Seconds / 60, start.ToDateTimeUtc());
        EndsAt = StartsAt + length;
        ChangeUntil = StartsAt - TimeSpan.FromMinutes(ChangeMinutes);
        (Resources, SessionId) = (time.Resources, time.SessionId);
    }

    private void Owe(NextStep? step, DateTime? dueAt) => (Stage, StageDueAt) = (step, dueAt);

    private void RequireOpen(params ReadOnlySpan<AppointmentStatus> allowed)
    {
        if (!allowed.Contains(Status))
        {
            throw new AppointmentStateException();
        }
    }
}

/// <summary>A time that was found and taken.</summary>
internal sealed record ChosenTime(Instant Start, IReadOnlyList<HeldResource> Resources, Guid? SessionId = null);

/// <summary>What was agreed with an appointment besides its time.</summary>
internal sealed record AppointmentTerms(IReadOnlyList<AddressLine> Address, string CustomerZone, int Seats, Guid? SeriesId);

/// <summary>The appointment is in a state in which this cannot be done.</summary>
public sealed class AppointmentStateException() : InvalidOperationException("The appointment's state does not allow this.");
