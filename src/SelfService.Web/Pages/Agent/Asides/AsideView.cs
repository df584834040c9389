using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.SideQuestions;

namespace SelfService.Web.Pages.Agent.Asides;

/// <summary>A question as its expert sees it: with what was shared, and nothing else of the ticket.</summary>
public sealed record AsideView(SideQuestion Question, IReadOnlyList<Message> Shared, DateTime Now)
{
    /// <summary>Reads what was shared.</summary>
    public static async Task<AsideView> ReadAsync(PortalDbContext db, SideQuestion question, DateTime now, CancellationToken cancel)
    {
        var ids = question.Shared.ToList();
        return new AsideView(question, await db.Messages.AsNoTracking().Where(m => m.TicketId == question.TicketId && ids.Contains(m.Id)).OrderBy(m => m.WrittenAt).ToListAsync(cancel), now);
    }
}
