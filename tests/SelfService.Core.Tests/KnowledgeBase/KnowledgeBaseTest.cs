using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tests.KnowledgeBase;

/// <summary>A database and a content folder of its own for each test, and the operations on them.</summary>
public abstract class KnowledgeBaseTest : IAsyncLifetime
{
    protected static readonly CancellationToken NoCancel = CancellationToken.None;

    protected TestFolder Folder { get; } = new();

    protected FakeClock Clock { get; } = new();

    protected TestDatabase Database { get; private set; } = null!;

    public async Task InitializeAsync() => Database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync()
    {
        await Database.DisposeAsync();
        Folder.Dispose();
    }

    /// <summary>Writes an article file and imports nothing yet.</summary>
    protected TestFolder Write(string path, string body, string head = "") =>
        Folder.Write("articles/" + path, $"---\ntitle: {Path.GetFileNameWithoutExtension(path).ToUpperInvariant()}\n{head}{(head.Length > 0 ? "\n" : "")}---\n\n{body}\n");

    protected Task<ImportReport> ImportAsync() => ImportAsync(Database, Folder.Root);

    protected async Task<ImportReport> ImportAsync(TestDatabase database, string folder, IProgress<ContentProgress>? progress = null)
    {
        await using var db = database.Open();
        return await new ImportArticles(db, new ArticleRenderer(TestWords.Spanish), Clock).RunAsync(folder, progress, NoCancel);
    }

    protected async Task<Article> ArticleAsync(string slug)
    {
        await using var db = Database.Open();
        return await db.Articles.Include(a => a.PublishedRevision).Include(a => a.Category).SingleAsync(a => a.Slug == slug);
    }

    protected async Task<T> InAsync<T>(Func<PortalDbContext, Task<T>> ask)
    {
        await using var db = Database.Open();
        return await ask(db);
    }

    /// <summary>What an editor does in the browser: a new revision, published at once.</summary>
    protected async Task EditAsync(string slug, string body)
    {
        await using var db = Database.Open();
        await db.InTransactionAsync(async () =>
        {
            var article = await db.Articles.Include(a => a.PublishedRevision).SingleAsync(a => a.Slug == slug);
            var content = article.PublishedRevision!.FullContent with { Body = body };
            var rendered = new ArticleRenderer(TestWords.Spanish).Render(content.Title, body, new Rendering.SomeLinks());
            var revision = article.AddRevision(content, rendered, RevisionOrigin.Browser, "Eva", Clock.Now);
            db.Revisions.Add(revision);
            await db.SaveChangesAsync(NoCancel);
            article.Publish(revision, Clock.Now);
            article.ChangeNumber = await db.NextAsync(Article.ChangeSequence, NoCancel);
        }, NoCancel);
    }
}

/// <summary>A clock that stands still until it is told otherwise.</summary>
public sealed class FakeClock : TimeProvider
{
    public DateTime Now { get; set; } = new(2026, 11, 20, 12, 0, 0, DateTimeKind.Utc);

    public override DateTimeOffset GetUtcNow() => new(Now);
}
