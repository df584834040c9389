using System.Collections.Concurrent;
using SelfService.Search.Indexing;

namespace SelfService.Search.Lucene.Indexing;

/// <summary>
/// Documents with their texts, kept while they are asked for. Bounded: when one half is full, those not asked for since are
/// forgotten.
/// </summary>
internal sealed class DocumentCache
{
    private const int Half = 250;

    private readonly ConcurrentBag<DocumentAnalyzer> _analyzers = [];
    private ConcurrentDictionary<(object Segment, int Doc), IndexedDocument> _recent = new(), _before = new();

    /// <summary>The document of a segment.</summary>
    /// <param name="segment">Where it is.</param>
    /// <param name="doc">Its number there.</param>
    /// <param name="words">Has every form of it.</param>
    public IndexedDocument Find(Segment segment, int doc, Vocabulary words)
    {
        (object, int) key = (segment.Reader.CoreCacheKey, doc);
        if (Volatile.Read(ref _recent).TryGetValue(key, out IndexedDocument? document))
            return document;
        if (!Volatile.Read(ref _before).TryGetValue(key, out document))
            document = new ReadingColumn(segment, words).Fetch(doc);
        ConcurrentDictionary<(object, int), IndexedDocument> recent = Volatile.Read(ref _recent);
        recent[key] = document;
        if (recent.Count >= Half)
        {
            Volatile.Write(ref _before, recent);
            Volatile.Write(ref _recent, new());
        }

        return document;
    }

    /// <summary>Analyses a document whose forms are known, or from the one writer.</summary>
    public IndexedDocument Analyze(SearchDocument source, Vocabulary words)
    {
        if (!_analyzers.TryTake(out DocumentAnalyzer? analyzer))
            analyzer = new DocumentAnalyzer(words);
        IndexedDocument document = analyzer.Analyze(source);
        _analyzers.Add(analyzer);
        return document;
    }
}
