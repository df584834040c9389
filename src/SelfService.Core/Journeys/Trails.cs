using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Journeys;

/// <summary>What a visitor searched and read before asking, so that nobody has to tell it again.</summary>
public sealed class Trails(PortalDbContext db)
{
    private const int MaxSteps = 20;

    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <summary>The last steps of the visitor's day, oldest first; each article and each search once.</summary>
    /// <param name="visitorId">The browser; null for who has none.</param>
    /// <param name="now">UTC.</param>
    public async Task<IReadOnlyList<TrailStep>> OfAsync(Guid? visitorId, DateTime now, CancellationToken cancel)
    {
        if (visitorId is null)
        {
            return [];
        }

        var since = now - Window;
        var steps = await db.VisitSteps.AsNoTracking()
            .Where(s => s.VisitorId == visitorId && s.At >= since && (s.Kind == VisitStepKind.Searched || s.Kind == VisitStepKind.Read))
            .OrderByDescending(s => s.At).Take(4 * MaxSteps).ToListAsync(cancel);
        if (steps.Count == 0)
        {
            return [];
        }

        var recent = steps.DistinctBy(s => (s.Kind, s.Subject)).Take(MaxSteps).Reverse().ToList();
        var slugs = recent.Where(s => s.Kind == VisitStepKind.Read).Select(s => s.Subject).ToList();
        var titles = await db.Articles.Where(a => slugs.Contains(a.Slug) && a.PublishedRevision != null).Select(a => new { a.Slug, a.PublishedRevision!.Title }).ToDictionaryAsync(a => a.Slug, a => a.Title, cancel);
        return
        [
            .. recent.Select(s => s.Kind == VisitStepKind.Searched
                ? new TrailStep("search", s.Subject, $"/buscar?q={Uri.EscapeDataString(s.Subject)}", s.At)
                : new TrailStep("article", titles.GetValueOrDefault(s.Subject, s.Subject), ArticleAddress.Of(s.Subject), s.At)),
        ];
    }
}
