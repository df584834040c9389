using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Appointments.Waiting;
using SelfService.Core.Journeys;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Search;

namespace SelfService.Core.Deflection;

/// <summary>A step as it is decided upon.</summary>
/// <param name="IsOfDay">Whether it belongs to the day itself; the others are there to see where its visits begin and end.</param>
internal sealed record LoggedStep(Guid VisitorId, VisitStepKind Kind, string Subject, string Form, string Query, string Experiment, int? Hits, DateTime At, bool IsOfDay);

/// <summary>Steps of nobody that are alike.</summary>
internal sealed record StrangerStep(VisitStepKind Kind, string Subject, string Form, bool IsInVain);

/// <summary>Everything a visitor did that bears on a day.</summary>
/// <param name="Steps">In order of time.</param>
/// <param name="Acts">Within the window and before.</param>
/// <param name="IsLinked">Whether the browser belongs to a known customer.</param>
internal sealed record LoggedVisitor(Guid Id, List<LoggedStep> Steps, IReadOnlyList<Act> Acts, bool IsLinked)
{
    /// <summary>
    /// Whether a person looked: some browser has said that it showed an article. Who read none, or got it elsewhere, is taken for one.
    /// It does not ask what came of it, so that neither outcome is left out more than the other.
    /// </summary>
    public bool IsSeen { get; } = !Steps.Exists(s => s.Kind == VisitStepKind.Read) || Steps.Exists(s => s.Kind is VisitStepKind.Shown or VisitStepKind.Engaged);

    /// <summary>Whether she had written already, not long before.</summary>
    public bool HasWritten(DateTime at) => ViewOutcomes.HasWritten(Acts, at);

    /// <summary>Whether she wrote within the window, without having written before.</summary>
    public bool Writes(DateTime at, TimeSpan window) => !HasWritten(at) && Acts.Any(a => a.Kind == ActKind.Wrote && a.At > at && a.At <= at + window);
}

/// <summary>One day of the log, for one window: read at once and decided without the database.</summary>
internal sealed class DayLog
{
    // A visit that goes on after midnight belongs to the day on which it began.
    private static readonly TimeSpan LongestAfterMidnight = TimeSpan.FromHours(3);

    private readonly DateTime from;
    private readonly DateTime to;
    private readonly SearchLanguage language;
    private readonly Dictionary<string, string> terms;
    private readonly HashSet<(Guid, string)> cameBefore;
    private IReadOnlyDictionary<string, string>? wordings;

    /// <param name="start">Beginning of the day, UTC.</param>
    /// <param name="end">Its end, UTC.</param>
    /// <param name="cameBefore">Visitors with the experiments they came into before this day.</param>
    /// <param name="terms">Keys of searches that were read before.</param>
    public DayLog(
        LocalDate day, TimeSpan window, DateTime start, DateTime end, SearchLanguage language, HashSet<(Guid, string)> cameBefore, Dictionary<string, string>? terms = null)
    {
        (Day, Window, from, to, this.language, this.cameBefore, this.terms) = (day, window, start, end, language, cameBefore, terms ?? []);
    }

    public LocalDate Day { get; }

    public TimeSpan Window { get; }

    public int WindowHours => (int)Window.TotalHours;

    /// <summary>The same day for a shorter window.</summary>
    public DayLog Within(TimeSpan window) => new(Day, window, from, to, language, cameBefore, terms) { Visitors = Visitors, Strangers = Strangers, wordings = Wordings };

    public required IReadOnlyList<LoggedVisitor> Visitors { get; init; }

    /// <summary>How often each was done by somebody who asked not to be followed, or by a machine.</summary>
    public required IReadOnlyDictionary<StrangerStep, int> Strangers { get; init; }

    public bool IsOfDay(DateTime at) => at >= from && at < to;

    /// <summary>Whether that visitor came into the experiment before this day.</summary>
    public bool CameBefore(Guid visitor, string experiment) => cameBefore.Contains((visitor, experiment));

