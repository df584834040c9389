using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Appointments.Waiting;
using SelfService.Core.Company;
using SelfService.Core.Journeys;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Deflection;

/// <summary>
/// Decides what the views of articles came to, day by day, once a window has passed. A day is added up whole in one transaction, so that
/// it can be done again at any time: after a crash, and when a browser turned out later to be somebody known.
/// </summary>
public sealed class CloseDays(PortalDbContext db, CompanyProfile company, TimeProvider clock)
{
    // Links older than this were looked at by many runs before.
    private static readonly TimeSpan LinksLookedAt = TimeSpan.FromDays(8);

    /// <summary>Closes every day that is due, the oldest first.</summary>
    /// <returns>Number of days and windows that were decided.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (await db.VisitSteps.OrderBy(s => s.At).Select(s => (DateTime?)s.At).FirstOrDefaultAsync(cancel) is not { } first)
        {
            return 0;
        }

        var closed = await db.ClosedDays.AsNoTracking().ToDictionaryAsync(c => (c.Day, c.WindowHours), c => c.ClosedAt, cancel);
        var linked = await LinkedSinceAsync(now - LinksLookedAt, cancel);
        var count = 0;
        foreach (var window in ViewOutcomes.Windows)
        {
            for (var day = DayOf(first); Bounds(day).To + window <= now; day = day.PlusDays(1))
            {
                // Of a day whose steps are being forgotten the sum stays as it is.
                var isLater = linked.TryGetValue(day, out var known) && Bounds(day).From > now.AddMonths(-ForgetSteps.MonthsKept);
                var isDone = closed.TryGetValue((day, (int)window.TotalHours), out var at) && !(isLater && known > at);
                if (!isDone)
                {
                    await CloseAsync(day, window, now, cancel);
                    count++;
                }
            }
        }

