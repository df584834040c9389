using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase.Editing;

/// <summary>Which articles an editor looks at.</summary>
public enum EditorView
{
    All,

    /// <summary>With a newest revision that readers do not see and nobody was asked to read.</summary>
    Writing,
    InReview,
    Approved,
    Scheduled,
    Published,

    /// <summary>Published, and the date has passed by which somebody was to check it.</summary>
    Stale,

    /// <summary>Published; those first that were read in vain most often of late.</summary>
    Harmful,
    Archived,
    Trash,
}

/// <summary>An article as an editor sees it in a list.</summary>
/// <param name="Title">Of the newest revision.</param>
/// <param name="HasDraft">Whether readers do not see the newest revision.</param>
/// <param name="SavedAt">When the newest revision was saved, UTC.</param>
/// <param name="InVain">Readings of the last weeks that ended in a contact, or without an answer.</param>
public sealed record EditedRow(
    string Slug, string Title, string Topic, ArticleStatus Status, ReviewStage Stage, bool HasDraft, DateTime? PublishAt, DateTime? ReviewBy, DateTime SavedAt, string Author, DateTime? TrashedAt, int InVain);

/// <summary>An article with its newest revision, as it is edited.</summary>
/// <param name="PublishedNumber">The revision that readers see; null where they see none.</param>
/// <param name="SourceNumber">Number of the ticket it began with.</param>
public sealed record EditedArticle(Article Article, Revision Latest, int? PublishedNumber, string? SourceNumber)
{
    /// <summary>Whether readers see the newest revision.</summary>
    public bool IsPublished => Article.Status == ArticleStatus.Published && PublishedNumber == Latest.Number;
}

/// <summary>A topic to choose, with articles or without.</summary>
public sealed record TopicName(string Slug, string Title);

/// <summary>What editors ask of the knowledge base.</summary>
public static class EditorQueries
{
    private const int HarmDays = 28;
    private const int HarmWindow = 72;

    /// <summary>Every topic, in the order of the site.</summary>
    public static async Task<IReadOnlyList<TopicName>> TopicNamesAsync(this PortalDbContext db, CancellationToken cancel) =>
        await db.Categories.AsNoTracking().OrderBy(c => c.Position).ThenBy(c => c.Title).Select(c => new TopicName(c.Slug, c.Title)).ToListAsync(cancel);

    /// <summary>A page of articles.</summary>
    /// <param name="topic">Slug of a topic; null for all.</param>
    /// <param name="query">Words of the title; null for all.</param>
    /// <param name="now">UTC.</param>
    public static async Task<Page<EditedRow>> EditedAsync(
        this PortalDbContext db, EditorView view, string? topic, string? query, DateTime now, int page, int size, CancellationToken cancel)
    {
        var since = LocalDate.FromDateTime(now.AddDays(-HarmDays));
        var articles = In(db.Articles.AsNoTracking(), view, now).Where(a => topic == null || a.Category.Slug == topic);
        var rows =
            from a in articles
            join r in db.Revisions on new { a.Id, Number = a.LatestRevisionNumber } equals new { Id = r.ArticleId, r.Number }
            select new
            {
                a.Slug,
                r.Title,
                Topic = a.Category.Title,
                a.Status,
                a.Stage,
                HasDraft = a.Status != ArticleStatus.Published || a.PublishedRevisionId != r.Id,
                a.PublishAt,
                a.ReviewBy,
                r.CreatedAt,
                r.Author,
                a.TrashedAt,
                InVain = db.ArticleDays.Where(d => d.Slug == a.Slug && d.WindowHours == HarmWindow && d.Day >= since).Sum(d => (int?)(d.Contact + d.Abandoned)) ?? 0,
            };
        if (!string.IsNullOrEmpty(query))
        {
            // The address holds the title without accents and in small letters.
            var (words, slug) = (query, Slug.From(query, ""));
            rows = rows.Where(r => r.Title.Contains(words) || (slug != "" && r.Slug.Contains(slug)));
        }

        if (view is EditorView.Writing or EditorView.InReview or EditorView.Approved)
        {
            rows = rows.Where(r => r.HasDraft);
        }

        if (view == EditorView.Harmful)
        {
            rows = rows.Where(r => r.InVain > 0);
        }

        var total = await rows.CountAsync(cancel);
        var ordered = view switch
        {
            EditorView.Harmful => rows.OrderByDescending(r => r.InVain).ThenBy(r => r.Slug),
            EditorView.Stale => rows.OrderBy(r => r.ReviewBy).ThenBy(r => r.Slug),
            EditorView.Scheduled => rows.OrderBy(r => r.PublishAt).ThenBy(r => r.Slug),
            _ => rows.OrderByDescending(r => r.CreatedAt).ThenBy(r => r.Slug),
        };
        var items = await ordered.Skip((page - 1) * size).Take(size).ToListAsync(cancel);
        return new Page<EditedRow>(
            [.. items.Select(r => new EditedRow(r.Slug, r.Title, r.Topic, r.Status, r.Stage, r.HasDraft, r.PublishAt, r.ReviewBy, r.CreatedAt, r.Author, r.TrashedAt, r.InVain))],
            page, size, total);
    }

    /// <summary>One article with its newest revision; null when there is none.</summary>
    public static async Task<EditedArticle?> EditedAsync(this PortalDbContext db, string slug, CancellationToken cancel)
    {
        var found = await (
            from a in db.Articles.AsNoTracking().Include(a => a.Category).Where(a => a.Slug == slug)
            join r in db.Revisions.AsNoTracking() on new { a.Id, Number = a.LatestRevisionNumber } equals new { Id = r.ArticleId, r.Number }
            select new { Article = a, Latest = r, Published = a.PublishedRevision == null ? (int?)null : a.PublishedRevision.Number, Source = db.Tickets.Where(t => t.Id == a.SourceTicketId).Select(t => t.Number).FirstOrDefault() }).SingleOrDefaultAsync(cancel);
        return found is null ? null : new EditedArticle(found.Article, found.Latest, found.Published, found.Source);
    }

    private static IQueryable<Article> In(IQueryable<Article> articles, EditorView view, DateTime now)
    {
        var kept = view == EditorView.Trash ? articles.Where(a => a.TrashedAt != null) : articles.Where(a => a.TrashedAt == null);
        return view switch
        {
            EditorView.Writing => kept.Where(a => a.Stage == ReviewStage.Writing && a.Status != ArticleStatus.Archived && a.PublishAt == null),
            EditorView.InReview => kept.Where(a => a.Stage == ReviewStage.InReview && a.Status != ArticleStatus.Archived),
            EditorView.Approved => kept.Where(a => a.Stage == ReviewStage.Approved && a.Status != ArticleStatus.Archived && a.PublishAt == null),
            EditorView.Scheduled => kept.Where(a => a.PublishAt != null),
            EditorView.Published or EditorView.Harmful => kept.Where(a => a.Status == ArticleStatus.Published),
            EditorView.Stale => kept.Where(a => a.Status == ArticleStatus.Published && a.ReviewBy <= now),
            EditorView.Archived => kept.Where(a => a.Status == ArticleStatus.Archived),
            _ => kept,
        };
    }
}
