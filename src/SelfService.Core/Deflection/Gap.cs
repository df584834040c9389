using Microsoft.EntityFrameworkCore;
using SelfService.Core.Journeys;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Deflection;

/// <summary>Something customers ask for and do not find: searches for the same, that found nothing or helped nobody.</summary>
/// <param name="Key">Key of the search that most people made.</param>
/// <param name="Questions">The ways it was typed, masked, the most frequent first.</param>
/// <param name="Failed">Searches that found nothing, or of which nothing was opened.</param>
/// <param name="Searches">All of them.</param>
/// <param name="Contacts">Searches after which the person wrote.</param>
public sealed record Gap(string Key, IReadOnlyList<string> Questions, int Failed, int Searches, int Contacts)
{
    /// <summary>The question as most people put it.</summary>
    public string Title => Questions[0];
}

/// <summary>Finds what is missing in what customers searched.</summary>
public static class Gaps
{
    /// <summary>Fewer failed searches than these may be anybody's slip.</summary>
    public const int LeastFailed = 3;

    private const int MaxQuestions = 8;

    private const int MaxTickets = 10;

    /// <summary>Subjects of the newest requests of people who had searched one of the questions before, masked.</summary>
    /// <param name="since">UTC.</param>
    public static async Task<IReadOnlyList<string>> RequestsAfterAsync(this PortalDbContext db, Gap gap, DateTime since, CancellationToken cancel)
    {
        var questions = gap.Questions.ToList();
        var found = await (
            from s in db.VisitSteps.Where(s => s.At >= since && s.Kind == VisitStepKind.Searched && s.VisitorId != null && questions.Contains(s.Subject))
            join l in db.VisitorLinks on s.VisitorId equals l.VisitorId
            join t in db.Tickets.Where(t => t.Kind == TicketKind.Request) on l.CustomerId equals t.CustomerId
            where t.OpenedAt > s.At
            orderby t.OpenedAt descending
            select new { t.Id, t.Subject, t.OpenedAt, SearchedAt = s.At }).Take(10 * MaxTickets).ToListAsync(cancel);
        return [.. found.Where(f => f.OpenedAt - f.SearchedAt <= ViewOutcomes.Windows[^1]).DistinctBy(f => f.Id).Take(MaxTickets).Select(f => MaskedText.Of(f.Subject))];
    }

    // Two searches are for the same when they share this much of the shorter one's words.
    private const double Alike = 0.6;

    /// <summary>Groups failed searches that ask for the same, those that cost most contacts first.</summary>
    /// <param name="searches">What was searched; see <see cref="Reports.SearchesAsync"/>.</param>
    public static IReadOnlyList<Gap> Of(IEnumerable<SearchSum> searches)
    {
        var groups = new List<List<SearchSum>>();
        foreach (var search in searches.Where(s => Failed(s) > 0).OrderByDescending(Failed).ThenBy(s => s.Term, StringComparer.Ordinal))
        {
            // Compared with the search that began the group, so that a chain of likenesses does not run away.
            var group = groups.Find(g => AreAlike(g[0].Term, search.Term));
            if (group is null)
            {
                groups.Add([search]);
            }
            else
            {
                group.Add(search);
            }
        }

        return
        [
            .. groups.Select(g => new Gap(g[0].Term, [.. g.Select(s => s.Example).Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxQuestions)], g.Sum(Failed), g.Sum(s => s.Searches), g.Sum(s => s.Contacts.Contact)))
                .Where(gap => gap.Failed >= LeastFailed && gap.Failed * 2 >= gap.Searches)
                .OrderByDescending(gap => gap.Contacts).ThenByDescending(gap => gap.Failed).ThenBy(gap => gap.Key, StringComparer.Ordinal),
        ];
    }

    private static int Failed(SearchSum search) => search.InVain + search.NoClick;

    private static bool AreAlike(string one, string other)
    {
        var (a, b) = (one.Split(' '), other.Split(' '));
        return a.Intersect(b).Count() >= Alike * Math.Min(a.Length, b.Length) && Math.Min(a.Length, b.Length) * 3 >= Math.Max(a.Length, b.Length);
    }
}
