using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Core.Requests;
using SelfService.Core.Tickets;

namespace SelfService.Core.Appointments.Waiting;

/// <summary>Where somebody on the waiting list stands.</summary>
public enum WaitingStatus
{
    Waiting,

    /// <summary>An hour is kept for her alone, for a while.</summary>
    Offered,

    /// <summary>She has taken an hour; her ticket has an appointment.</summary>
    Served,

    /// <summary>She left the list, or did not answer.</summary>
    Left,

    /// <summary>Her days are over and nothing became free.</summary>
    Ended,
}

/// <summary>
/// Somebody waits for an hour of a service. Its ticket carries the thread, the owner and the promise; with the hour she takes it
/// gets its appointment.
/// </summary>
public sealed class WaitingEntry : IVersioned
{
    /// <summary>Offers without an answer after which nobody is kept waiting by her any more.</summary>
    public const int MaxLapses = 3;

    private WaitingEntry()
    {
    }

    public Guid Id { get; private init; } = OrderedId.New();

    public Guid TicketId { get; private init; }

    public Ticket Ticket { get; private init; } = null!;

    /// <summary>Slug of the service.</summary>
    public string Service { get; private init; } = "";

    /// <summary>Its title as it stood.</summary>
    public string Title { get; private init; } = "";

    /// <summary>Key of the place.</summary>
    public string Place { get; private init; } = "";

    /// <summary>Its name as it stood.</summary>
    public string PlaceName { get; private init; } = "";

    /// <summary>tzdb id of the zone of the place.</summary>
    public string Zone { get; private init; } = "";

    /// <summary>First day that serves her, on the clock of the place.</summary>
    public LocalDate FirstDay { get; private init; }

    /// <summary>Last day that serves her, on the clock of the place.</summary>
    public LocalDate LastDay { get; private init; }

    public DayPart Part { get; private init; }

    public int Seats { get; private init; } = 1;

    /// <summary>Where she is visited; empty otherwise.</summary>
    public IReadOnlyList<AddressLine> Address { get; private set; } = [];

    /// <summary>tzdb id of the zone in which she was shown the hours.</summary>
    public string CustomerZone { get; private init; } = "";

    public DateTime JoinedAt { get; private init; }

    public WaitingStatus Status { get; private set; }

    /// <summary>Beginning of the hour that is kept for her, UTC; null when none is.</summary>
    public DateTime? OfferStart { get; private set; }

    /// <summary>Until when it is kept, UTC; set as long as <see cref="OfferStart"/> is.</summary>
    public DateTime? OfferUntil { get; private set; }

    /// <summary>The session in which seats are kept; null for an hour of its own.</summary>
    public Guid? OfferSessionId { get; private set; }

    /// <summary>Who would give it and where.</summary>
    public IReadOnlyList<HeldResource> OfferResources { get; private set; } = [];

    /// <summary>Beginnings that were offered and not taken, UTC; none is offered twice.</summary>
    public IReadOnlyList<DateTime> Passed { get; private set; } = [];

    /// <summary>Offers in a row that she did not answer.</summary>
    public int Lapses { get; private set; }

    public int Version { get; set; }

    /// <summary>What is owed next, with its date; null when nothing is.</summary>
    public Commitment? Next => Status switch
    {
        WaitingStatus.Waiting => new Commitment(NextStep.WaitingList, "", EndsAt),
        WaitingStatus.Offered => new Commitment(NextStep.WaitingOffer, "", OfferUntil!.Value),
        _ => null,
    };

    /// <summary>The hour that is kept for her; null when none is.</summary>
    public AgreedTime? Offer => OfferStart is { } start ? new AgreedTime(Instant.FromDateTimeUtc(start).InZone(Clock)) : null;

    /// <summary>Whether she is on the list.</summary>
    public bool IsOpen => Status is WaitingStatus.Waiting or WaitingStatus.Offered;

    /// <summary>When her days are over, UTC: nobody is written to later on the last of them.</summary>
    private DateTime EndsAt => Clock.AtLeniently(LastDay + OfferTime.Sleeps).ToDateTimeUtc();

    private DateTimeZone Clock => DateTimeZoneProviders.Tzdb[Zone];

    internal static WaitingEntry Join(Ticket ticket, Service service, Place place, WaitingRequest request, DateTime now) => new()
    {
        TicketId = ticket.Id,
        Service = service.Slug,
        Title = service.Title,
        Place = place.Key,
        PlaceName = place.Name,
        Zone = place.Zone.Id,
        FirstDay = request.FirstDay,
        LastDay = request.LastDay,
        Part = request.Part,
        Seats = request.Seats,
        Address = service.Mode == ServiceMode.AtHome ? request.Address : [],
        CustomerZone = request.CustomerZone,
        JoinedAt = now,
    };

