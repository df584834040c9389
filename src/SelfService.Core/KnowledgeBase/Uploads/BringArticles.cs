using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.KnowledgeBase.Uploads;

/// <summary>An upload without its archive.</summary>
/// <param name="Plan"><see cref="ArticleUpload.Plan"/>.</param>
/// <param name="Report"><see cref="ArticleUpload.Report"/>.</param>
public sealed record BroughtArchive(
    Guid Id, string FileName, DateTime BroughtAt, DateTime? PlannedAt, DateTime? ConfirmedAt, DateTime? FinishedAt, int Done, int Total, UploadReport? Plan, UploadReport? Report)
{
    /// <summary>Whether it is being looked at or imported, or is about to be.</summary>
    public bool IsAtWork => FinishedAt is null && (PlannedAt is null || ConfirmedAt is not null);
}

/// <summary>Takes archives of articles, and what their bringer decides about them. Nobody sees those of others.</summary>
public sealed class BringArticles(PortalDbContext db, TimeProvider clock)
{
    /// <summary>Keeps an archive that can be used, once for each key; the key is its id.</summary>
    /// <exception cref="ArchiveException">It is not taken; nothing is kept.</exception>
    public async Task RunAsync(Guid key, string fileName, byte[] bytes, Guid personId, CancellationToken cancel)
    {
        new ArticleArchive(bytes).Dispose();
        if (await db.ArticleUploads.AnyAsync(u => u.Id == key, cancel))
        {
            return;
        }

        db.ArticleUploads.Add(new ArticleUpload { Id = key, FileName = PlainText.Line(fileName).Cut(ArticleUpload.FileNameMaxLength), Bytes = bytes, PersonId = personId, BroughtAt = Now });
        // The same form may come twice at the same moment.
        await db.SaveOnceAsync(cancel);
    }

    /// <summary>An archive of hers; null when there is none.</summary>
    public Task<BroughtArchive?> FindAsync(Guid id, Guid personId, CancellationToken cancel) => Seen(Hers(id, personId)).SingleOrDefaultAsync(cancel);

    /// <summary>Her newest archives.</summary>
    public async Task<IReadOnlyList<BroughtArchive>> NewestAsync(Guid personId, int count, CancellationToken cancel) =>
        await Seen(db.ArticleUploads.Where(u => u.PersonId == personId).OrderByDescending(u => u.BroughtAt).ThenBy(u => u.Id).Take(count)).ToListAsync(cancel);

    /// <summary>Says that it is to be imported; again, it changes nothing.</summary>
    public Task ConfirmAsync(Guid id, Guid personId, CancellationToken cancel)
    {
        var now = Now;
        return db.InTransactionAsync(
            () => Hers(id, personId).Where(u => u.PlannedAt != null && u.ConfirmedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.ConfirmedAt, now).SetProperty(u => u.Done, 0), cancel),
            cancel);
    }

    /// <summary>Forgets one that is not being imported.</summary>
    public Task DropAsync(Guid id, Guid personId, CancellationToken cancel) =>
        db.InTransactionAsync(() => Hers(id, personId).Where(u => u.ConfirmedAt == null || u.FinishedAt != null).ExecuteDeleteAsync(cancel), cancel);

    /// <summary>Forgets what was brought long ago: what it changed is in the history of the articles.</summary>
    /// <returns>How many.</returns>
    public Task<int> ForgetAsync(CancellationToken cancel)
    {
        var oldest = Now - ArticleUpload.Lifetime;
        return db.InTransactionAsync(() => db.ArticleUploads.Where(u => u.BroughtAt <= oldest).ExecuteDeleteAsync(cancel), cancel);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private IQueryable<ArticleUpload> Hers(Guid id, Guid personId) => db.ArticleUploads.Where(u => u.Id == id && u.PersonId == personId);

    private static IQueryable<BroughtArchive> Seen(IQueryable<ArticleUpload> uploads) => uploads.AsNoTracking()
        .Select(u => new BroughtArchive(u.Id, u.FileName, u.BroughtAt, u.PlannedAt, u.ConfirmedAt, u.FinishedAt, u.Done, u.Total, u.Plan, u.Report));
}
