using System.Security.Cryptography;
using NodaTime;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Appointments;

/// <summary>Books an appointment: the record, its ticket, its time and the mail, all in one transaction, once for each key.</summary>
public sealed class BookAppointment(PortalDbContext db, OpenTicket open, Agenda agenda, ServiceDesk desk)
{
    // Whoever loses looks again; only as often as there can be others to give it to.
    private const int MaxAttempts = 12;

    /// <summary>How long after the end staff have to say how it went.</summary>
    internal static readonly TimeSpan OutcomeTime = TimeSpan.FromHours(4);

    /// <summary>Takes the time and stores the appointment. What is taken meanwhile is told instead, and nothing is stored.</summary>
    public async Task<BookedAppointment> RunAsync(BookingRequest request, CancellationToken cancel)
    {
        if (agenda.Service(request.Service) is not { } service || agenda.Place(request.Place) is not { } place || !service.Places.Contains(place.Key)
            || request.Seats < 1 || request.Seats > service.SeatsEach || request.Following.Count >= service.Repeats || !IsAscending([request.Start, .. request.Following]))
        {
            return new BookedAppointment(null, BookingObstacle.NotOffered);
        }

        using var span = Signals.Spans.StartActivity("book appointment");
        var series = request.Following.Count == 0 ? (Guid?)null : OrderedId.New();
        Instant[] starts = [request.Start, .. request.Following];
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var tickets = await open.RunAsync([.. starts.Select((start, i) => Opening(request, service, place, start, i, series, cancel))], cancel);
                return new BookedAppointment(tickets[0], null) { Following = [.. tickets.Skip(1)] };
            }
            catch (TimeLostException) when (attempt < MaxAttempts)
            {
                db.ChangeTracker.Clear();
            }
            catch (Exception exception) when (exception is TimeTakenException or TimeLostException)
            {
                db.ChangeTracker.Clear();
                Signals.BookingsRefused.Add(1);
                return new BookedAppointment(null, BookingObstacle.Taken);
            }
        }
    }

    private static bool IsAscending(IReadOnlyList<Instant> starts) => starts.Zip(starts.Skip(1)).All(pair => pair.First < pair.Second);

    /// <summary>Key of a later appointment of a series, the same for the same form.</summary>
    /// <param name="index">Which of the series, from 0.</param>
    internal static Guid KeyOf(Guid key, int index) =>
        index == 0 ? key : new Guid(SHA256.HashData([.. key.ToByteArray(), .. BitConverter.GetBytes(index)]).AsSpan(0, 16));

    /// <summary>Stores the appointment of a time that was taken, with its reminders; its ticket owes it from now on.</summary>
    internal static Appointment Record(
        PortalDbContext db, ServiceDesk desk, Guid id, Ticket ticket, Service service, Place place, ChosenTime time, AppointmentTerms terms, (TicketEventKind Kind, string Detail)? step, Actor actor, DateTime now)
    {
        var appointment = Appointment.Book(id, ticket, service, place, time, terms, now);
        appointment.Follow(OutcomeTime, now);
        ticket.RecordMoved(step, appointment.Next, actor, desk.ReopenWindow, now);
        db.Appointments.Add(appointment);
        db.RemindOf(appointment, service, ticket.Language, now);
        return appointment;
    }

    private TicketOpening Opening(BookingRequest request, Service service, Place place, Instant start, int index, Guid? series, CancellationToken cancel)
    {
        var ticket = request.Ticket(service, desk) with { SubmissionKey = KeyOf(request.SubmissionKey, index) };
        // The files and the words are the first one's.
        ticket = index == 0 ? ticket : ticket with { Attachments = [], Message = "" };
        return new TicketOpening(ticket, (opened, now) => StoreAsync(opened, request with { Start = start }, service, place, series, now, cancel));
    }

    private async Task StoreAsync(Ticket ticket, BookingRequest request, Service service, Place place, Guid? series, DateTime now, CancellationToken cancel)
    {
        var wanted = new SlotRequest(service, place, Instant.FromDateTimeUtc(now), request.Person, request.Seats, request.Actor.Kind == ActorKind.Staff);
        var id = OrderedId.New();
        var time = await db.TakeTimeAsync(agenda, wanted, request.Start, id, HoldReason.Appointment, cancel) ?? throw new TimeTakenException();
        Record(db, desk, id, ticket, service, place, time, new AppointmentTerms(request.Address, request.CustomerZone, request.Seats, series), step: null, request.Actor, now);
    }
}

/// <summary>Why an appointment was not booked.</summary>
public enum BookingObstacle
{
    /// <summary>The service, the place or the number of seats is not offered.</summary>
    NotOffered,

    /// <summary>The time is not free, or not any more.</summary>
    Taken,
}

/// <summary>What became of a booking. With an obstacle nothing is stored.</summary>
public sealed record BookedAppointment(OpenedTicket? Ticket, BookingObstacle? Obstacle)
{
    /// <summary>Tickets of the later appointments of a series.</summary>
    public IReadOnlyList<OpenedTicket> Following { get; init; } = [];
}
