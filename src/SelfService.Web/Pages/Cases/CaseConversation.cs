using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Cases;

/// <summary>What a customer reads of her case. Notes and what happens among staff are never loaded.</summary>
/// <param name="Messages">Public messages, oldest first.</param>
/// <param name="History">Public history, oldest first.</param>
/// <param name="GoesOnIn">Number of the case of hers in which it goes on; null where it goes on here.</param>
public sealed record CaseConversation(IReadOnlyList<Message> Messages, IReadOnlyList<TicketEvent> History, string? GoesOnIn)
{
    /// <summary>Nothing yet.</summary>
    public static readonly CaseConversation Empty = new([], [], null);

    /// <summary>Reads it; that she may see the ticket was asked before.</summary>
    public static async Task<CaseConversation> LoadAsync(PortalDbContext db, Ticket ticket, CancellationToken cancel)
    {
        var ticketId = ticket.Id;
        var messages = await db.Messages.AsNoTracking().Where(m => m.TicketId == ticketId && !m.IsNote)
            .Include(m => m.Attachments).OrderBy(m => m.WrittenAt).ThenBy(m => m.Id).ToListAsync(cancel);
        var history = await db.TicketEvents.AsNoTracking().Where(e => e.TicketId == ticketId && TicketEvent.Public.Contains(e.Kind))
            .ToListAsync(cancel);
        // Of somebody else's ticket not even the number is told.
        var goesOn = ticket.MergedIntoId is { } into ? await db.Tickets.Where(t => t.Id == into && t.CustomerId == ticket.CustomerId).Select(t => t.Number).SingleOrDefaultAsync(cancel) : null;
        return new CaseConversation(messages, [.. history.InOrder()], goesOn);
    }
}
