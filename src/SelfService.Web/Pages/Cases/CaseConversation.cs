using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Cases;

/// <summary>What a customer reads of her case. Notes and what happens among staff are never loaded.</summary>
/// <param name="Messages">Public messages, oldest first.</param>
/// <param name="History">Public history, oldest first.</param>
public sealed record CaseConversation(IReadOnlyList<Message> Messages, IReadOnlyList<TicketEvent> History)
{
    /// <summary>Nothing yet.</summary>
    public static readonly CaseConversation Empty = new([], []);

    /// <summary>Reads it; that she may see the ticket was asked before.</summary>
    public static async Task<CaseConversation> LoadAsync(PortalDbContext db, Guid ticketId, CancellationToken cancel)
    {
        var messages = await db.Messages.AsNoTracking().Where(m => m.TicketId == ticketId && !m.IsNote)
            .Include(m => m.Attachments).OrderBy(m => m.WrittenAt).ThenBy(m => m.Id).ToListAsync(cancel);
        var history = await db.TicketEvents.AsNoTracking().Where(e => e.TicketId == ticketId && TicketEvent.Public.Contains(e.Kind))
            .ToListAsync(cancel);
        return new CaseConversation(messages, [.. history.InOrder()]);
    }
}
