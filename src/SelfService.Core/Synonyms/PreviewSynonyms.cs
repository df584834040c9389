using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Company;
using SelfService.Core.Deflection;
using SelfService.Core.Persistence;
using SelfService.Search;
using SelfService.Search.Querying;

namespace SelfService.Core.Synonyms;

/// <summary>A result of a search that changes.</summary>
/// <param name="Before">Its place, from 1, as things are; null where it is not among the first.</param>
/// <param name="After">Its place with the other rules; null where it is not among the first.</param>
public sealed record MovedHit(string Title, string Url, int? Before, int? After);

/// <summary>A search that finds something else with other rules.</summary>
/// <param name="Question">As it is typed.</param>
/// <param name="Searches">How often it was made; 0 for one that the editor tries.</param>
/// <param name="Before">The first results as things are.</param>
/// <param name="After">The first results with the other rules.</param>
/// <param name="TotalBefore">All that it finds as things are.</param>
/// <param name="TotalAfter">All that it would find.</param>
public sealed record ChangedSearch(string Question, int Searches, IReadOnlyList<MovedHit> Before, IReadOnlyList<MovedHit> After, int TotalBefore, int TotalAfter)
{
    /// <summary>Whether the first results are the same, in the same order.</summary>
    public bool IsSameAtTheTop => Before.Count == After.Count && Before.All(h => h.Before == h.After);
}

/// <summary>What other rules would change.</summary>
/// <param name="Changed">Searches that find something else, the editor's first, then the most frequent.</param>
/// <param name="Compared">All searches that were compared.</param>
public sealed record SynonymPreview(IReadOnlyList<ChangedSearch> Changed, int Compared)
{
    /// <summary>Searches that find the same.</summary>
    public int Same => Compared - Changed.Count;
}

/// <summary>Makes the most frequent searches of customers twice, with the synonyms in use and with others, and stores nothing.</summary>
public sealed class PreviewSynonyms(PortalDbContext db, ISearchEngine engine, CompanySynonyms synonyms, CompanyProfile company, TimeProvider clock)
{
    /// <summary>Results of each search that are compared.</summary>
    public const int Depth = 5;

    /// <summary>Searches of customers at most.</summary>
    public const int MaxSearches = 50;

    /// <summary>Days that they are taken from.</summary>
    public const int Days = 90;

    // Of the windows a day is decided for, the one that is known first; how often something was searched is the same in all.
    private static readonly int Hours = (int)ViewOutcomes.Windows[0].TotalHours;

    /// <summary>Compares, among the articles that signed-in customers see.</summary>
    /// <param name="rules">Rules without problems.</param>
    /// <param name="questions">What the editor wants to try.</param>
    public async Task<SynonymPreview> RunAsync(SynonymRules rules, IReadOnlyList<string> questions, CancellationToken cancel)
    {
        var language = synonyms.With(rules);
        var today = Instant.FromDateTimeOffset(clock.GetUtcNow()).InZone(company.TimeZone).Date;
        var frequent = await new ReportPeriod(today.PlusDays(-Days), today, Hours).Of<SearchDay>(db)
            .GroupBy(d => d.Term).Select(g => new { g.Key, Example = g.Min(d => d.Example)!, Searches = g.Sum(d => d.Searches) })
            .OrderByDescending(s => s.Searches).ThenBy(s => s.Key).Take(MaxSearches).ToListAsync(cancel);
        var searches = questions.Select(q => (Question: q, Searches: 0)).Concat(frequent.Select(f => (Question: f.Example, f.Searches)))
            .DistinctBy(s => s.Question, StringComparer.OrdinalIgnoreCase).ToList();
        return new SynonymPreview([.. searches.Select(s => Compare(s.Question, s.Searches, language)).OfType<ChangedSearch>()], searches.Count);
    }

    // Null when it finds the same.
    private ChangedSearch? Compare(string question, int searches, SearchLanguage language)
    {
        var request = new SearchRequest(SearchQuery.Parse(question), Audience.Customers) { Limit = Depth };
        var (before, after) = (engine.Search(request), engine.Search(request with { Language = language }));
        var changed = new ChangedSearch(question, searches, Moved(before), Moved(after), before.Total, after.Total);
        return changed.IsSameAtTheTop && before.Total == after.Total ? null : changed;

        MovedHit[] Moved(SearchResults results) =>
            [.. results.Hits.Select(h => new MovedHit(h.Document.Title, h.Document.Url, Place(before, h.Document.Id), Place(after, h.Document.Id)))];
    }

    private static int? Place(SearchResults results, string id) =>
        results.Hits.Select((hit, at) => (hit.Document.Id, Place: at + 1)).Where(h => h.Id == id).Select(h => (int?)h.Place).FirstOrDefault();
}
