using Lucene.Net.Analysis.Es;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SelfService.Search;

namespace SelfService.Benchmarks;

/// <summary>
/// Lucene as it comes: its <see cref="SpanishAnalyzer"/>, BM25, any word of the question in the title (three times as much) or in the text. A baseline;
/// it neither corrects nor marks nor completes.
/// </summary>
internal sealed class StockLuceneEngine : ISearchEngine, IDisposable
{
    private const float TitleBoost = 3;

    private readonly SpanishAnalyzer _analyzer = new(LuceneVersion.LUCENE_48);
    private readonly BM25Similarity _similarity = new();
    private readonly IndexWriter _writer;
    private readonly Dictionary<string, SearchDocument> _documents = new(StringComparer.Ordinal);
    private DirectoryReader? _reader;

    public StockLuceneEngine(string? folder) => _writer = new IndexWriter(
        folder is null ? new RAMDirectory() : FSDirectory.Open(folder), new IndexWriterConfig(LuceneVersion.LUCENE_48, _analyzer) { Similarity = _similarity, RAMBufferSizeMB = 64 });

    public long Revision { get; private set; }

    public int Count => _documents.Count;

    public void Apply(IReadOnlyCollection<SearchDocument> changed, IReadOnlyCollection<string> removed, long revision)
    {
        foreach (SearchDocument document in changed)
        {
            _documents[document.Id] = document;
            string text = string.Join('\n', [.. document.Keywords, document.Summary, .. document.Sections.SelectMany(section => new[] { section.Heading, section.Text })]);
            _writer.UpdateDocument(new Term("id", document.Id), new Document
            {
                new StringField("id", document.Id, Field.Store.YES), new TextField("title", document.Title, Field.Store.NO), new TextField("text", text, Field.Store.NO),
            });
        }

        foreach (string id in removed)
        {
            _documents.Remove(id);
            _writer.DeleteDocuments(new Term("id", id));
        }

        _writer.Commit();
        (DirectoryReader? last, _reader) = (_reader, DirectoryReader.Open(_writer, applyAllDeletes: true));
        last?.Dispose();
        Revision = revision;
    }

    public void Learn(SearchLanguage language)
    {
        // It has no synonyms.
    }

    public SearchResults Search(SearchRequest request)
    {
        var query = new BooleanQuery();
        foreach (string word in Words(request.Query.Text))
        {
            query.Add(new TermQuery(new Term("title", word)) { Boost = TitleBoost }, Occur.SHOULD);
            query.Add(new TermQuery(new Term("text", word)), Occur.SHOULD);
        }

        var searcher = new IndexSearcher(_reader!) { Similarity = _similarity };
        TopDocs found = searcher.Search(query, request.Offset + request.Limit);
        SearchHit[] hits = [.. found.ScoreDocs.Skip(request.Offset).Select(hit => new SearchHit(_documents[searcher.Doc(hit.Doc).Get("id", System.Globalization.CultureInfo.InvariantCulture)], hit.Score, null, "", ""))];
        return new SearchResults(found.TotalHits, hits, new Dictionary<string, int>(), null);
    }

    public IReadOnlyList<Suggestion> Suggest(string typed, Audience audience, int limit, string? reader = null) => [];

    public void Dispose()
    {
        _reader?.Dispose();
        _writer.Dispose();
    }

    private List<string> Words(string text)
    {
        var words = new List<string>();
        using var stream = _analyzer.GetTokenStream("text", text);
        var term = stream.AddAttribute<ICharTermAttribute>();
        stream.Reset();
        while (stream.IncrementToken())
            words.Add(term.ToString()!);
        stream.End();
        return words;
    }
}
