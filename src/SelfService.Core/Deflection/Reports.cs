using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Deflection;

/// <summary>Which days a report is about, and within which window they were decided.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Hours">The window, in hours.</param>
public sealed record ReportPeriod(LocalDate From, LocalDate To, int Hours)
{
    /// <summary>Longest period of a report, in days.</summary>
    public const int MaxDays = 396;

    /// <summary>As many days just before.</summary>
    public ReportPeriod Before
    {
        get
        {
            var days = Period.DaysBetween(From, To) + 1;
            return this with { From = From.PlusDays(-days), To = From.PlusDays(-1) };
        }
    }

    /// <summary>The days that were decided.</summary>
    internal IQueryable<T> Of<T>(PortalDbContext db)
        where T : DaySum => db.Set<T>().AsNoTracking().Where(d => d.WindowHours == Hours && d.Day >= From && d.Day <= To);
}

/// <summary>What visits came to.</summary>
public sealed record VisitSum(int Visits, int WithIntent, int Unlinked, int Machines, ContactSums Contacts);

/// <summary>One day of a trend.</summary>
public sealed record TrendDay(LocalDate Day, int Visits, int WithIntent, ContactSums Contacts);

/// <summary>What the searches for one thing came to; the counts are those of <see cref="SearchDay"/>.</summary>
public sealed record SearchSum(string Term, string Example, int Searches, int InVain, int NoClick, int Reformulated, ContactSums Contacts);

/// <summary>What happened at one form; the counts are those of <see cref="FormDay"/>.</summary>
public sealed record FormSum(string Form, int Opened, int Sent, int Offered, int Taken, int Solved, ContactSums Contacts);

/// <summary>A search that led to an article.</summary>
public sealed record FoundSum(string Slug, string Example, int Count);

/// <summary>What readers said of an article.</summary>
public sealed record OpinionSum(int Helped, int NotHelped, int Comments);

/// <summary>Tickets by how they came and what they are about.</summary>
public sealed record ChannelSum(Channel Channel, TicketKind Kind, int Count);

/// <summary>How tickets went, as far as their customers and dates tell.</summary>
/// <param name="Rated">Tickets rated in the period.</param>
/// <param name="Good">Of those, with 4 or 5.</param>
/// <param name="Opened">Tickets opened in the period.</param>
/// <param name="Late">Of those, on which a promised date passed without anybody acting.</param>
public sealed record ServiceSum(int Rated, int Good, int Opened, int Late)
{
    /// <summary>Share of the ratings that are good.</summary>
    public Share Satisfaction => new(Good, Rated);

    /// <summary>Share of the tickets of which every date was kept so far.</summary>
    public Share Kept => new(Opened - Late, Opened);
}

/// <summary>Both sides of an experiment.</summary>
public sealed record ExperimentSum(Experiment Experiment, ContactSums Held, ContactSums Shown)
{
    /// <summary>Contacts of those who had it, minus contacts of those who did without: below zero it spares contacts.</summary>
    public Difference Effect => new(Shown.Share, Held.Share);

    /// <summary>p-value of as many on each side as were to be; see <see cref="SampleRatio"/>.</summary>
    public double SamplePValue => SampleRatio.PValue(Held.Visitors, Held.Visitors + Shown.Visitors, Experiment.Held);

    /// <summary>Whether the sides are so unlike in number that something is wrong with it.</summary>
    public bool IsSkewed => SamplePValue < SampleRatio.Alarm;

    /// <summary>Whether every day and window of it has passed. A number seen earlier is looked at until it pleases.</summary>
    /// <param name="hours">The window, in hours.</param>
    public bool IsOver(LocalDate today, int hours) => Experiment.Until.PlusDays(1 + (hours / 24)) <= today;

    /// <summary>Whether its effect may be said.</summary>
    /// <inheritdoc cref="IsOver"/>
    public bool IsKnown(LocalDate today, int hours) => IsOver(today, hours) && IsLarge && !IsSkewed;

