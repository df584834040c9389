using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Jobs;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.Mail;
using SelfService.Core.Persistence;
using SelfService.Core.Persistence.Backups;
using SelfService.Search;
using SelfService.Web.Startup;

namespace SelfService.Web.Operations;

/// <summary>How the database answers.</summary>
/// <param name="Took">Time of one small question.</param>
public sealed record DatabaseState(DatabaseKind Kind, string Version, TimeSpan Took);

/// <summary>What is found, and how far behind it is.</summary>
/// <param name="Behind">Changes that this node cannot find yet.</param>
public sealed record SearchState(int Documents, long Behind);

/// <summary>How mail leaves.</summary>
/// <param name="HasServer">False while mails are files.</param>
/// <param name="LastSentAt">When one was last handed over.</param>
/// <param name="LastError">Of the mail that failed last and has not left since.</param>
public sealed record MailState(bool HasServer, JobHealth Health, DateTime? LastSentAt, string LastError);

/// <summary>Backups that are made without anybody asking.</summary>
/// <param name="LastAt">The last one; null when there is none, or none are wanted.</param>
public sealed record BackupState(bool AreWanted, DateTime? LastAt, bool IsLate);

/// <summary>Every part of the portal as it stands at this moment, on this node.</summary>
public sealed class PortalState(
    PortalDbContext db, DatabaseSettings database, ISearchEngine engine, ScheduledBackups backups, BackupPlan plan, ContentImporter importer, SelfServiceOptions options, TimeProvider clock)
{
    /// <summary>Less free space than this needs somebody.</summary>
    public const long EnoughDiskBytes = 1L << 30;

    /// <summary>The moment everything was looked at.</summary>
    public DateTime Now { get; } = clock.GetUtcNow().UtcDateTime;

    public DatabaseState Database { get; private set; } = new(database.Kind, "", TimeSpan.Zero);

    public SearchState Search { get; private set; } = new(0, 0);

    public JobHealth Jobs { get; private set; } = new(0, 0, null);

    public MailState Mail { get; private set; } = new(options.Mail.HasServer, new JobHealth(0, 0, null), null, "");

    public BackupState Backups { get; private set; } = new(false, null, false);

    /// <summary>What the last import of the content folder left out; null when there was none since the start.</summary>
    public ImportedContent? Content => importer.Last;

    /// <summary>Whether the content folder is there.</summary>
    public bool HasContentFolder { get; } = Directory.Exists(options.ContentDirectory);

    /// <summary>Free bytes where the data folder is.</summary>
    public long FreeBytes { get; } = new DriveInfo(options.DataDirectory).AvailableFreeSpace;

    /// <summary>Looks at everything.</summary>
    public async Task LookAsync(CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        var newest = await db.NewestAsync(Article.ChangeSequence, cancel);
        var took = Stopwatch.GetElapsedTime(started);
        await db.Database.OpenConnectionAsync(cancel);
        Database = new DatabaseState(database.Kind, db.Database.GetDbConnection().ServerVersion, took);
        await db.Database.CloseConnectionAsync();
        Search = new SearchState(engine.Count, Math.Max(0, newest - engine.Revision));
        Jobs = await db.Jobs.HealthAsync(Now, cancel);
        var mails = db.Jobs.Where(j => j.Kind == MailRequest.JobKind);
        Mail = new MailState(
            options.Mail.HasServer,
            await mails.HealthAsync(Now, cancel),
            await mails.MaxAsync(j => j.FinishedAt, cancel),
            await mails.Where(j => j.State != JobState.Done && j.LastError != "").OrderByDescending(j => j.CreatedAt).Select(j => j.LastError).FirstOrDefaultAsync(cancel) ?? "");
        var last = backups.LastAt();
        // One that takes its time is not late yet.
        Backups = new BackupState(plan.Directory.Length > 0, last, plan.Directory.Length > 0 && !(Now - last <= plan.Every + (plan.Every / 4)));
    }
}