        return count;
    }

    /// <summary>What the views of one day came to.</summary>
    public async Task<IReadOnlyList<ArticleDay>> DecideAsync(LocalDate day, TimeSpan window, CancellationToken cancel)
    {
        var (from, to) = Bounds(day);
        var acts = await ActsAsync(from, to, window, cancel);
        var links = (await Readers(from, to).Join(db.VisitorLinks, visitor => visitor, l => l.VisitorId, (_, l) => l.VisitorId).Distinct().ToListAsync(cancel)).ToHashSet();
        var days = new Dictionary<string, ArticleDay>();
        ArticleDay Of(string slug) => days.TryGetValue(slug, out var known) ? known : days[slug] = new ArticleDay { Day = day, WindowHours = (int)window.TotalHours, Slug = slug };

        var reading = db.VisitSteps.AsNoTracking().Where(s => (s.Kind == VisitStepKind.Read || s.Kind == VisitStepKind.Engaged) && s.At >= from && s.At < to);
        foreach (var stranger in await reading.Where(s => s.VisitorId == null).GroupBy(s => s.Subject).Select(g => new { Slug = g.Key, Count = g.Count() }).ToListAsync(cancel))
        {
            (Of(stranger.Slug).Views, Of(stranger.Slug).Unknown) = (stranger.Count, stranger.Count);
        }

        var steps = await reading.Where(s => s.VisitorId != null).Select(s => new { VisitorId = s.VisitorId!.Value, s.Subject, s.Kind, s.At }).ToListAsync(cancel);
        foreach (var pages in steps.GroupBy(s => (s.VisitorId, s.Subject)))
        {
            var (sum, hers) = (Of(pages.Key.Subject), acts[pages.Key.VisitorId].ToList());
            var views = Views([.. pages.Where(p => p.Kind == VisitStepKind.Read).Select(p => p.At).Order()]);
            var engaged = pages.Where(p => p.Kind == VisitStepKind.Engaged).Select(p => p.At).ToList();
            var (contacts, counted) = (0, 0);
            for (var i = 0; i < views.Count; i++)
            {
                var next = i + 1 < views.Count ? views[i + 1] : DateTime.MaxValue;
                var outcome = ViewOutcomes.Decide(sum.Slug, views[i], hers, window);
                sum.Views++;
                sum.Engaged += engaged.Exists(at => at >= views[i] && at < next) ? 1 : 0;
                sum.Linked += links.Contains(pages.Key.VisitorId) ? 1 : 0;
                sum.Add(outcome);
                contacts += outcome == ViewOutcome.Contact ? 1 : 0;
                counted += outcome == ViewOutcome.AfterContact ? 0 : 1;
            }

            sum.Visitors += counted > 0 ? 1 : 0;
            sum.ContactSquared += contacts * contacts;
            sum.CountedSquared += counted * counted;
            sum.Products += contacts * counted;
        }

        return [.. days.Values.Where(d => d.Views > 0).OrderBy(d => d.Slug, StringComparer.Ordinal)];
    }

    /// <summary>Views of one page by one visitor: what follows within half a minute is the same.</summary>
    internal static IReadOnlyList<DateTime> Views(IReadOnlyList<DateTime> times)
    {
        var views = new List<DateTime>();
        foreach (var at in times)
        {
            if (views.Count == 0 || at - views[^1] >= ViewOutcomes.SameView)
            {
                views.Add(at);
            }
        }

        return views;
    }

    private async Task CloseAsync(LocalDate day, TimeSpan window, DateTime now, CancellationToken cancel)
    {
        var hours = (int)window.TotalHours;
        var decided = await DecideAsync(day, window, cancel);
        db.ChangeTracker.Clear();
        try
        {
            await db.InTransactionAsync(
                async () =>
                {
                    await db.ArticleDays.Where(d => d.Day == day && d.WindowHours == hours).ExecuteDeleteAsync(cancel);
                    await db.ClosedDays.Where(d => d.Day == day && d.WindowHours == hours).ExecuteDeleteAsync(cancel);
                    db.ArticleDays.AddRange(decided);
                    db.ClosedDays.Add(new ClosedDay { Day = day, WindowHours = hours, ClosedAt = now });
                },
                cancel);
        }
        catch (DbUpdateException exception) when (db.IsDuplicateKey(exception))
        {
            // Another node has closed it at the same moment.
            db.ChangeTracker.Clear();
        }
    }

    // Days on which somebody read who turned out later to be known, with the moment of the newest link.
    private async Task<Dictionary<LocalDate, DateTime>> LinkedSinceAsync(DateTime since, CancellationToken cancel)
    {
        var found = await (
            from l in db.VisitorLinks.Where(l => l.At >= since)
            join s in db.VisitSteps.Where(s => s.Kind == VisitStepKind.Read) on l.VisitorId equals s.VisitorId
            select new { s.At, Linked = l.At }).ToListAsync(cancel);
        return found.GroupBy(f => DayOf(f.At)).ToDictionary(g => g.Key, g => g.Max(f => f.Linked));
    }

    private IQueryable<Guid> Readers(DateTime from, DateTime to) =>
        db.VisitSteps.Where(s => s.Kind == VisitStepKind.Read && s.At >= from && s.At < to && s.VisitorId != null).Select(s => s.VisitorId!.Value).Distinct();

    // Everything that decides the views of a day, by visitor.
    private async Task<ILookup<Guid, Act>> ActsAsync(DateTime start, DateTime end, TimeSpan window, CancellationToken cancel)
    {
        var (earliest, latest) = (start - ViewOutcomes.EarlierContact, end + window);
        var readers = Readers(start, end);
        var said = await (
            from v in db.ArticleVotes.Where(v => v.VotedAt > start && v.VotedAt <= latest && readers.Contains(v.VisitorId))
            join a in db.Articles on v.ArticleId equals a.Id
            select new { v.VisitorId, v.Helpful, a.Slug, v.VotedAt }).ToListAsync(cancel);
        var did = await db.VisitSteps.AsNoTracking()
            .Where(s => s.At > start && s.At <= latest && (s.Kind == VisitStepKind.SolvedByArticle || (s.Kind == VisitStepKind.Searched && s.Hits == 0)) && s.VisitorId != null && readers.Contains(s.VisitorId.Value))
            .Select(s => new { VisitorId = s.VisitorId!.Value, s.Kind, s.Subject, s.At }).ToListAsync(cancel);
        var wrote = await (
            from l in db.VisitorLinks.Where(l => readers.Contains(l.VisitorId))
            join t in db.Tickets.Where(t => t.OpenedAt > earliest && t.OpenedAt <= latest) on l.CustomerId equals t.CustomerId
            // Whoever still waits for an hour has booked nothing.
            where !db.WaitingEntries.Any(w => w.TicketId == t.Id && w.Status != WaitingStatus.Served)
            select new { l.VisitorId, t.Id, t.Kind, t.Channel, t.OpenedAt }).Distinct().ToListAsync(cancel);
        return said.Select(v => (v.VisitorId, Act: new Act(v.Helpful ? ActKind.Helped : ActKind.DidNotHelp, v.Slug, v.VotedAt)))
            .Concat(did.Select(s => (s.VisitorId, Act: new Act(s.Kind == VisitStepKind.Searched ? ActKind.SearchedInVain : ActKind.Helped, s.Kind == VisitStepKind.Searched ? "" : s.Subject, s.At))))
            // Who orders or books by telephone had to call.
            .Concat(wrote.Select(t => (t.VisitorId, Act: new Act(t.Kind == TicketKind.Request || t.Channel != Channel.Portal ? ActKind.Wrote : ActKind.ServedHerself, "", t.OpenedAt))))
            .ToLookup(a => a.VisitorId, a => a.Act);
    }

    private LocalDate DayOf(DateTime utc) => Instant.FromDateTimeUtc(utc).InZone(company.TimeZone).Date;

    private (DateTime From, DateTime To) Bounds(LocalDate day) =>
        (company.TimeZone.AtStartOfDay(day).ToDateTimeUtc(), company.TimeZone.AtStartOfDay(day.PlusDays(1)).ToDateTimeUtc());
}
