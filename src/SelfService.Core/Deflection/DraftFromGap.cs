using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.Persistence;

namespace SelfService.Core.Deflection;

/// <summary>Begins an article that is missing: with the question as title and the customers' own words as keywords, so that it is found.</summary>
public sealed class DraftFromGap(PortalDbContext db, ArticleRenderer renderer, TimeProvider clock)
{
    private const int MaxTries = 20;
    private const int MaxAttempts = 3;

    /// <summary>Creates the draft.</summary>
    /// <param name="gap">What is missing.</param>
    /// <param name="topic">Slug of a topic that exists.</param>
    /// <param name="body">What the editor finds in it, in the language of the content.</param>
    /// <param name="author">Name of who asked for it.</param>
    /// <returns>Slug of the draft; the one that exists where the gap has one already. Null when there is no such topic.</returns>
    public async Task<string?> RunAsync(Gap gap, string topic, string body, string author, CancellationToken cancel)
    {
        var wanted = Slug.From(gap.Title, "borrador");
        var content = new ArticleContent
        {
            Title = (char.ToUpperInvariant(gap.Title[0]) + gap.Title[1..]).Cut(ArticleContent.TitleMaxLength),
            Category = topic,
            Keywords = [.. gap.Questions.Select(q => q.Cut(ArticleContent.ListItemMaxLength))],
            Status = ArticleStatus.Draft,
            Body = body,
        };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await CreateAsync(content, wanted, author, cancel);
            }
            catch (DbUpdateException exception) when (attempt < MaxAttempts && db.IsDuplicateKey(exception))
            {
                // Somebody else asked for it at the same moment; now it is there.
                db.ChangeTracker.Clear();
            }
        }
    }

    private Task<string?> CreateAsync(ArticleContent content, string wanted, string author, CancellationToken cancel) =>
        db.InTransactionAsync(
            async () =>
            {
                if (await db.Categories.Where(c => c.Slug == content.Category).Select(c => (Guid?)c.Id).SingleOrDefaultAsync(cancel) is not { } category)
                {
                    return null;
                }

                // Asked for twice, it is one.
                var same = await (
                    from a in db.Articles
                    join r in db.Revisions on a.Id equals r.ArticleId
                    where a.Status == ArticleStatus.Draft && r.Number == 1 && r.Title == content.Title && r.Origin == RevisionOrigin.Browser
                    select a.Slug).FirstOrDefaultAsync(cancel);
                if (same is not null)
                {
                    return same;
                }

                var now = clock.GetUtcNow().UtcDateTime;
                var article = new Article { Slug = await FreeAsync(wanted, cancel), CategoryId = category, CreatedAt = now };
                db.Articles.Add(article);
                db.Revisions.Add(article.AddRevision(content, renderer.Render(content.Title, content.Body, NoLinks.Instance), RevisionOrigin.Browser, author, now));
                return (string?)article.Slug;
            },
            cancel);

    private async Task<string> FreeAsync(string wanted, CancellationToken cancel)
    {
        var taken = await db.Articles.Where(a => a.Slug.StartsWith(wanted)).Select(a => a.Slug).ToListAsync(cancel);
        return Enumerable.Range(1, MaxTries).Select(n => n == 1 ? wanted : $"{wanted}-{n}").FirstOrDefault(slug => !taken.Contains(slug)) ?? $"{wanted}-{Guid.NewGuid():N}";
    }

    private sealed class NoLinks : IArticleLinks
    {
        public static readonly NoLinks Instance = new();

        public string? Resolve(string link) => null;

        public LinkedImage? Image(string source) => null;
    }
}
