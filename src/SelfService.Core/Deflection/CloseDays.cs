using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Company;
using SelfService.Core.Journeys;
using SelfService.Core.Persistence;
using SelfService.Search;

namespace SelfService.Core.Deflection;

/// <summary>What came of one day within one window.</summary>
public sealed record DayDecision(
    VisitDay Visits, IReadOnlyList<ArticleDay> Articles, IReadOnlyList<SearchDay> Searches, IReadOnlyList<FoundDay> Found, IReadOnlyList<FormDay> Forms, IReadOnlyList<ExperimentDay> Experiments);

/// <summary>
/// Decides what visitors came to, day by day, once a window has passed. A day is added up whole in one transaction, so that it can be
/// done again at any time: after a crash, and when a browser turned out later to be somebody known.
/// </summary>
public sealed class CloseDays(PortalDbContext db, CompanyProfile company, SearchLanguage language, TimeProvider clock)
{
    // Links older than this were looked at by many runs before.
    private static readonly TimeSpan LinksLookedAt = TimeSpan.FromDays(8);

    /// <summary>Closes every day that is due, the oldest first.</summary>
    /// <returns>Number of days and windows that were decided.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        await db.SortInAsync(most: null, cancel);
        var now = clock.GetUtcNow().UtcDateTime;
        if (await db.VisitSteps.OrderBy(s => s.At).Select(s => (DateTime?)s.At).FirstOrDefaultAsync(cancel) is not { } first)
        {
            return 0;
        }

        var closed = await db.ClosedDays.AsNoTracking().ToDictionaryAsync(c => (c.Day, c.WindowHours), c => c.ClosedAt, cancel);
        var linked = await LinkedSinceAsync(now - LinksLookedAt, cancel);
        var count = 0;
        for (var day = DayOf(first); Bounds(day).To + ViewOutcomes.Windows[0] <= now; day = day.PlusDays(1))
        {
            // Of a day whose steps are being forgotten the sum stays as it is.
            var isLater = linked.TryGetValue(day, out var known) && Bounds(day).From > now.AddMonths(-ForgetSteps.MonthsKept);
            var due = ViewOutcomes.Windows.Where(window =>
                Bounds(day).To + window <= now && !(closed.TryGetValue((day, (int)window.TotalHours), out var at) && !(isLater && known > at))).ToList();
            if (due.Count > 0)
            {
                await CloseAsync(day, due, now, cancel);
                count += due.Count;
            }
        }

        return count;
    }

    /// <summary>What came of one day.</summary>
    public async Task<DayDecision> DecideAsync(LocalDate day, TimeSpan window, CancellationToken cancel) => Decide(await ReadAsync(day, window, cancel));

    private Task<DayLog> ReadAsync(LocalDate day, TimeSpan window, CancellationToken cancel)
    {
        var (from, to) = Bounds(day);
        return DayLog.ReadAsync(db, day, from, to, window, language, cancel);
    }

    private static DayDecision Decide(DayLog log) => new(VisitDay.Of(log), ArticleDay.Of(log), SearchDay.Of(log), FoundDay.Of(log), FormDay.Of(log), ExperimentDay.Of(log));

    // What is read for the longest window holds what the shorter ones need.
    private async Task CloseAsync(LocalDate day, IReadOnlyList<TimeSpan> windows, DateTime now, CancellationToken cancel)
    {
        var log = await ReadAsync(day, windows.Max(), cancel);
        foreach (var window in windows)
        {
            await StoreAsync(day, (int)window.TotalHours, Decide(log.Within(window)), now, cancel);
        }
    }

    private async Task StoreAsync(LocalDate day, int hours, DayDecision decided, DateTime now, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        try
        {
            await db.InTransactionAsync(
                async () =>
                {
                    await db.ClosedDays.Where(d => d.Day == day && d.WindowHours == hours).ExecuteDeleteAsync(cancel);
                    await ReplaceAsync(day, hours, [decided.Visits], cancel);
                    await ReplaceAsync(day, hours, decided.Articles, cancel);
                    await ReplaceAsync(day, hours, decided.Searches, cancel);
                    await ReplaceAsync(day, hours, decided.Found, cancel);
                    await ReplaceAsync(day, hours, decided.Forms, cancel);
                    await ReplaceAsync(day, hours, decided.Experiments, cancel);
                    db.ClosedDays.Add(new ClosedDay { Day = day, WindowHours = hours, ClosedAt = now });
                },
                cancel);
        }
        catch (DbUpdateException exception) when (db.IsDuplicateKey(exception))
        {
            // Another node has closed it at the same moment.
        }

        db.ChangeTracker.Clear();
    }

    private async Task ReplaceAsync<T>(LocalDate day, int hours, IReadOnlyList<T> sums, CancellationToken cancel)
        where T : DaySum
    {
        await db.Set<T>().Where(d => d.Day == day && d.WindowHours == hours).ExecuteDeleteAsync(cancel);
        db.AddRange(sums);
    }

    // Days on which somebody was here who turned out later to be known, with the moment of the newest link.
    private async Task<Dictionary<LocalDate, DateTime>> LinkedSinceAsync(DateTime since, CancellationToken cancel)
    {
        var found = await (
            from l in db.VisitorLinks.Where(l => l.At >= since)
            join s in db.VisitSteps on l.VisitorId equals s.VisitorId
            select new { s.At, Linked = l.At }).ToListAsync(cancel);
        return found.GroupBy(f => DayOf(f.At)).ToDictionary(g => g.Key, g => g.Max(f => f.Linked));
    }

    private LocalDate DayOf(DateTime utc) => Instant.FromDateTimeUtc(utc).InZone(company.TimeZone).Date;

    private (DateTime From, DateTime To) Bounds(LocalDate day) =>
        (company.TimeZone.AtStartOfDay(day).ToDateTimeUtc(), company.TimeZone.AtStartOfDay(day.PlusDays(1)).ToDateTimeUtc());
}
