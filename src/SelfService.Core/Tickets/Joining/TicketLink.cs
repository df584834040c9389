using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets.Joining;

/// <summary>That two tickets belong together. Neither is first.</summary>
public sealed class TicketLink
{
    public Guid LowId { get; init; }

    public Guid HighId { get; init; }

    /// <summary>The link of two tickets, whichever is named first.</summary>
    public static TicketLink Of(Guid one, Guid other) => one.CompareTo(other) < 0 ? new TicketLink { LowId = one, HighId = other } : new TicketLink { LowId = other, HighId = one };
}

/// <summary>Tickets that belong together.</summary>
public static class TicketLinks
{
    /// <summary>The tickets linked to one, newest first.</summary>
    /// <param name="tickets">The ones that may be seen.</param>
    public static async Task<List<TicketRow>> LinkedAsync(this PortalDbContext db, IQueryable<Ticket> tickets, Guid ticketId, CancellationToken cancel)
    {
        // The few ids first: asked in one, a database goes through every ticket.
        var ids = await db.TicketLinks.Where(l => l.LowId == ticketId || l.HighId == ticketId).Select(l => l.LowId == ticketId ? l.HighId : l.LowId).ToListAsync(cancel);
        return ids.Count == 0 ? [] : await db.Rows(tickets.Where(t => ids.Contains(t.Id)).OrderByDescending(t => t.OpenedAt)).ToListAsync(cancel);
    }
}

internal sealed class TicketLinkMapping : IEntityTypeConfiguration<TicketLink>
{
    public void Configure(EntityTypeBuilder<TicketLink> builder)
    {
        builder.HasKey(l => new { l.LowId, l.HighId });
        builder.HasIndex(l => l.HighId);
        builder.HasOne<Ticket>().WithMany().HasForeignKey(l => l.LowId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Ticket>().WithMany().HasForeignKey(l => l.HighId).OnDelete(DeleteBehavior.Cascade);
    }
}