    /// <summary>Whether there are enough people on both sides.</summary>
    public bool IsLarge => Math.Min(Held.Visitors, Shown.Visitors) >= Experiment.Least;
}

/// <summary>Reports over any period: sums of sums, so that ten million events cost what a few thousand rows do.</summary>
public static class Reports
{
    /// <summary>All visits.</summary>
    public static async Task<VisitSum> VisitsAsync(this PortalDbContext db, ReportPeriod period, CancellationToken cancel) =>
        await period.Of<VisitDay>(db).GroupBy(d => 1).Select(g => new VisitSum(
            g.Sum(d => d.Visits), g.Sum(d => d.WithIntent), g.Sum(d => d.Unlinked), g.Sum(d => d.Machines),
            new ContactSums(g.Sum(d => d.Visitors), g.Sum(d => d.Counted), g.Sum(d => d.Contact), g.Sum(d => d.ContactSquared), g.Sum(d => d.CountedSquared), g.Sum(d => d.Products))))
            .SingleOrDefaultAsync(cancel) ?? new VisitSum(0, 0, 0, 0, ContactSums.None);

    /// <summary>Visits day by day; days that are not decided are missing.</summary>
    public static async Task<IReadOnlyList<TrendDay>> TrendAsync(this PortalDbContext db, ReportPeriod period, CancellationToken cancel) =>
        [.. (await period.Of<VisitDay>(db).OrderBy(d => d.Day).ToListAsync(cancel)).Select(d => new TrendDay(
            d.Day, d.Visits, d.WithIntent, new ContactSums(d.Visitors, d.Counted, d.Contact, d.ContactSquared, d.CountedSquared, d.Products)))];

    /// <summary>Searches, the most frequent first.</summary>
    public static async Task<IReadOnlyList<SearchSum>> SearchesAsync(this PortalDbContext db, ReportPeriod period, CancellationToken cancel) =>
        [.. (await period.Of<SearchDay>(db).GroupBy(d => d.Term).Select(g => new SearchSum(
            g.Key, g.Min(d => d.Example)!, g.Sum(d => d.Searches), g.Sum(d => d.InVain), g.Sum(d => d.NoClick), g.Sum(d => d.Reformulated),
            new ContactSums(g.Sum(d => d.Visitors), g.Sum(d => d.Counted), g.Sum(d => d.Contact), g.Sum(d => d.ContactSquared), g.Sum(d => d.CountedSquared), g.Sum(d => d.Products))))
            .ToListAsync(cancel)).OrderByDescending(s => s.Searches).ThenBy(s => s.Term, StringComparer.Ordinal)];

    /// <summary>Searches that led to each of some articles, the most frequent first.</summary>
    public static async Task<ILookup<string, FoundSum>> FoundAsync(this PortalDbContext db, ReportPeriod period, IReadOnlyCollection<string> slugs, CancellationToken cancel) =>
        (await period.Of<FoundDay>(db).Where(d => slugs.Contains(d.Slug)).GroupBy(d => new { d.Slug, d.Term })
            .Select(g => new FoundSum(g.Key.Slug, g.Min(d => d.Example)!, g.Sum(d => d.Counted))).ToListAsync(cancel))
            .OrderByDescending(f => f.Count).ThenBy(f => f.Example, StringComparer.Ordinal).ToLookup(f => f.Slug);

    /// <summary>What readers said of articles, by slug.</summary>
    /// <inheritdoc cref="ChannelsAsync"/>
    public static async Task<ILookup<string, OpinionSum>> OpinionsAsync(this PortalDbContext db, DateTime start, DateTime end, CancellationToken cancel) =>
        (await (
            from v in db.ArticleVotes.Where(v => v.VotedAt >= start && v.VotedAt < end)
            join a in db.Articles on v.ArticleId equals a.Id
            group v by a.Slug into said
            select new { Slug = said.Key, Helped = said.Count(v => v.Helpful), NotHelped = said.Count(v => !v.Helpful), Comments = said.Count(v => v.Comment != "") })
            .ToListAsync(cancel)).ToLookup(o => o.Slug, o => new OpinionSum(o.Helped, o.NotHelped, o.Comments));

