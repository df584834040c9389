using SelfService.Search.Explaining;
using SelfService.Search.Querying;

namespace SelfService.Search;

/// <summary>
/// Full-text search over the knowledge base. Two engines implement it: the memory index of this project and Lucene.Net.
/// All members may be called from any thread; readers never wait for a writer.
/// </summary>
public interface ISearchEngine
{
    /// <summary>Last revision number given to <see cref="Apply"/>; 0 before the first.</summary>
    long Revision { get; }

    /// <summary>Number of documents that can be found, of every audience.</summary>
    int Count { get; }

    /// <summary>
    /// Adds, replaces and removes documents in one step: a reader sees all of the change or none of it.
    /// </summary>
    /// <param name="changed">Documents to add, or to put in the place of those with the same id.</param>
    /// <param name="removed">Ids to remove; unknown ids are ignored.</param>
    /// <param name="revision">Revision number of the source after the change.</param>
    void Apply(IReadOnlyCollection<SearchDocument> changed, IReadOnlyCollection<string> removed, long revision);

    /// <summary>Searches, completes and corrects with other synonyms from now on; whoever is being answered still gets the old ones, all of them.</summary>
    /// <param name="language">Of <see cref="SearchLanguage.WithSynonyms"/>: its stop words are those that the engine was made with, because the index counts them.</param>
    void Learn(SearchLanguage language);

    /// <summary>Ranks the documents this person may see. Never throws for any query text.</summary>
    SearchResults Search(SearchRequest request);

    /// <summary>Titles (and section headings) that complete what has been typed so far, best first.</summary>
    /// <param name="typed">Text in the search box; its last word may be unfinished.</param>
    /// <param name="audience">Highest audience this person belongs to.</param>
    /// <param name="limit">Number of suggestions at most.</param>
    /// <param name="reader">As in <see cref="SearchRequest.Reader"/>.</param>
    IReadOnlyList<Suggestion> Suggest(string typed, Audience audience, int limit, string? reader = null);
}

/// <summary>What to search, for whom, and which page of the answer.</summary>
/// <param name="Query">The parsed query.</param>
/// <param name="Audience">Highest audience this person belongs to; filtering happens before counting.</param>
public sealed record SearchRequest(SearchQuery Query, Audience Audience)
{
    /// <summary>Slug of the only topic wanted, or null for all.</summary>
    public string? Topic { get; init; }

    /// <summary>Code of who reads, to find of several variants the one that is hers (<see cref="SearchDocument.Readers"/>); null for all of them.</summary>
    public string? Reader { get; init; }

    /// <summary>True to search exactly what was typed, without correcting words the index does not know.</summary>
    public bool AsTyped { get; init; }

    /// <summary>True to be told why each hit stands where it stands; takes a little longer.</summary>
    public bool Explain { get; init; }

    /// <summary>Words to search with instead of the engine's own, to see what would change; null for its own. As for <see cref="ISearchEngine.Learn"/>.</summary>
    public SearchLanguage? Language { get; init; }

    /// <summary>Hits to skip.</summary>
    public int Offset { get; init; }

    /// <summary>Hits to return at most.</summary>
    public int Limit { get; init; } = 10;
}

/// <summary>One page of hits with the totals around it.</summary>
/// <param name="Total">Documents that match, all pages, after audience and topic filters.</param>
/// <param name="Hits">This page, best first.</param>
/// <param name="Topics">Matching documents by topic slug, before the topic filter and after the audience filter.</param>
/// <param name="Correction">The query with misspelt words replaced, where that is what was searched; otherwise null.</param>
public sealed record SearchResults(
    int Total, IReadOnlyList<SearchHit> Hits, IReadOnlyDictionary<string, int> Topics, string? Correction)
{
    /// <summary>How the query was understood, when the request asked for it.</summary>
    public QueryExplanation? Explanation { get; init; }

    /// <summary>No hit at all.</summary>
    public static SearchResults Empty { get; } = new(0, [], new Dictionary<string, int>(), null);
}

/// <summary>One matching document.</summary>
/// <param name="Document">The document as it was indexed.</param>
/// <param name="Score">
/// Higher is better; comparable within one answer only, and only among hits of its own words, of words that stand beside
/// them, or of stop words: these groups come in this order when the words of a query find too little.
/// </param>
/// <param name="Section">The section that answers best, when one stands out and has an anchor; otherwise null.</param>
/// <param name="TitleHtml">Title, HTML-escaped, matches inside <c>&lt;mark&gt;</c>.</param>
/// <param name="SnippetHtml">Passage around the matches, HTML-escaped, matches inside <c>&lt;mark&gt;</c>.</param>
public sealed record SearchHit(
    SearchDocument Document, double Score, SearchSection? Section, string TitleHtml, string SnippetHtml)
{
    /// <summary>Where the score comes from, when the request asked for it.</summary>
    public HitExplanation? Explanation { get; init; }
}

/// <summary>One line under the search box.</summary>
/// <param name="Title">Text to show.</param>
/// <param name="Url">Where it leads, with fragment for a section.</param>
/// <param name="Section">Heading of the section, or null when the whole article is meant.</param>
/// <param name="Topic">Slug of the article's topic.</param>
public sealed record Suggestion(string Title, string Url, string? Section, string Topic);
