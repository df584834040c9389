using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Appointments.Waiting;

/// <summary>Puts a customer on the waiting list of a service: the entry, its ticket and the mail, once for each key.</summary>
public sealed class JoinWaitingList(PortalDbContext db, OpenTicket open, Agenda agenda, ServiceDesk desk, TimeProvider clock)
{
    /// <summary>Lists on which one customer may stand at once.</summary>
    public const int MaxEntries = 5;

    /// <summary>Longest span of days to wait for.</summary>
    public const int MaxDays = 92;

    /// <summary>Stores it. Who could book at once is told so, and nothing is stored.</summary>
    public async Task<JoinedList> RunAsync(WaitingRequest request, CancellationToken cancel)
    {
        var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
        if (agenda.Service(request.Service) is not { HasWaitingList: true } service || agenda.Place(request.Place) is not { } place || !service.Places.Contains(place.Key)
            || request.Seats < 1 || request.Seats > service.SeatsEach || !IsPossible(request, new SlotRequest(service, place, now)))
        {
            return new JoinedList(null, null);
        }

        // Sent again, it is the ticket it was, whatever is free by now.
        if (!await db.Tickets.AnyAsync(t => t.SubmissionKey == request.SubmissionKey, cancel))
        {
            if (await EntriesOf(request).CountAsync(cancel) >= MaxEntries)
            {
                return new JoinedList(null, null, IsTooMany: true);
            }

            if (await db.FirstWantedAsync(agenda, new SlotRequest(service, place, now, Seats: request.Seats), request.FirstDay, request.LastDay, request.Part, cancel) is { } free)
            {
                return new JoinedList(null, free);
            }
        }

        return new JoinedList(await open.RunAsync(request.Ticket(service, desk) with { IsWaiting = true }, cancel, (ticket, at) => StoreAsync(ticket, request, service, place, at)), null);
    }

    // Who has signed in is counted by her account, so that nobody uses up what is hers with her address.
    private IQueryable<WaitingEntry> EntriesOf(WaitingRequest request)
    {
        var (person, email) = (request.PersonId, request.Contact.Email);
        return db.WaitingEntries.OnTheList().Where(w => person != null ? w.Ticket.OpenedById == person : w.Ticket.OpenedById == null && w.Ticket.ContactEmail == email);
    }

    private static bool IsPossible(WaitingRequest request, SlotRequest slots) =>
        request.FirstDay <= request.LastDay && request.LastDay >= slots.Today && request.FirstDay <= slots.LastDay && Period.DaysBetween(request.FirstDay, request.LastDay) <= MaxDays;

    private Task StoreAsync(Ticket ticket, WaitingRequest request, Service service, Place place, DateTime now)
    {
        var entry = WaitingEntry.Join(ticket, service, place, request, now);
        ticket.RecordMoved(null, entry.Next, request.Actor, desk.ReopenWindow, now);
        db.WaitingEntries.Add(entry);
        return Task.CompletedTask;
    }
}

/// <summary>Somebody wants to wait for an hour, and says on which days.</summary>
public sealed record WaitingRequest : AppointmentRequest
{
    public WaitingRequest()
    {
    }

    /// <summary>The same with what who waits says besides.</summary>
    [SetsRequiredMembers]
    public WaitingRequest(AppointmentRequest common, LocalDate firstDay, LocalDate lastDay)
        : base(common) => (FirstDay, LastDay) = (firstDay, lastDay);

    /// <summary>First day that serves her, on the clock of the place.</summary>
    public required LocalDate FirstDay { get; init; }

    /// <summary>Last day that serves her, on the clock of the place.</summary>
    public required LocalDate LastDay { get; init; }

    public DayPart Part { get; init; }

    internal override object Fingerprint => new { IsWaiting = true, Service, Place, First = FirstDay.ToString("uuuu-MM-dd", null), Last = LastDay.ToString("uuuu-MM-dd", null), Part, Seats, Address };
}

/// <summary>What became of it.</summary>
/// <param name="Ticket">Null when she was not put on the list.</param>
/// <param name="Free">An hour she wants that can be booked now; null when the request cannot be met at all.</param>
/// <param name="IsTooMany">She stands on as many lists as one may.</param>
public sealed record JoinedList(OpenedTicket? Ticket, Slot? Free, bool IsTooMany = false);
