using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets;

/// <summary>How sweeps walk over the tickets that are due: in batches, each ticket in a transaction of its own.</summary>
internal static class DueTickets
{
    private const int BatchSize = 200;

    /// <summary>Changes every ticket that is due. What cannot be changed holds up none of the others.</summary>
    /// <param name="isDue">Which tickets.</param>
    /// <param name="change">Asks again whether it is still due: somebody may have acted meanwhile. Says whether it changed anything.</param>
    /// <returns>Number of tickets changed.</returns>
    /// <exception cref="AggregateException">Some could not be changed; they will be due again.</exception>
    public static async Task<int> ChangeDueAsync(this PortalDbContext db, Expression<Func<Ticket, bool>> isDue, Func<Ticket, bool> change, CancellationToken cancel)
    {
        var changed = 0;
        var failures = new List<Exception>();
        var last = Guid.Empty;
        while (true)
        {
            var due = await db.Tickets.AsNoTracking().Where(isDue).Where(t => t.Id > last).OrderBy(t => t.Id).Select(t => t.Id).Take(BatchSize).ToListAsync(cancel);
            foreach (var id in due)
            {
                try
                {
                    changed += await db.ChangeTicketAsync(id, change, cancel) ? 1 : 0;
                }
                catch (Exception exception) when (exception is DbUpdateException or InvalidOperationException)
                {
                    failures.Add(exception);
                }
            }

            if (due.Count < BatchSize)
            {
                return failures.Count == 0 ? changed : throw new AggregateException(failures);
            }

            last = due[^1];
        }
    }
}