    /// <summary>Forms, the most opened first.</summary>
    public static async Task<IReadOnlyList<FormSum>> FormsAsync(this PortalDbContext db, ReportPeriod period, CancellationToken cancel) =>
        [.. (await period.Of<FormDay>(db).GroupBy(d => d.Form).Select(g => new FormSum(
            g.Key, g.Sum(d => d.Opened), g.Sum(d => d.Sent), g.Sum(d => d.Offered), g.Sum(d => d.Taken), g.Sum(d => d.Solved),
            new ContactSums(g.Sum(d => d.Visitors), g.Sum(d => d.Counted), g.Sum(d => d.Contact), g.Sum(d => d.ContactSquared), g.Sum(d => d.CountedSquared), g.Sum(d => d.Products))))
            .ToListAsync(cancel)).OrderByDescending(f => f.Opened).ThenBy(f => f.Form, StringComparer.Ordinal)];

    /// <summary>Tickets that were opened, by channel and kind.</summary>
    /// <param name="start">UTC.</param>
    /// <param name="end">UTC, not included.</param>
    public static async Task<IReadOnlyList<ChannelSum>> ChannelsAsync(this PortalDbContext db, DateTime start, DateTime end, CancellationToken cancel) =>
        [.. (await db.Tickets.AsNoTracking().Where(t => t.OpenedAt >= start && t.OpenedAt < end).GroupBy(t => new { t.Channel, t.Kind })
            .Select(g => new ChannelSum(g.Key.Channel, g.Key.Kind, g.Count())).ToListAsync(cancel)).OrderBy(c => c.Channel).ThenBy(c => c.Kind)];

    /// <summary>How tickets went.</summary>
    /// <inheritdoc cref="ChannelsAsync"/>
    public static async Task<ServiceSum> ServiceAsync(this PortalDbContext db, DateTime start, DateTime end, CancellationToken cancel)
    {
        var rated = await db.Tickets.Where(t => t.RatedAt >= start && t.RatedAt < end).GroupBy(t => t.Rating >= 4).Select(g => new { IsGood = g.Key, Count = g.Count() }).ToListAsync(cancel);
        var opened = db.Tickets.Where(t => t.OpenedAt >= start && t.OpenedAt < end);
        return new ServiceSum(
            rated.Sum(r => r.Count), rated.Where(r => r.IsGood).Sum(r => r.Count),
            await opened.CountAsync(cancel), await opened.CountAsync(t => t.Events.Any(e => e.Kind == TicketEventKind.Escalated), cancel));
    }

    /// <summary>Both sides of each experiment, over all of its days that were decided.</summary>
    public static async Task<IReadOnlyList<ExperimentSum>> ExperimentsAsync(this PortalDbContext db, IReadOnlyList<Experiment> experiments, int hours, CancellationToken cancel)
    {
        var keys = experiments.Select(e => e.Key).ToList();
        var sides = await db.ExperimentDays.AsNoTracking().Where(d => d.WindowHours == hours && keys.Contains(d.Experiment)).GroupBy(d => new { d.Experiment, d.IsHeld })
            .Select(g => new
            {
                g.Key.Experiment,
                g.Key.IsHeld,
                Sums = new ContactSums(g.Sum(d => d.Visitors), g.Sum(d => d.Counted), g.Sum(d => d.Contact), g.Sum(d => d.ContactSquared), g.Sum(d => d.CountedSquared), g.Sum(d => d.Products)),
            }).ToListAsync(cancel);
        ContactSums Side(Experiment experiment, bool isHeld) => sides.FirstOrDefault(s => s.Experiment == experiment.Key && s.IsHeld == isHeld)?.Sums ?? ContactSums.None;
        return [.. experiments.Select(e => new ExperimentSum(e, Side(e, isHeld: true), Side(e, isHeld: false)))];
    }
}
