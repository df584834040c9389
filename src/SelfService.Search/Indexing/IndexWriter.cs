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
    private const float NearlySame = 0.0005f;

    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _topics = new(StringComparer.Ordinal);
    private readonly SortedSet<int> _free = [];
    private readonly long[] _lengths = new long[5];
    private readonly int[] _filled = new int[5];
    private readonly float[] _averages = new float[5];
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
        // The last of two versions of one document in the same change wins; a document both changed and removed is gone.
        var latest = new Dictionary<string, SearchDocument>(changed.Count, StringComparer.Ordinal);
        foreach (SearchDocument document in changed)
            latest[document.Id] = document;
        foreach (string id in removed)
            latest.Remove(id);

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
    /// Forgets everything and brings all documents in again, because most words belong to versions long replaced. The last
    /// snapshot keeps the old vocabulary, so its readers notice nothing.
    /// </summary>
    private (Snapshot Last, IReadOnlyCollection<SearchDocument> Changed) StartAnew(
        Snapshot last, IReadOnlyCollection<SearchDocument> changed)
    {
        _slots.Clear();
        _topics.Clear();
        _free.Clear();
        Array.Clear(_lengths);
        Array.Clear(_filled);
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
        bool isNewAverage = RenewAverages();
        FieldWorth[] worth = Grow(last.Worth, slots);
        foreach (int slot in isNewAverage ? Enumerable.Range(0, slots) : added.Select(document => document.Slot))
        {
            if (documents[slot] is { } document)
                worth[slot] = WorthOf(document.Lengths);
        }

        float[]?[] frequencies = FrequenciesOf(postings, last, worth, isNewAverage);
        int[] byFolded = MergeByFolded(last.ByFolded, postings.Length);
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
            TitleLength = _averages[(int)Field.Title],
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

        for (int field = 0; field < _lengths.Length; field++)
        {
            _lengths[field] += sign * document.Lengths[field];
            _filled[field] += document.Lengths[field] > 0 ? sign : 0;
        }
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

    /// <summary>
    /// Lengths are measured against averages that stay while the true ones are near, so that one changed article among
    /// thousands does not change the frequencies of all. True when they did not stay.
    /// </summary>
    private bool RenewAverages()
    {
        bool isNew = false;
        for (int field = 0; field < _averages.Length; field++)
        {
            float average = _filled[field] == 0 ? 1 : Math.Max(1, (float)_lengths[field] / _filled[field]);
            isNew |= Math.Abs(average - _averages[field]) > NearlySame * average;
        }

        for (int field = 0; isNew && field < _averages.Length; field++)
            _averages[field] = _filled[field] == 0 ? 1 : Math.Max(1, (float)_lengths[field] / _filled[field]);
        return isNew;
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

    private FieldWorth WorthOf(int[] lengths)
    {
        ReadOnlySpan<float> average = _averages;
        return new FieldWorth
        {
            Title = weights.Title / Norm(lengths, average, Field.Title, weights.TitleLength),
            Keywords = weights.Keywords / Norm(lengths, average, Field.Keywords, weights.ShortFieldLength),
            Heading = weights.Heading / Norm(lengths, average, Field.Heading, weights.ShortFieldLength),
            Summary = weights.Summary / Norm(lengths, average, Field.Summary, weights.ShortFieldLength),
            Body = weights.Body / Norm(lengths, average, Field.Body, weights.BodyLength),
        };
    }

    private static float Norm(int[] lengths, ReadOnlySpan<float> average, Field field, float b) =>
        1 - b + (b * lengths[(int)field] / average[(int)field]);

    private int[] MergeByFolded(int[] last, int terms)
    {
        if (terms == last.Length)
            return last;
        var fresh = new int[terms - last.Length];
        for (int i = 0; i < fresh.Length; i++)
            fresh[i] = last.Length + i;
        Array.Sort(fresh, Compare);
        var merged = new int[terms];
        int from = 0, to = 0;
        var order = Comparer<int>.Create(Compare);
        foreach (int term in fresh)
        {
            int end = ~Array.BinarySearch(last, from, last.Length - from, term, order);
            Array.Copy(last, from, merged, to, end - from);
            to += end - from;
            from = end;
            merged[to++] = term;
        }

        Array.Copy(last, from, merged, to, last.Length - from);
        return merged;
    }

    private int Compare(int one, int other)
    {
        int order = string.CompareOrdinal(_words[one].Folded, _words[other].Folded);
        return order != 0 ? order : one.CompareTo(other);
    }

    private static T[] Grow<T>(T[] last, int length)
    {
        var copy = new T[length];
        last.CopyTo(copy, 0);
        return copy;
    }
}
