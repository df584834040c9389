using Lucene.Net.Index;
using SelfService.Search.Indexing;
using SelfService.Search.Lucene.Indexing;
using SelfService.Search.Lucene.Ranking;
using SelfService.Search.Ranking;
using LuceneWriter = Lucene.Net.Index.IndexWriter;

namespace SelfService.Search.Lucene;

/// <summary>
/// The second engine: the articles in an index of Lucene.Net, on disk or in memory. Questions are understood as by the memory
/// engine (forms, synonyms, corrections); Lucene holds the words, finds and counts.
/// </summary>
/// <remarks>
/// The database is what is true. An index found on disk only saves the work of writing it again: <see cref="Revision"/> is 0
/// until the first <see cref="Apply"/>, which is to bring every document, and of which only what differs is written.
/// </remarks>
public sealed class LuceneSearchEngine : ISearchEngine, IDisposable
{
    private readonly RankingWeights _weights = RankingWeights.Default;
    private readonly SearchLanguage _language;
    private readonly Lock _writing = new();
    private readonly string? _folder;
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private LuceneWriter? _writer;
    private Lexicon _lexicon;
    private IndexView _view;
    private bool _isComplete, _isDisposed;

    /// <summary>An engine over the index of a folder.</summary>
    /// <param name="folder">Where the index is kept; null to keep it in memory.</param>
    /// <param name="language">Stop words and synonyms; null for <see cref="SearchLanguage.Default"/>.</param>
    /// <exception cref="IOException">Nothing can be written there.</exception>
    public LuceneSearchEngine(string? folder = null, SearchLanguage? language = null)
    {
        (_folder, _language) = (folder, language ?? SearchLanguage.Default);
        (_writer, _lexicon, _view) = Open(_language);
    }

    /// <inheritdoc/>
    public long Revision => Volatile.Read(ref _view).Revision;

    /// <inheritdoc/>
    public int Count => Volatile.Read(ref _view).Count;

    /// <inheritdoc/>
    public void Apply(IReadOnlyCollection<SearchDocument> changed, IReadOnlyCollection<string> removed, long revision)
    {
        ArgumentNullException.ThrowIfNull(changed);
        ArgumentNullException.ThrowIfNull(removed);
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_writer is null)
            {
                (_writer, _lexicon, IndexView opened) = Open(_view.Language);
                Exchange(opened);
            }