    /// <summary>Key of a search; the same text is read once.</summary>
    public string TermOf(string typed)
    {
        if (!terms.TryGetValue(typed, out var term))
        {
            term = language.KeyOf(typed);
            terms[typed] = term = term.Length <= VisitStep.SubjectMaxLength ? term : term[..VisitStep.SubjectMaxLength].TrimEnd();
        }

        return term;
    }

    /// <summary>How most typed each thing that was searched that day, by its key; of equals the first in the alphabet.</summary>
    public IReadOnlyDictionary<string, string> Wordings => wordings ??=
        Visitors.SelectMany(v => v.Steps).Where(s => s.IsOfDay).Select(s => (Typed: s.Kind == VisitStepKind.Searched ? s.Subject : s.Query, Count: 1))
            .Concat(Strangers.Where(s => s.Key.Kind == VisitStepKind.Searched).Select(s => (Typed: s.Key.Subject, Count: s.Value)))
            .Where(s => s.Typed.Length > 0).GroupBy(s => s.Typed).Select(g => (Typed: g.Key, Count: g.Sum(s => s.Count)))
            .GroupBy(s => TermOf(s.Typed)).ToDictionary(g => g.Key, g => g.OrderByDescending(s => s.Count).ThenBy(s => s.Typed, StringComparer.Ordinal).First().Typed);

    /// <summary>Steps of one visitor that stand apart: what is alike and follows within half a minute is the same.</summary>
    /// <param name="steps">In order of time.</param>
    /// <param name="alike">What makes two alike; all are where it is null.</param>
    public static List<LoggedStep> Apart(IReadOnlyList<LoggedStep> steps, Func<LoggedStep, string>? alike = null)
    {
        var (apart, last) = (new List<LoggedStep>(), new Dictionary<string, DateTime>());
        foreach (var step in steps)
        {
            var key = alike?.Invoke(step) ?? "";
            if (!last.TryGetValue(key, out var before) || step.At - before >= ViewOutcomes.SameView)
            {
                apart.Add(step);
                last[key] = step.At;
            }
        }

        return apart;
    }

    /// <summary>Visits: what one visitor does with less than half an hour in between.</summary>
    /// <param name="steps">In order of time.</param>
    public static IEnumerable<List<LoggedStep>> Visits(IReadOnlyList<LoggedStep> steps)
    {
        List<LoggedStep> visit = [];
        foreach (var step in steps)
        {
            if (visit.Count > 0 && step.At - visit[^1].At >= ViewOutcomes.VisitGap)
            {
                yield return visit;
                visit = [];
            }

            visit.Add(step);
        }

        if (visit.Count > 0)
        {
            yield return visit;
        }
    }

    /// <summary>Reads a day.</summary>
    /// <param name="start">Its beginning, UTC.</param>
    /// <param name="end">Its end, UTC.</param>
    public static async Task<DayLog> ReadAsync(PortalDbContext db, LocalDate day, DateTime start, DateTime end, TimeSpan window, SearchLanguage language, CancellationToken cancel)
    {
        var (early, late) = (start - ViewOutcomes.VisitGap, end + LongestAfterMidnight);
        var steps = (await db.VisitSteps.AsNoTracking().Where(s => s.At >= early && s.At < late && s.VisitorId != null)
            .Select(s => new LoggedStep(s.VisitorId!.Value, s.Kind, s.Subject, s.Form, s.Query, s.Experiment, s.Hits, s.At, s.At >= start && s.At < end)).ToListAsync(cancel))
            .GroupBy(s => s.VisitorId).Where(g => g.Any(s => s.IsOfDay)).ToList();
        // Asked for whole and looked up here: to name so many visitors to the database costs more than what it would leave out.
        var linked = (await db.VisitorLinks.Select(l => l.VisitorId).Distinct().ToListAsync(cancel)).ToHashSet();
        var acts = await ActsAsync(db, start, end, window, cancel);
        var strangers = await db.VisitSteps.Where(s => s.At >= start && s.At < end && s.VisitorId == null)
            .GroupBy(s => new { s.Kind, s.Subject, s.Form, IsInVain = s.Hits == 0 }).Select(g => new { g.Key.Kind, g.Key.Subject, g.Key.Form, g.Key.IsInVain, Count = g.Count() }).ToListAsync(cancel);
        return new DayLog(day, window, start, end, language, await CameBeforeAsync(db, [.. steps.SelectMany(g => g).Where(s => s.IsOfDay && s.Experiment.Length > 0).Select(s => s.Experiment).Distinct()], start, cancel))
        {
            Visitors = [.. steps.Select(g => new LoggedVisitor(g.Key, [.. g.OrderBy(s => s.At)], [.. acts[g.Key]], linked.Contains(g.Key)))],
            Strangers = strangers.ToDictionary(s => new StrangerStep(s.Kind, s.Subject, s.Form, s.IsInVain), s => s.Count),
        };
    }

