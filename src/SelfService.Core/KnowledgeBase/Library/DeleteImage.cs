using Microsoft.EntityFrameworkCore;
using SelfService.Core.Audit;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase.Library;

/// <summary>How deleting an image ended.</summary>
public enum DeleteImageResult
{
    Deleted,

    /// <summary>Something uses it; nothing was deleted.</summary>
    InUse,

    /// <summary>There is no such image any more.</summary>
    Gone,
}

/// <summary>Deletes an image that no revision, file, snippet, product or kept text uses, so that nothing that was ever published loses one.</summary>
public sealed class DeleteImage(PortalDbContext db, TimeProvider clock)
{
    /// <summary>Deletes it.</summary>
    /// <param name="personId">Who does it.</param>
    public Task<DeleteImageResult> RunAsync(string hash, Guid personId, CancellationToken cancel) => db.InTransactionAsync(
        async () =>
        {
            // Whoever is saving a text that shows it ends first, and is then seen here.
            await db.LockImagesAsync(alone: true, cancel);
            if (await db.Media.Where(m => m.Hash == hash).Select(m => m.Name).SingleOrDefaultAsync(cancel) is not { } name)
            {
                return DeleteImageResult.Gone;
            }

            if ((await MediaUses.ReadAsync(db, hash, cancel)).Any)
            {
                return DeleteImageResult.InUse;
            }

            await db.Media.Where(m => m.Hash == hash).ExecuteDeleteAsync(cancel);
            db.Audit(AuditKind.ImageDeleted, clock.GetUtcNow().UtcDateTime, personId, detail: name);
            return DeleteImageResult.Deleted;
        },
        cancel);
}
