using SelfService.Search.Ranking;
using SelfService.Search.Suggesting;

namespace SelfService.Search.Indexing;

/// <summary>
/// Makes the next snapshot from the last. Only what the changed documents touch is copied: the postings of their words,
/// and a few arrays with one entry a document. For one caller at a time.
/// </summary>
internal sealed class IndexWriter(SearchLanguage language, RankingWeights weights)
{
    private const int ManyWords = 20_000;

    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _topics = new(StringComparer.Ordinal);
    private readonly SortedSet<int> _free = [];
    private readonly FieldLengths _lengths = new(weights);
    private int[] _titleHolders = [];
    private Vocabulary _words = new();
    private DocumentAnalyzer? _analyzer;
    private Rarities? _rarities;

    /// <summary>The snapshot after adding, replacing and removing documents.</summary>
    public Snapshot Next(
        Snapshot last, IReadOnlyCollection<SearchDocument> changed, IReadOnlyCollection<string> removed, long revision)
    {
        if (_words.Count > ManyWords && _words.Count > 2 * last.Postings.Count(list => list is not null))
            (last, changed) = StartAnew(last, changed);
        _analyzer ??= new DocumentAnalyzer(_words);
        _rarities ??= new Rarities(language, weights, _words);
        Dictionary<string, SearchDocument> latest = Latest(changed, removed);
        var gone = new List<int>();
        foreach (string id in removed.Concat(latest.Keys))
        {
            if (_slots.Remove(id, out int slot))
            {
                gone.Add(slot);
                _free.Add(slot);
            }
        }

        int slots = last.Documents.Length;
        var added = new List<(int Slot, IndexedDocument Document)>(latest.Count);
        foreach (SearchDocument document in latest.Values)
        {
            int slot = _free.Count > 0 ? _free.Min : slots++;
            _free.Remove(slot);
            _slots[document.Id] = slot;
            added.Add((slot, _analyzer.Analyze(document)));
        }

        added.Sort((one, other) => one.Slot.CompareTo(other.Slot));
        return Build(last, gone, added, slots, revision);
    }

    /// <summary>
    /// What a change leaves, by id: the last of two versions of one document wins; a document both changed and removed is
    /// gone.
    /// </summary>
    public static Dictionary<string, SearchDocument> Latest(IReadOnlyCollection<SearchDocument> changed, IReadOnlyCollection<string> removed)
    {
        var latest = new Dictionary<string, SearchDocument>(changed.Count, StringComparer.Ordinal);
        foreach (SearchDocument document in changed)
            latest[document.Id] = document;
        foreach (string id in removed)
            latest.Remove(id);
        return latest;
    }

    /// <summary>
    /// Forgets everything and brings all documents in again, because most words belong to versions long replaced. The last
    /// snapshot keeps the old vocabulary, so its readers notice nothing.
    /// </summary>
    private (Snapshot Last, IReadOnlyCollection<SearchDocument> Changed) StartAnew(
        Snapshot last, IReadOnlyCollection<SearchDocument> changed)
    {
        _slots.Clear();
        _topics.Clear();
        _free.Clear();
        _lengths.Clear();
        (_words, _analyzer, _rarities, _titleHolders) = (new Vocabulary(), null, null, []);
        return (Snapshot.Empty.With(last.Language), [.. last.Documents.Where(document => document is not null).Select(document => document!.Source), .. changed]);
    }

    private Snapshot Build(
        Snapshot last, List<int> gone, List<(int Slot, IndexedDocument Document)> added, int slots, long revision)
    {
        ulong[]?[] postings = PostingsMerge.Apply(last, gone, added, _words.Count);
        Array.Resize(ref _titleHolders, postings.Length);
        IndexedDocument?[] documents = Grow(last.Documents, slots);
        byte[] audiences = Grow(last.Audiences, slots);
        int[] topicOf = Grow(last.TopicOf, slots);
        foreach (int slot in gone)
        {
            Weigh(documents[slot]!, -1);
            documents[slot] = null;
        }

        foreach ((int slot, IndexedDocument document) in added)
        {
            Weigh(document, +1);
            documents[slot] = document;
            audiences[slot] = (byte)document.Source.Audience;
            topicOf[slot] = TopicNumber(document.Source.Topic ?? "");
        }

        int count = _slots.Count;
        bool isNewAverage = _lengths.Renew();
        FieldWorth[] worth = Grow(last.Worth, slots);
        foreach (int slot in isNewAverage ? Enumerable.Range(0, slots) : added.Select(document => document.Slot))
        {
            if (documents[slot] is { } document)
                worth[slot] = _lengths.WorthOf(document.Lengths);
        }

        float[]?[] frequencies = FrequenciesOf(postings, last, worth, isNewAverage);
        int[] byFolded = _words.MergeByFolded(last.ByFolded, postings.Length);
        string[] topics = _topics.Count == last.Topics.Length ? last.Topics : [.. _topics.Keys];
        return new Snapshot
        {
            Revision = revision,
            Language = last.Language,
            Count = count,
            Words = _words,
            Postings = postings,
            Documents = documents,
            Members = MembersOf(postings, last, slots),
            Filters = new SlotFilters(documents, audiences, topicOf, topics),
            Worth = worth,
            Frequencies = frequencies,
            Audiences = audiences,
            TopicOf = topicOf,
            Topics = topics,
            TitleLength = _lengths.Average(Field.Title),
            Rarity = _rarities!.Of(postings.Length, count, term => postings[term]?.Length ?? 0),
            TitleRarity = _rarities!.Of(postings.Length, count, term => _titleHolders[term]),
            ByFolded = byFolded,
            Names = NameIndex.Next(last, postings, byFolded, added, slots),
        };
    }

    /// <summary>Counts a document in (+1) or out (-1) of the collection's statistics.</summary>
    private void Weigh(IndexedDocument document, int sign)
    {
        for (int i = 0; i < document.Terms.Length; i++)
        {
            if (Occurrences.Count(document.Counts[i], Field.Title) > 0)
                _titleHolders[document.Terms[i]] += sign;
        }

        _lengths.Add(document.Lengths, sign);
    }

    /// <summary>Lists that were not written again keep their bits.</summary>
    private static SlotSet?[] MembersOf(ulong[]?[] postings, Snapshot last, int slots)
    {
        var members = new SlotSet?[postings.Length];
        for (int term = 0; term < members.Length; term++)
        {
            members[term] = term < last.Postings.Length && last.Postings[term] == postings[term]
                ? last.Members[term]
                : SlotSet.Of(postings[term], slots);
        }

        return members;
    }

    private int TopicNumber(string topic)
    {
        if (!_topics.TryGetValue(topic, out int number))
            _topics[topic] = number = _topics.Count;
        return number;
    }

    private static float[]?[] FrequenciesOf(ulong[]?[] postings, Snapshot last, FieldWorth[] worth, bool isNewAverage)
    {
        var frequencies = new float[]?[postings.Length];
        for (int term = 0; term < frequencies.Length; term++)
        {
            if (!isNewAverage && term < last.Postings.Length && last.Postings[term] == postings[term])
                frequencies[term] = last.Frequencies[term];
            else if (postings[term] is { } list)
                frequencies[term] = Snapshot.FrequenciesOf(list, worth);
        }

        return frequencies;
    }

    private static T[] Grow<T>(T[] last, int length)
    {
        var copy = new T[length];
        last.CopyTo(copy, 0);
        return copy;
    }
}
