using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase.LiveData;

/// <summary>How saving or deleting a snippet ended.</summary>
public enum SnippetResult
{
    Done,

    /// <summary>There is another one of that key.</summary>
    Taken,

    /// <summary>Somebody changed it since; nothing was overwritten.</summary>
    Overtaken,

    /// <summary>Articles show it; it cannot be deleted.</summary>
    InUse,

    /// <summary>It is not there any more.</summary>
    Gone,
}

/// <summary>An article that shows a figure or a snippet.</summary>
public sealed record FigureUse(string Slug, string Title);

/// <summary>Writes snippets and says where they are shown.</summary>
public sealed class WriteSnippet(PortalDbContext db, TimeProvider clock)
{
    /// <summary>Adds a snippet.</summary>
    /// <param name="key">As <see cref="Slug.From"/> gives it.</param>
    public Task<SnippetResult> AddAsync(string key, string body, Editor author, CancellationToken cancel) => db.RetriedAsync(() => db.InTransactionAsync(
        async () =>
        {
            if (await db.Snippets.AnyAsync(s => s.Key == key, cancel))
            {
                return SnippetResult.Taken;
            }

            await HoldImagesAsync(body, cancel);
            db.Snippets.Add(new Snippet { Key = key, Body = body, Author = author.Name, UpdatedAt = clock.GetUtcNow().UtcDateTime });
            await db.NextAsync(Snippet.ChangeSequence, cancel);
            return SnippetResult.Done;
        },
        cancel));

    /// <summary>Changes a snippet, in every article that shows it.</summary>
    /// <param name="version">What she began from.</param>
    public Task<SnippetResult> SaveAsync(string key, int version, string body, Editor author, CancellationToken cancel) => ChangeAsync(key, version, async snippet =>
    {
        if (snippet.Body != body)
        {
            await HoldImagesAsync(body, cancel);
            (snippet.Body, snippet.Author, snippet.UpdatedAt, snippet.FileHash) = (body, author.Name, clock.GetUtcNow().UtcDateTime, "");
            await db.NextAsync(Snippet.ChangeSequence, cancel);
        }

        return SnippetResult.Done;
    }, cancel);

    /// <summary>Deletes a snippet that no published article and no newest draft shows.</summary>
    public Task<SnippetResult> DeleteAsync(string key, int version, CancellationToken cancel) => ChangeAsync(key, version, async snippet =>
    {
        if ((await UsesAsync(LiveReference.Key(LiveReference.Snippet, key), cancel)).Count > 0)
        {
            return SnippetResult.InUse;
        }

        db.Snippets.Remove(snippet);
        await db.NextAsync(Snippet.ChangeSequence, cancel);
        return SnippetResult.Done;
    }, cancel);

    /// <summary>Articles, not in the trash, that show a figure to readers or in their newest revision.</summary>
    /// <param name="figure">Key as in <see cref="LiveFigures"/>.</param>
    public async Task<IReadOnlyList<FigureUse>> UsesAsync(string figure, CancellationToken cancel)
    {
        var shown = await db.Revisions.Where(r => r.HasFigures).Join(db.Articles.Where(a => a.TrashedAt == null), r => r.ArticleId, a => a.Id, (r, a) => new { a, r })
            .Where(s => s.r.Id == s.a.PublishedRevisionId || s.r.Number == s.a.LatestRevisionNumber)
            .Select(s => new { s.a.Slug, s.r.Number, s.r.Title, s.r.Figures }).ToListAsync(cancel);
        return
        [
            .. shown.Where(s => s.Figures.Any(f => f.Key == figure)).GroupBy(s => s.Slug).Select(g => new FigureUse(g.Key, g.MaxBy(s => s.Number)!.Title))
                .OrderBy(u => u.Title, StringComparer.CurrentCultureIgnoreCase),
        ];
    }

    // An image that is deleted at this moment is not named by what is saved a moment later without anybody knowing: deleting waits, and finds it here.
    private async Task HoldImagesAsync(string body, CancellationToken cancel)
    {
        if (StoredImages.In(body).Any())
        {
            await db.LockImagesAsync(alone: false, cancel);
        }
    }

    private async Task<SnippetResult> ChangeAsync(string key, int version, Func<Snippet, Task<SnippetResult>> change, CancellationToken cancel)
    {
        try
        {
            return await db.InTransactionAsync(
                async () => await db.Snippets.SingleOrDefaultAsync(s => s.Key == key, cancel) switch
                {
                    null => SnippetResult.Gone,
                    { } snippet when snippet.Version != version => SnippetResult.Overtaken,
                    { } snippet => await change(snippet),
                },
                cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return SnippetResult.Overtaken;
        }
    }
}
