using Microsoft.EntityFrameworkCore;
using SelfService.Core.Journeys;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase;

/// <summary>
/// Decides what the votes prove of every article. A vote counts while it is known that its visitor has read the article (as long as
/// steps are kept), and one visitor has one vote. A script that takes a new cookie for every vote gets as many votes as its network
/// may cast, 1 800 an hour by default: enough to prove what it likes. What it gains is a twentieth of the score, and only of the
/// article it votes on.
/// </summary>
public sealed class ProveUsefulness(PortalDbContext db)
{
    /// <summary>Decides again. What changed takes a number of the sequence, so that every index follows.</summary>
    /// <returns>Number of articles that changed.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var votes = await (
            from v in db.ArticleVotes
            join a in db.Articles on v.ArticleId equals a.Id
            where db.VisitSteps.Any(s => s.VisitorId == v.VisitorId && s.Kind == VisitStepKind.Read && s.Subject == a.Slug)
            group v by v.ArticleId into g
            select new { Id = g.Key, Helpful = g.Count(v => v.Helpful), All = g.Count() }).ToDictionaryAsync(v => v.Id, cancel);
        var articles = await db.Articles.Select(a => new { a.Id, a.Usefulness }).ToListAsync(cancel);
        var changed = articles
            .Select(a => (a.Id, Before: a.Usefulness, Now: votes.GetValueOrDefault(a.Id) is { } v ? Usefulness.Of(v.Helpful, v.All) : 0))
            .Where(a => a.Now != a.Before).ToList();
        if (changed.Count == 0)
        {
            return 0;
        }

        await db.InTransactionAsync(
            async () =>
            {
                var change = await db.NextAsync(Article.ChangeSequence, cancel);
                foreach (var (id, _, now) in changed)
                {
                    await db.Articles.Where(a => a.Id == id)
                        .ExecuteUpdateAsync(set => set.SetProperty(a => a.Usefulness, now).SetProperty(a => a.ChangeNumber, change), cancel);
                }
            },
            cancel);
        return changed.Count;
    }
}
