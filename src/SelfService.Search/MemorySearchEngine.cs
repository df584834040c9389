using SelfService.Search.Indexing;
using SelfService.Search.Querying;
using SelfService.Search.Ranking;
using SelfService.Search.Suggesting;

namespace SelfService.Search;

/// <summary>
/// The default engine: an inverted index in memory. Readers take the current snapshot and never wait; one writer at a
/// time makes the next and puts it in its place.
/// </summary>
public sealed class MemorySearchEngine : ISearchEngine
{
    private readonly RankingWeights _weights;
    private readonly Lock _writing = new();
    private readonly IndexWriter _writer;
    private Snapshot _snapshot;

    /// <summary>An empty engine.</summary>
    /// <param name="language">Stop words and synonyms; null for <see cref="SearchLanguage.Default"/>.</param>
    public MemorySearchEngine(SearchLanguage? language = null)
        : this(language ?? SearchLanguage.Default, RankingWeights.Default)
    {
    }

    internal MemorySearchEngine(SearchLanguage language, RankingWeights weights)
    {
        (_snapshot, _weights) = (Snapshot.Empty.With(language), weights);
        _writer = new IndexWriter(language, weights);
    }

    /// <inheritdoc/>
    public long Revision => Current.Revision;

    /// <inheritdoc/>
    public int Count => Current.Count;

    internal Snapshot Current => Volatile.Read(ref _snapshot);

    /// <inheritdoc/>
    public void Apply(IReadOnlyCollection<SearchDocument> changed, IReadOnlyCollection<string> removed, long revision)
    {
        ArgumentNullException.ThrowIfNull(changed);
        ArgumentNullException.ThrowIfNull(removed);
        lock (_writing)
            Volatile.Write(ref _snapshot, _writer.Next(_snapshot, changed, removed, revision));
    }

    /// <inheritdoc/>
    public void Learn(SearchLanguage language)
    {
        ArgumentNullException.ThrowIfNull(language);
        lock (_writing)
            Volatile.Write(ref _snapshot, _snapshot.With(language));
    }

    /// <inheritdoc/>
    public SearchResults Search(SearchRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Snapshot snapshot = request.Language is { } other ? Current.With(other) : Current;
        if (request.Query.IsEmpty || snapshot.Count == 0)
            return SearchResults.Empty;
        QueryPlan plan = new QueryPlanner(snapshot, snapshot.Language, _weights).Plan(request.Query, correct: !request.AsTyped);
        return new Ranker(snapshot, snapshot.Language, _weights).Run(plan, request);
    }

    /// <summary>The ranking without the texts: slots of one page, for measuring.</summary>
    internal int[] Rank(SearchRequest request)
    {
        Snapshot snapshot = Current;
        QueryPlan plan = new QueryPlanner(snapshot, snapshot.Language, _weights).Plan(request.Query, correct: !request.AsTyped);
        return new Ranker(snapshot, snapshot.Language, _weights).Slots(plan, request);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Suggestion> Suggest(string typed, Audience audience, int limit, string? reader = null)
    {
        Snapshot snapshot = Current;
        if (limit <= 0 || string.IsNullOrWhiteSpace(typed) || snapshot.Count == 0)
            return [];
        return new Suggester(snapshot, snapshot.Language, _weights).Suggest(typed, audience, limit, reader);
    }
}
