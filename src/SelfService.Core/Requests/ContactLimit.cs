using Microsoft.EntityFrameworkCore;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Requests;

/// <summary>
/// How many requests one person sends an hour. Counted in the database, so by all nodes together. Who has signed in is counted
/// by her account: a stranger who uses her address cannot use up what is hers.
/// </summary>
public static class ContactLimit
{
    /// <summary>Requests of one person within <see cref="Window"/>.</summary>
    public const int Requests = 5;

    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>How long she has to wait before the next one; null when she need not.</summary>
    /// <param name="key">Key of the form: one that has been accepted is no new request.</param>
    /// <param name="now">UTC.</param>
    public static async Task<TimeSpan?> WaitAsync(PortalDbContext db, Guid key, Contact contact, Guid? personId, DateTime now, CancellationToken cancel)
    {
        if (await db.Tickets.AnyAsync(t => t.SubmissionKey == key, cancel))
        {
            return null;
        }

        var since = now - Window;
        var recent = db.Tickets.AsNoTracking().Where(t => t.OpenedAt > since && t.Channel == Channel.Portal);
        var (email, phone) = (contact.Email, contact.Phone);
        var waits = personId is not null
            ? [await WaitAsync(recent.Where(t => t.OpenedById == personId), now, cancel)]
            : new[]
            {
                email is null ? null : await WaitAsync(recent.Where(t => t.ContactEmail == email), now, cancel),
                phone is null ? null : await WaitAsync(recent.Where(t => t.ContactPhone == phone), now, cancel),
            };
        return waits.Max();
    }

    private static async Task<TimeSpan?> WaitAsync(IQueryable<Ticket> recent, DateTime now, CancellationToken cancel)
    {
        var counted = await recent.OrderByDescending(t => t.OpenedAt).Skip(Requests - 1).Select(t => (DateTime?)t.OpenedAt).FirstOrDefaultAsync(cancel);
        return counted + Window - now;
    }
}
