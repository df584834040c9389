using Microsoft.EntityFrameworkCore;
using SelfService.Core.Appointments;
using SelfService.Core.Appointments.Waiting;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets.Promises;

namespace SelfService.Core.Tickets;

/// <summary>Everything an agent sees of a ticket.</summary>
public sealed record TicketDetail
{
    /// <summary>With its customer.</summary>
    public required Ticket Ticket { get; init; }

    /// <summary>The moment it was read, UTC.</summary>
    public required DateTime Now { get; init; }

    /// <summary>Messages and notes with their files, oldest first.</summary>
    public required IReadOnlyList<Message> Thread { get; init; }

    /// <summary>Everything that happened, oldest first.</summary>
    public required IReadOnlyList<TicketEvent> History { get; init; }

    /// <summary>Promises that came to their end, newest first.</summary>
    public required IReadOnlyList<Promise> Promises { get; init; }

    /// <summary>Names of the owner, of whoever acted and of who looks, by account.</summary>
    public required IReadOnlyDictionary<Guid, string> Names { get; init; }

    /// <summary>Number of links to it that were ever given.</summary>
    public required int LinkCount { get; init; }

    /// <summary>Number of those that still open it.</summary>
    public required int GoodLinkCount { get; init; }

    /// <summary>The newest other tickets of the same customer.</summary>
    public required IReadOnlyList<TicketRow> Others { get; init; }

    /// <summary>Number of those there are.</summary>
    public required int OtherCount { get; init; }

    /// <summary>The newest tickets of others who left the same telephone; perhaps the same person.</summary>
    public required IReadOnlyList<TicketRow> SamePhone { get; init; }

    /// <summary>What was ordered, with all its parts; null for a ticket of another kind.</summary>
    public required Order? Order { get; init; }

    /// <summary>What was booked; null for a ticket of another kind.</summary>
    public required Appointment? Appointment { get; init; }

    /// <summary>The entry of the waiting list with which it began; null when it did not.</summary>
    public required WaitingEntry? Waiting { get; init; }

    /// <summary>What its order or appointment owes next; null when nothing is owed, or it has none.</summary>
    public Commitment? RecordNext => Order?.Next ?? Appointment?.Next ?? Waiting?.Next;

    /// <summary>Name of an account; empty for one that is no longer there.</summary>
    public string NameOf(Guid? personId) => personId is { } id ? Names.GetValueOrDefault(id, "") : "";
}

/// <summary>Reads a ticket with all that belongs to it.</summary>
public static class TicketDetails
{
    private const int MaxOthers = 8;
    private const int MaxSamePhone = 5;

    /// <summary>The ticket of that number; null when there is none, or none this person may see.</summary>
    public static async Task<TicketDetail?> TicketDetailAsync(this PortalDbContext db, TicketViewer viewer, string? number, DateTime now, CancellationToken cancel)
    {
        var visible = db.Tickets.AsNoTracking().VisibleTo(viewer);
        var parsed = TicketNumber.Parse(number);
        var ticket = parsed is null ? null : await visible.Include(t => t.Customer).SingleOrDefaultAsync(t => t.Number == parsed, cancel);
        if (ticket is null)
        {
            return null;
        }

        var thread = await db.Messages.AsNoTracking().Include(m => m.Attachments).Where(m => m.TicketId == ticket.Id).OrderBy(m => m.WrittenAt).ThenBy(m => m.Id).ToListAsync(cancel);
        var history = (await db.TicketEvents.AsNoTracking().Where(e => e.TicketId == ticket.Id).ToListAsync(cancel)).InOrder().ToList();
        var people = history.Select(e => e.ActorId).Append(ticket.OwnerId).Append(viewer.PersonId).OfType<Guid>().Distinct().ToList();
        var others = visible.Where(t => t.CustomerId == ticket.CustomerId && t.Id != ticket.Id);
        var samePhone = visible.Where(t => ticket.ContactPhone != null && t.ContactPhone == ticket.ContactPhone && t.CustomerId != ticket.CustomerId);
        var keys = db.TicketKeys.Where(k => k.TicketId == ticket.Id);
        return new TicketDetail
        {
            Ticket = ticket,
            Now = now,
            Thread = thread,
            History = history,
            Promises = await db.Promises.AsNoTracking().Where(p => p.TicketId == ticket.Id).OrderByDescending(p => p.SettledAt).ToListAsync(cancel),
            Names = await db.Users.Where(p => people.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, cancel),
            LinkCount = await keys.CountAsync(cancel),
            GoodLinkCount = await keys.Good(now).CountAsync(cancel),
            Others = await db.Rows(others.OrderByDescending(t => t.UpdatedAt).ThenBy(t => t.Id)).Take(MaxOthers).ToListAsync(cancel),
            OtherCount = await others.CountAsync(cancel),
            Order = ticket.Kind == TicketKind.Order ? await db.OrderAsync(ticket.Id, cancel) : null,
            Appointment = ticket.Kind == TicketKind.Appointment ? await db.AppointmentAsync(ticket.Id, cancel) : null,
            Waiting = ticket.Kind == TicketKind.Appointment ? await db.WaitingAsync(ticket.Id, cancel) : null,
            SamePhone = await db.Rows(samePhone.OrderByDescending(t => t.UpdatedAt).ThenBy(t => t.Id)).Take(MaxSamePhone).ToListAsync(cancel),
        };
    }
}
