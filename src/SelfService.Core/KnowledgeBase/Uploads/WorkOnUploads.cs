using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SelfService.Core.Audit;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.People;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase.Uploads;

/// <summary>
/// Looks at archives that were brought, and imports those that were confirmed. Of many nodes one works on each, and says how far it is;
/// when that node dies another begins again, and what had been imported is then unchanged.
/// </summary>
public sealed partial class WorkOnUploads(PortalDbContext db, IServiceScopeFactory scopes, TimeProvider clock, ILogger<WorkOnUploads> logger)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(1);

    /// <summary>Does everything that is to be done now.</summary>
    /// <returns>Number of archives looked at or imported.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        for (var count = 0; ; count++)
        {
            if (await ClaimAsync(cancel) is not { } upload)
            {
                return count;
            }

            await WorkAsync(upload, cancel);
        }
    }

    private static IQueryable<ArticleUpload> Due(IQueryable<ArticleUpload> uploads, DateTime now) => uploads.Where(
        u => u.FinishedAt == null && (u.PlannedAt == null || u.ConfirmedAt != null) && (u.LeaseUntil == null || u.LeaseUntil <= now));

    private async Task<ArticleUpload?> ClaimAsync(CancellationToken cancel)
    {
        var now = Now;
        foreach (var id in await Due(db.ArticleUploads, now).OrderBy(u => u.BroughtAt).Select(u => u.Id).ToListAsync(cancel))
        {
            var until = now + Lease;
            if (await db.InTransactionAsync(() => Due(db.ArticleUploads, now).Where(u => u.Id == id).ExecuteUpdateAsync(set => set.SetProperty(u => u.LeaseUntil, until), cancel), cancel) > 0)
            {
                return await db.ArticleUploads.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancel);
            }
        }

        return null;
    }

    private async Task WorkAsync(ArticleUpload upload, CancellationToken cancel)
    {
        try
        {
            var report = await ReportAsync(upload, cancel);
            await (upload.ConfirmedAt is null ? PlannedAsync(upload, report, cancel) : FinishedAsync(upload, report, cancel));
        }
        catch (Exception exception) when (!cancel.IsCancellationRequested)
        {
            Failed(upload.Id, exception);
            await FinishedAsync(upload, null, cancel);
        }
        finally
        {
            // Also when the portal stops: whoever comes next need not wait.
            await db.InTransactionAsync(() => Row(upload).ExecuteUpdateAsync(set => set.SetProperty(u => u.LeaseUntil, (DateTime?)null), CancellationToken.None), CancellationToken.None);
        }
    }

    private async Task<UploadReport> ReportAsync(ArticleUpload upload, CancellationToken cancel)
    {
        // A scope of its own, because progress is told while it is at work.
        await using var scope = scopes.CreateAsyncScope();
        var import = scope.ServiceProvider.GetRequiredService<ImportArticles>();
        var bringer = new Bringer(await EditorAsync(upload.PersonId, cancel), scope.ServiceProvider.GetRequiredService<EditingRules>());
        using var archive = new ArticleArchive(upload.Bytes);
        var progress = new Newest();
        // Apart, because a database in a file answers without ever waiting.
        var work = Task.Run(() => upload.ConfirmedAt is null ? import.PlanAsync(archive, bringer, progress, cancel) : import.BringAsync(archive, bringer, progress, cancel), cancel);
        try
        {
            while (await Task.WhenAny(work, Task.Delay(TellEvery, cancel)) != work)
            {
                await TellAsync(upload, progress.Value, cancel);
            }
        }
        finally
        {
            // Its database is closed after it, whatever happens here.
            await work;
        }

        return UploadReport.Of(await work, archive.LeftOut);
    }

    // With the rights that she has now.
    private async Task<Editor> EditorAsync(Guid personId, CancellationToken cancel)
    {
        var person = await db.Users.Where(p => p.Id == personId).Select(p => new { p.Name, p.Email }).SingleAsync(cancel);
        var roles = await db.UserRoles.Where(r => r.UserId == personId).Join(db.Roles, r => r.RoleId, r => r.Id, (_, r) => r.Name!).ToListAsync(cancel);
        return roles.Exists(Roles.Editors.Contains)
            ? new Editor(personId, person.Name, EmailAddress.Parse(person.Email) ?? "", roles.Contains(Roles.Admin))
            : throw new InvalidOperationException("She writes articles no more.");
    }

    private Task TellAsync(ArticleUpload upload, ContentProgress progress, CancellationToken cancel)
    {
        var until = Now + Lease;
        return db.InTransactionAsync(
            () => Row(upload).ExecuteUpdateAsync(set => set.SetProperty(u => u.LeaseUntil, until).SetProperty(u => u.Done, progress.Done).SetProperty(u => u.Total, progress.Total), cancel), cancel);
    }

    private Task PlannedAsync(ArticleUpload upload, UploadReport plan, CancellationToken cancel)
    {
        var now = Now;
        return db.InTransactionAsync(() => Row(upload).ExecuteUpdateAsync(set => set.SetProperty(u => u.Plan, plan).SetProperty(u => u.PlannedAt, now), cancel), cancel);
    }

    private Task FinishedAsync(ArticleUpload upload, UploadReport? report, CancellationToken cancel)
    {
        var now = Now;
        return db.InTransactionAsync(
            async () =>
            {
                await Row(upload).ExecuteUpdateAsync(set => set.SetProperty(u => u.Report, report).SetProperty(u => u.FinishedAt, now).SetProperty(u => u.Bytes, Array.Empty<byte>()), cancel);
                if (report is not null)
                {
                    db.Audit(AuditKind.ArticlesImported, now, upload.PersonId, detail: FormattableString.Invariant($"articles {report.Created + report.Updated + report.Conflicts}"));
                }
            },
            cancel);
    }

    private IQueryable<ArticleUpload> Row(ArticleUpload upload) => db.ArticleUploads.Where(u => u.Id == upload.Id);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    [LoggerMessage(Level = LogLevel.Error, Message = "Articles that were brought ({Id}) could not be imported")]
    private partial void Failed(Guid id, Exception exception);

    /// <summary>How far it is.</summary>
    private sealed class Newest : IProgress<ContentProgress>
    {
        private volatile object value = default(ContentProgress);

        public ContentProgress Value => (ContentProgress)value;

        public void Report(ContentProgress value) => this.value = value;
    }
}
