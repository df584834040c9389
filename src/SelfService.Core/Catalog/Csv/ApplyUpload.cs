using Microsoft.EntityFrameworkCore;
using SelfService.Core.Audit;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Catalog.Csv;

/// <summary>How applying a file went.</summary>
public enum UploadOutcome
{
    Applied,

    /// <summary>Somebody had applied it already; nothing was done again.</summary>
    AppliedBefore,

    /// <summary>It would do something else now than what was looked at, or nothing. Nothing has changed; it is looked at again.</summary>
    Moved,

    /// <summary>There is no such file any more.</summary>
    Unknown,
}

/// <summary>Does everything that a file says, or nothing, once.</summary>
public sealed class ApplyUpload(PortalDbContext db, PlanUpload plans, TimeProvider clock)
{
    /// <summary>Applies a file as it was looked at.</summary>
    /// <param name="mark"><see cref="UploadPlan.Mark"/> of what was looked at.</param>
    /// <param name="note">Why pieces change; written beside every movement.</param>
    public async Task<UploadOutcome> RunAsync(Guid uploadId, string mark, string note, Guid personId, CancellationToken cancel)
    {
        try
        {
            return await db.InTransactionAsync(() => ApplyAsync(uploadId, mark, note, personId, cancel), cancel);
        }
        catch (Exception exception) when (exception is PlanMovedException or DbUpdateConcurrencyException || (exception is DbUpdateException update && db.IsDuplicateKey(update)))
        {
            db.ChangeTracker.Clear();
            return UploadOutcome.Moved;
        }
    }

    private async Task<UploadOutcome> ApplyAsync(Guid uploadId, string mark, string note, Guid personId, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        // Who marks it first applies it; another waits here until that has ended.
        if (await db.CatalogUploads.Where(u => u.Id == uploadId && u.AppliedAt == null).ExecuteUpdateAsync(set => set.SetProperty(u => u.AppliedAt, now), cancel) == 0)
        {
            return await db.CatalogUploads.AnyAsync(u => u.Id == uploadId, cancel) ? UploadOutcome.AppliedBefore : UploadOutcome.Unknown;
        }

        var upload = await db.CatalogUploads.AsNoTracking().SingleAsync(u => u.Id == uploadId, cancel);
        // Taken before the plan is made: whoever else changes the catalogue waits, and the plan holds until the end.
        var number = upload.Kind == CatalogUploadKind.Catalogue ? await db.NextAsync(Product.ChangeSequence, cancel) : 0;
        var plan = await plans.RunAsync(upload, cancel);
        if (!plan.CanBeApplied || plan.Mark != mark)
        {
            throw new PlanMovedException();
        }

        await new WritePlan(db, number, now).RunAsync(plan.Products, cancel);
        await MoveAsync(plan.Pieces, note, personId, now, cancel);
        db.Audit(AuditKind.CatalogueImported, now, personId, detail: FormattableString.Invariant($"{(upload.Kind == CatalogUploadKind.Stock ? "stock" : "catalogue")} {plan.Changes.Count}"));
        return UploadOutcome.Applied;
    }

    private async Task MoveAsync(IReadOnlyList<StockDraft> pieces, string note, Guid personId, DateTime now, CancellationToken cancel)
    {
        // In the order in which orders take them, so that the two never wait for each other.
        foreach (var draft in pieces.OrderBy(p => p.VariantId))
        {
            var moved = await db.MoveStockAsync(
                new StockMovement { VariantId = draft.VariantId, Delta = draft.Delta, Reason = StockReason.Imported, Note = note, Actor = ActorKind.Staff, ActorId = personId, At = now }, cancel);
            if (!moved)
            {
                throw new PlanMovedException();
            }
        }

        await CheckCountsAsync(pieces.Where(p => p.Left is not null).ToDictionary(p => p.VariantId, p => p.Left), cancel);
    }

    // An order that took some since the plan was made: what was counted would not be what is left. From here on nobody can any more.
    private async Task CheckCountsAsync(Dictionary<Guid, int?> counted, CancellationToken cancel)
    {
        var ids = counted.Keys.ToList();
        var left = ids.Count == 0 ? [] : await db.Variants.Where(v => EF.Parameter(ids).Contains(v.Id)).Select(v => new { v.Id, v.InStock }).ToListAsync(cancel);
        if (left.Exists(v => v.InStock != counted[v.Id]))
        {
            throw new PlanMovedException();
        }
    }

    // Takes the transaction back, the mark on the upload with it.
    private sealed class PlanMovedException : Exception;
}
