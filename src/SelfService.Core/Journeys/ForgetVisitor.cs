using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;

namespace SelfService.Core.Journeys;

/// <summary>Deletes what browsers did, at the wish of who used them. Sums of days that are closed name nobody and stay.</summary>
public static class ForgetVisitor
{
    /// <summary>Deletes the steps and links of one browser, and of every browser of the customers it is known to be. Opens a transaction.</summary>
    /// <param name="visitorId">Random id from the visitor's cookie.</param>
    public static async Task ForgetVisitorAsync(this PortalDbContext db, Guid visitorId, CancellationToken cancel)
    {
        await db.SortInAsync(most: null, cancel);
        await db.InTransactionAsync(
            async () =>
            {
                await db.ForgetStepsAsync(db.VisitorLinks.Where(own => own.VisitorId == visitorId).Select(own => own.CustomerId), cancel);
                await db.VisitSteps.Where(s => s.VisitorId == visitorId).ExecuteDeleteAsync(cancel);
            },
            cancel);
    }

    /// <summary>Deletes the steps and links of every browser that is known to be one of those customers', in the transaction that is open.</summary>
    public static async Task ForgetStepsAsync(this PortalDbContext db, IQueryable<Guid> customers, CancellationToken cancel)
    {
        var visitors = await db.VisitorLinks.Where(l => customers.Contains(l.CustomerId)).Select(l => l.VisitorId).Distinct().ToListAsync(cancel);
        await db.VisitSteps.Where(s => s.VisitorId != null && visitors.Contains(s.VisitorId.Value)).ExecuteDeleteAsync(cancel);
        await db.VisitorLinks.Where(l => visitors.Contains(l.VisitorId)).ExecuteDeleteAsync(cancel);
    }
}
