using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using NodaTime;
using SelfService.Core.Orders;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Appointments;

/// <summary>What who wants an appointment says, already checked for form.</summary>
public record AppointmentRequest
{
    /// <summary>Key of the form: sent twice, one ticket.</summary>
    public required Guid SubmissionKey { get; init; }

    /// <summary>Slug of the service.</summary>
    public required string Service { get; init; }

    /// <summary>Key of the place.</summary>
    public required string Place { get; init; }

    public int Seats { get; init; } = 1;

    /// <summary>Where the customer is visited; empty otherwise.</summary>
    public IReadOnlyList<AddressLine> Address { get; init; } = [];

    public IReadOnlyList<TicketAnswer> Answers { get; init; } = [];

    /// <summary>First message of the thread; empty where the answers say it all.</summary>
    public string Message { get; init; } = "";

    /// <summary>tzdb id of the zone in which the customer was shown the hours.</summary>
    public string CustomerZone { get; init; } = "";

    public required Contact Contact { get; init; }

    public Guid? PersonId { get; init; }

    public Guid? VisitorId { get; init; }

    public string Language { get; init; } = "es";

    /// <summary>Ids of files stored under <see cref="SubmissionKey"/>.</summary>
    public IReadOnlyList<Guid> Attachments { get; init; } = [];

    public Channel Channel { get; init; } = Channel.Portal;

    public Actor Actor { get; init; } = Actor.Customer(null);

    public string StaffName { get; init; } = "";

    /// <summary>What of it a form sent again must repeat, besides what every ticket has.</summary>
    internal virtual object Fingerprint => new { Service, Place, Seats, Address };

    /// <summary>The ticket of the appointment, with the service's queue and policy.</summary>
    internal TicketRequest Ticket(Service service, ServiceDesk desk) => new()
    {
        SubmissionKey = SubmissionKey,
        Kind = TicketKind.Appointment,
        Channel = Channel,
        Queue = service.Queue,
        Sla = desk.Queue(service.Queue).SlaOf(TicketKind.Appointment).Key,
        Subject = service.Title,
        Message = Message,
        Answers = Answers,
        Contact = Contact,
        PersonId = PersonId,
        VisitorId = VisitorId,
        Language = Language,
        Attachments = Attachments,
        Actor = Actor,
        StaffName = StaffName,
        Fingerprint = JsonSerializer.Serialize(Fingerprint, JsonColumns.Options),
    };
}

/// <summary>Everything a new appointment is made of; whether it can be had is seen when it is booked.</summary>
public sealed record BookingRequest : AppointmentRequest
{
    public BookingRequest()
    {
    }

    /// <summary>The same with what a booking says besides.</summary>
    [SetsRequiredMembers]
    public BookingRequest(AppointmentRequest common, Instant start)
        : base(common) => Start = start;

    public required Instant Start { get; init; }

    /// <summary>The appointments that follow in the same series, each with its beginning; all of them are booked or none.</summary>
    public IReadOnlyList<Instant> Following { get; init; } = [];

    /// <summary>Key of the person who is wanted; null for anybody.</summary>
    public string? Person { get; init; }

    internal override object Fingerprint => Following.Count == 0
        ? new { Service, Place, Start = Start.ToUnixTimeSeconds(), Person, Seats, Address }
        : new { Service, Place, Start = Start.ToUnixTimeSeconds(), Person, Seats, Address, Following = Following.Select(f => f.ToUnixTimeSeconds()) };
}