            try
            {
                Write(_writer, changed, removed);
                Show(_writer, revision);
            }
            catch
            {
                // Whatever half of it was written (a full disk, say), the next change begins with what was committed, and is asked to be everything.
                Abandon(_writer);
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public void Learn(SearchLanguage language)
    {
        ArgumentNullException.ThrowIfNull(language);
        lock (_writing)
        {
            // One more view of the same reader.
            _view.Reader.IncRef();
            Exchange(_view.With(language));
        }
    }

    /// <inheritdoc/>
    public SearchResults Search(SearchRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Read(view =>
        {
            if (request.Query.IsEmpty || view.Count == 0)
                return SearchResults.Empty;
            return Question.Answer(request.Language is { } other ? view.With(other) : view, _weights, request);
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<Suggestion> Suggest(string typed, Audience audience, int limit, string? reader = null) => Read<IReadOnlyList<Suggestion>>(view =>
        limit <= 0 || string.IsNullOrWhiteSpace(typed) || view.Count == 0 ? [] : new Suggestions(view, _weights).For(typed, audience, limit, reader));

    /// <summary>Closes the index; what was applied is on disk.</summary>
    public void Dispose()
    {
        lock (_writing)
        {
            if (_isDisposed)
                return;
            Volatile.Write(ref _isDisposed, true);
            _view.Reader.Dispose();
            _writer?.Dispose();
            _writer?.Directory.Dispose();
            _writer = null;
        }
    }

    private (LuceneWriter Writer, Lexicon Lexicon, IndexView View) Open(SearchLanguage searchedWith)
    {
        LuceneWriter writer = IndexFolder.Open(_folder);
        var lexicon = new Lexicon(_language, _weights);
        DirectoryReader reader = DirectoryReader.Open(writer, applyAllDeletes: true);
        lexicon.Count(reader);
        IndexView view = lexicon.View(reader, searchedWith, revision: 0);
        _ids.Clear();
        foreach (Segment segment in view.Segments)
        {
            for (int doc = 0; doc < segment.Documents; doc++)
            {
                if (segment.Reader.LiveDocs is not { } live || live.Get(doc))
                    _ids.Add(segment.Columns.Ids[doc]);
            }
        }

        _isComplete = _ids.Count == 0;
        return (writer, lexicon, view);
    }

    private void Write(LuceneWriter writer, IReadOnlyCollection<SearchDocument> changed, IReadOnlyCollection<string> removed)
    {
        Dictionary<string, SearchDocument> latest = SelfService.Search.Indexing.IndexWriter.Latest(changed, removed);
        Dictionary<string, int> slots = Slots(latest.Keys.Concat(removed), all: !_isComplete);
        foreach ((string id, int slot) in slots)
        {
            SearchDocument? now = latest.GetValueOrDefault(id);
            if (now is not null && IsSame(now, slot))
            {
                latest.Remove(id);
                continue;
            }

            _lexicon.Weigh(_view.Counted(slot), -1);
            _ids.Remove(id);
            writer.DeleteDocuments(new global::Lucene.Net.Index.Term(IndexFields.Id, id));
        }

        foreach (SearchDocument document in latest.Values)
        {
            IndexedDocument analysed = _lexicon.Documents.Analyze(document, _lexicon.Words);
            _lexicon.Weigh(analysed, +1);
            _ids.Add(document.Id);
            writer.AddDocument(IndexFields.Of(document, analysed, _lexicon.Words));
        }

        writer.SetCommitData(IndexFolder.Data());
        writer.Commit();
        _isComplete = true;
    }

    private void Abandon(LuceneWriter writer)
    {
        _writer = null;
        Volatile.Write(ref _view, _view with { Revision = 0 });
        try
        {
            writer.Rollback();
            writer.Directory.Dispose();
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            // What could not even be taken back is thrown away when it is opened.
        }
    }

    private T Read<T>(Func<IndexView, T> read)
    {
        while (true)
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed), this);
            IndexView view = Volatile.Read(ref _view);
            // A reader that was let go of meanwhile has been replaced by then.
            if (!view.Reader.TryIncRef())
                continue;
            try
            {
                return read(view);
            }
            finally
            {
                view.Reader.DecRef();
            }
        }
    }

    private void Show(LuceneWriter writer, long revision)
    {
        DirectoryReader reader = DirectoryReader.OpenIfChanged(_view.Reader, writer, applyAllDeletes: true) ?? _view.Reader;
        if (ReferenceEquals(reader, _view.Reader))
            reader.IncRef();
        if (_lexicon.IsOutgrown)
        {
            _lexicon = new Lexicon(_language, _weights);
            _lexicon.Count(reader);
        }

        Exchange(_lexicon.View(reader, _view.Language, revision));
    }

    private void Exchange(IndexView next)
    {
        DirectoryReader last = _view.Reader;
        Volatile.Write(ref _view, next);
        last.DecRef();
    }

    /// <summary>Where these documents are, of those that the index has.</summary>
    private Dictionary<string, int> Slots(IEnumerable<string> ids, bool all)
    {
        var wanted = all ? _ids : ids.Where(_ids.Contains).ToHashSet(StringComparer.Ordinal);
        var slots = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Segment segment in _view.Segments)
        {
            var postings = new Postings(segment, IndexFields.Id);
            foreach (string id in wanted)
            {
                if (postings.Of(id) is { } docs && docs.NextDoc() != global::Lucene.Net.Search.DocIdSetIterator.NO_MORE_DOCS)
                    slots[id] = segment.Base + docs.DocID;
            }
        }

        return slots;
    }

    private bool IsSame(SearchDocument document, int slot)
    {
        Segment segment = _view.SegmentOf(slot);
        return StoredDocument.Write(document).AsSpan().SequenceEqual(StoredDocument.Write(segment.Source(slot - segment.Base)));
    }
}
