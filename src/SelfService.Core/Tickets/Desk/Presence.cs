using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.People;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets.Desk;

/// <summary>That an agent has a ticket before her. It lives in the database, so that agents on different nodes see each other.</summary>
public sealed class Presence
{
    /// <summary>How long somebody counts as being there after she was last heard of.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(75);

    /// <summary>How long what was written down is fresh enough: a page that is only looked at again writes nothing.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(15);

    public Guid TicketId { get; init; }

    public Guid PersonId { get; init; }

    public DateTime SeenAt { get; set; }

    /// <summary>Whether she has begun to write an answer.</summary>
    public bool IsWriting { get; set; }
}

/// <summary>Somebody else at the same ticket.</summary>
public sealed record PresentAgent(string Name, bool IsWriting);

/// <summary>Who is at a ticket at the same time.</summary>
public static class Presences
{
    /// <summary>Says that she is at the ticket.</summary>
    /// <returns>Who else is.</returns>
    public static async Task<IReadOnlyList<PresentAgent>> BePresentAsync(this PortalDbContext db, Guid ticketId, Guid personId, bool isWriting, DateTime now, CancellationToken cancel)
    {
        var hers = db.Presences.Where(p => p.TicketId == ticketId && p.PersonId == personId);
        var since = now - Presence.Fresh;
        if (!await hers.AnyAsync(p => p.SeenAt > since && p.IsWriting == isWriting, cancel)
            && await hers.ExecuteUpdateAsync(set => set.SetProperty(p => p.SeenAt, now).SetProperty(p => p.IsWriting, isWriting), cancel) == 0)
        {
            // Her other window may say so at the same moment.
            db.Presences.Add(new Presence { TicketId = ticketId, PersonId = personId, SeenAt = now, IsWriting = isWriting });
            await db.SaveOnceAsync(cancel);
        }

        return await db.OthersPresentAsync(ticketId, personId, now, cancel);
    }

    /// <summary>Who else is at the ticket, by name.</summary>
    public static async Task<IReadOnlyList<PresentAgent>> OthersPresentAsync(this PortalDbContext db, Guid ticketId, Guid personId, DateTime now, CancellationToken cancel)
    {
        var since = now - Presence.Lasts;
        return await db.Presences.Where(p => p.TicketId == ticketId && p.PersonId != personId && p.SeenAt > since)
            .Join(db.Users, p => p.PersonId, u => u.Id, (p, u) => new { u.Name, p.IsWriting }).OrderBy(p => p.Name).Select(p => new PresentAgent(p.Name, p.IsWriting)).ToListAsync(cancel);
    }

    /// <summary>Forgets who was anywhere long ago.</summary>
    public static Task<int> ForgetPresencesAsync(this PortalDbContext db, DateTime now, CancellationToken cancel)
    {
        var before = now - (2 * Presence.Lasts);
        return db.Presences.Where(p => p.SeenAt < before).ExecuteDeleteAsync(cancel);
    }
}

internal sealed class PresenceMapping : IEntityTypeConfiguration<Presence>
{
    public void Configure(EntityTypeBuilder<Presence> builder)
    {
        builder.HasKey(p => new { p.TicketId, p.PersonId });
        builder.HasIndex(p => p.SeenAt);
        builder.HasOne<Ticket>().WithMany().HasForeignKey(p => p.TicketId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Person>().WithMany().HasForeignKey(p => p.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}
