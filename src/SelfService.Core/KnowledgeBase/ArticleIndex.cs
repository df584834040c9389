using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase.Variants;
using SelfService.Core.Persistence;
using SelfService.Core.Shortcuts;
using SelfService.Search;

namespace SelfService.Core.KnowledgeBase;

/// <summary>Keeps what is searched at the state of the database, articles and topics, by the number of the last change seen.</summary>
public sealed class ArticleIndex(PortalDbContext db, ISearchEngine engine, ShortcutIndex? shortcuts)
{
    // What is read at once while the whole index is built; larger blocks only cost memory.
    private const int BlockSize = 500;

    /// <summary>Applies every change since the engine's revision.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> FollowAsync(CancellationToken cancel)
    {
        var newest = await db.NewestAsync(Article.ChangeSequence, cancel);
        var seen = engine.Revision;
        // An engine may come with documents of before the start, which are those of now when they have been compared.
        if (newest == seen && (seen > 0 || engine.Count == 0))
        {
            return false;
        }

        // A smaller number than the engine's means that another database was put in place: everything is read again.
        var since = newest < seen ? 0 : seen;
        var changed = new List<SearchDocument>();
        var removed = new List<string>();
        var ids = await db.Articles.Where(a => a.ChangeNumber > since).OrderBy(a => a.Id).Select(a => a.Id).ToListAsync(cancel);
        foreach (var block in ids.Chunk(BlockSize))
        {
            foreach (var row in await RowsAsync(block, cancel))
            {
                if (row.IsLive)
                {
                    changed.Add(row.Document());
                }
                else
                {
                    removed.Add(row.Id.ToString());
                }
            }
        }

        if (shortcuts is not null)
        {
            await shortcuts.FollowAsync(db, cancel);
        }

        engine.Apply(changed, removed, newest);
        return true;
    }

    /// <summary>What is searched of an article as its readers see it; null when they do not.</summary>
    internal async Task<SearchDocument?> DocumentAsync(Guid id, CancellationToken cancel) =>
        (await RowsAsync([id], cancel)).Find(row => row.IsLive)?.Document();

    private async Task<List<Row>> RowsAsync(Guid[] ids, CancellationToken cancel) =>
        await db.Articles.AsNoTracking().Where(a => ids.Contains(a.Id)).OrderBy(a => a.Id)
            .Select(a => new Row(
                a.Id, a.Slug, a.Category.Slug, a.Audience, a.Status == ArticleStatus.Published && a.PublishedRevisionId != null,
                a.Usefulness, a.Readers,
                a.PublishedRevision!.Title, a.PublishedRevision.Summary, a.PublishedRevision.Content, a.PublishedRevision.Sections))
            .ToListAsync(cancel);

    private sealed record Row(
        Guid Id, string Slug, string Topic, Audience Audience, bool IsLive, double Usefulness, string Readers,
        string? Title, string? Summary, ArticleContent? Content, IReadOnlyList<ArticleSection>? Sections)
    {
        public SearchDocument Document() => ArticleDocument.Of(Id, Slug, Topic, Audience, Usefulness, Title!, Summary!, Content!, Sections!) with { Readers = Reader.Codes(Readers) };
    }
}

/// <summary>What is searched of an article.</summary>
internal static class ArticleDocument
{
    public static SearchDocument Of(
        Guid id, string slug, string topic, Audience audience, double usefulness, string title, string summary, ArticleContent content, IReadOnlyList<ArticleSection> sections) => new()
        {
            Id = id.ToString(),
            Title = title,
            Summary = summary,
            Keywords = [.. content.Keywords, .. content.Tags],
            Sections = [.. sections.Select(s => new SearchSection(s.Anchor, s.Heading, s.Text))],
            Topic = topic,
            Url = ArticleAddress.Of(slug),
            Audience = audience,
            Usefulness = usefulness,
        };
}