    /// <summary>Whether an hour is one of those she waits for.</summary>
    /// <param name="start">On the clock of the place.</param>
    public bool Wants(ZonedDateTime start) =>
        start.Date >= FirstDay && start.Date <= LastDay && Part.Includes(start.TimeOfDay) && !Passed.Contains(start.ToDateTimeUtc());

    /// <summary>Whether her days are over.</summary>
    public bool IsOver(DateTime now) => Status == WaitingStatus.Waiting && EndsAt <= now;

    /// <summary>Whether she can still take what is kept for her.</summary>
    public bool CanTake(DateTime now) => Status == WaitingStatus.Offered && OfferUntil > now;

    internal void Keep(ChosenTime time, DateTime until)
    {
        Require(WaitingStatus.Waiting);
        (Status, OfferStart, OfferUntil) = (WaitingStatus.Offered, time.Start.ToDateTimeUtc(), until);
        (OfferSessionId, OfferResources) = (time.SessionId, time.Resources);
    }

    /// <summary>She does not take it, or has not answered.</summary>
    internal void Pass(bool isLapse)
    {
        Require(WaitingStatus.Offered);
        Passed = [.. Passed, OfferStart!.Value];
        Lapses = isLapse ? Lapses + 1 : 0;
        End(Lapses < MaxLapses ? WaitingStatus.Waiting : WaitingStatus.Left);
    }

    /// <exception cref="AppointmentStateException">Nothing is kept for her, or not any more.</exception>
    internal ChosenTime Take(DateTime now)
    {
        if (!CanTake(now))
        {
            throw new AppointmentStateException();
        }

        var time = new ChosenTime(Instant.FromDateTimeUtc(OfferStart!.Value), OfferResources, OfferSessionId);
        End(WaitingStatus.Served);
        return time;
    }

    internal void Leave()
    {
        Require(WaitingStatus.Waiting, WaitingStatus.Offered);
        End(WaitingStatus.Left);
    }

    internal void RunOut()
    {
        Require(WaitingStatus.Waiting);
        End(WaitingStatus.Ended);
    }

    /// <summary>Takes out who it was for.</summary>
    internal void Anonymize() => Address = [];

    private void End(WaitingStatus status)
    {
        (Status, OfferStart, OfferUntil) = (status, null, null);
        (OfferSessionId, OfferResources) = (null, []);
    }

    private void Require(params ReadOnlySpan<WaitingStatus> allowed)
    {
        if (!allowed.Contains(Status))
        {
            throw new AppointmentStateException();
        }
    }
}

internal sealed class WaitingEntryMapping : IEntityTypeConfiguration<WaitingEntry>
{
    public void Configure(EntityTypeBuilder<WaitingEntry> builder)
    {
        builder.ToTable(table => table.HasCheckConstraint(
            "CK_WaitingEntries_Offer", """ ("OfferStart" IS NOT NULL) = ("Status" = 'Offered') AND ("OfferUntil" IS NOT NULL) = ("Status" = 'Offered') AND "Seats" > 0 """.Trim()));
        builder.Property(w => w.Id).ValueGeneratedNever();
        builder.Property(w => w.Service).HasMaxLength(Appointments.Service.KeyMaxLength);
        builder.Property(w => w.Title).HasMaxLength(RequestForm.TitleMaxLength);
        builder.Property(w => w.Place).HasMaxLength(Appointments.Service.KeyMaxLength);
        builder.Property(w => w.PlaceName).HasMaxLength(RequestForm.TitleMaxLength);
        builder.Property(w => w.Zone).HasMaxLength(Appointment.ZoneMaxLength);
        builder.Property(w => w.FirstDay).HasLocalDayConversion();
        builder.Property(w => w.LastDay).HasLocalDayConversion();
        builder.Property(w => w.CustomerZone).HasMaxLength(Appointment.ZoneMaxLength);
        builder.Property(w => w.Address).HasJsonConversion();
        builder.Property(w => w.OfferResources).HasJsonConversion();
        builder.Property(w => w.Passed).HasJsonConversion();
        builder.Ignore(w => w.Next);
        builder.Ignore(w => w.Offer);
        builder.HasIndex(w => w.TicketId).IsUnique();
        builder.HasIndex(w => new { w.Status, w.JoinedAt });
        builder.HasOne(w => w.Ticket).WithOne().HasForeignKey<WaitingEntry>(w => w.TicketId).OnDelete(DeleteBehavior.Restrict);
    }
}