    private static async Task<HashSet<(Guid, string)>> CameBeforeAsync(PortalDbContext db, List<string> experiments, DateTime start, CancellationToken cancel)
    {
        var found = new HashSet<(Guid, string)>();
        foreach (var experiment in experiments)
        {
            // That it is not empty is said for the index, which has only those.
            var visitors = await db.VisitSteps.Where(s => s.Experiment == experiment && s.Experiment != "" && s.At < start && s.VisitorId != null).Select(s => s.VisitorId!.Value).Distinct().ToListAsync(cancel);
            found.UnionWith(visitors.Select(v => (v, experiment)));
        }

        return found;
    }

    // Everything that decides what came of a day, by visitor.
    private static async Task<ILookup<Guid, Act>> ActsAsync(PortalDbContext db, DateTime start, DateTime end, TimeSpan window, CancellationToken cancel)
    {
        var (earliest, latest) = (start - ViewOutcomes.EarlierContact, end + window);
        var said = await (
            from v in db.ArticleVotes.Where(v => v.VotedAt > start && v.VotedAt <= latest)
            join a in db.Articles on v.ArticleId equals a.Id
            select new { v.VisitorId, v.Helpful, a.Slug, v.VotedAt }).ToListAsync(cancel);
        var did = await db.VisitSteps.AsNoTracking()
            .Where(s => s.At > start && s.At <= latest && (s.Kind == VisitStepKind.SolvedByArticle || (s.Kind == VisitStepKind.Searched && s.Hits == 0)) && s.VisitorId != null)
            .Select(s => new { VisitorId = s.VisitorId!.Value, s.Kind, s.Subject, s.At }).ToListAsync(cancel);
        var wrote = await (
            from l in db.VisitorLinks
            join t in db.Tickets.Where(t => t.OpenedAt > earliest && t.OpenedAt <= latest) on l.CustomerId equals t.CustomerId
            // Whoever still waits for an hour has booked nothing.
            where !db.WaitingEntries.Any(w => w.TicketId == t.Id && w.Status != WaitingStatus.Served)
            select new { l.VisitorId, t.Id, t.Kind, t.Channel, t.OpenedAt }).Distinct().ToListAsync(cancel);
        var called = await (
            from l in db.VisitorLinks
            join c in db.PhoneCalls.Where(c => c.At > earliest && c.At <= latest) on l.CustomerId equals c.CustomerId
            select new { l.VisitorId, c.At }).ToListAsync(cancel);
        return said.Select(v => (v.VisitorId, Act: new Act(v.Helpful ? ActKind.Helped : ActKind.DidNotHelp, v.Slug, v.VotedAt)))
            .Concat(did.Select(s => (s.VisitorId, Act: new Act(s.Kind == VisitStepKind.Searched ? ActKind.SearchedInVain : ActKind.Helped, s.Kind == VisitStepKind.Searched ? "" : s.Subject, s.At))))
            .Concat(called.Select(c => (c.VisitorId, Act: new Act(ActKind.Wrote, "", c.At))))
            // Who orders or books by telephone had to call.
            .Concat(wrote.Select(t => (t.VisitorId, Act: new Act(t.Kind == TicketKind.Request || t.Channel != Channel.Portal ? ActKind.Wrote : ActKind.ServedHerself, "", t.OpenedAt))))
            .ToLookup(a => a.VisitorId, a => a.Act);
    }
}
