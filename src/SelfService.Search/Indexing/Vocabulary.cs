using System.Collections.Concurrent;
using SelfService.Search.Analysis;
using SelfService.Search.Querying;
using SelfService.Search.Suggesting;

namespace SelfService.Search.Indexing;

/// <summary>One form of one word, with what is known about it once and for all.</summary>
/// <param name="Form">Normalised, accents kept.</param>
/// <param name="Folded">Without accents, ñ kept.</param>
/// <param name="Stem">Its two keys.</param>
internal sealed record Term(string Form, string Folded, WordStem Stem);

/// <summary>
/// All forms of all documents, numbered. It only grows, so that readers of an older snapshot use it without a lock while
/// the writer adds: they ignore the numbers their snapshot does not have.
/// </summary>
internal sealed class Vocabulary
{
    private readonly ConcurrentDictionary<string, int> _byForm;
    private readonly ConcurrentDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly ConcurrentDictionary<string, int[]> _byNoun = new(1, 1024, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int[]> _byVerb = new(1, 1024, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int[]> _withEnye = new(1, 64, StringComparer.Ordinal);
    private Term[] _terms = new Term[1024];

    public Vocabulary()
    {
        _byForm = new ConcurrentDictionary<string, int>(1, 1024, StringComparer.Ordinal);
        _bySpan = _byForm.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Forms known so far.</summary>
    public int Count { get; private set; }

    /// <summary>The form with this number.</summary>
    public Term this[int id] => Volatile.Read(ref _terms)[id];

    /// <summary>The forms by how they sound, for misspellings.</summary>
    public SoundIndex Sounds { get; } = new();

    /// <summary>The forms by parts of them, for suggestions.</summary>
    public PartIndex Parts { get; } = new();

    /// <summary>Number of a form, or -1.</summary>
    public int Find(ReadOnlySpan<char> form) => _bySpan.TryGetValue(form, out int id) ? id : -1;

    /// <summary>Forms with this noun key.</summary>
    public int[] OfNoun(string key) => _byNoun.TryGetValue(key, out int[]? ids) ? ids : [];

    /// <summary>Forms with this verb key.</summary>
    public int[] OfVerb(string key) => _byVerb.TryGetValue(key, out int[]? ids) ? ids : [];

    /// <summary>Forms written with ñ whose noun key is this one when every ñ is written n.</summary>
    public int[] OfNounWithEnye(string key) => _withEnye.TryGetValue(key, out int[]? ids) ? ids : [];

    /// <summary>Number of a form, added when new. For the one writer only.</summary>
    public int FindOrAdd(ReadOnlySpan<char> form)
    {
        if (_bySpan.TryGetValue(form, out int id))
            return id;
        var word = new string(form);
        string folded = AccentFolding.Fold(word);
        var term = new Term(word, folded, SpanishStemmer.Stem(word));
        id = Count;
        if (id == _terms.Length)
        {
            var larger = new Term[2 * id];
            _terms.CopyTo(larger, 0);
            Volatile.Write(ref _terms, larger);
        }

        _terms[id] = term;
        Count = id + 1;
        _byForm[word] = id;
        Sounds.Add(folded, id);
        Parts.Add(folded, id);
        Append(_byNoun, term.Stem.Noun, id);
        if (term.Stem.Verb.Length > 0)
            Append(_byVerb, term.Stem.Verb, id);
        if (term.Stem.Noun.Contains('ñ', StringComparison.Ordinal))
            Append(_withEnye, AccentFolding.FoldEnye(term.Stem.Noun), id);
        return id;
    }

    /// <summary>Where, among forms in the order of their folded spelling, those stand that start like this.</summary>
    public (int First, int End) RangeOf(ReadOnlySpan<int> byFolded, ReadOnlySpan<char> prefix)
    {
        int first = FirstFrom(byFolded, prefix, 0, above: false);
        return (first, FirstFrom(byFolded, prefix, first, above: true));
    }

    /// <summary>So many of the forms in the order of their folded spelling, where some of them are in it already.</summary>
    public int[] MergeByFolded(int[] last, int terms)
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
        int order = string.CompareOrdinal(this[one].Folded, this[other].Folded);
        return order != 0 ? order : one.CompareTo(other);
    }

    /// <summary>The first form not below the prefix, or the first above all that start with it.</summary>
    private int FirstFrom(ReadOnlySpan<int> byFolded, ReadOnlySpan<char> prefix, int low, bool above)
    {
        int high = byFolded.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            ReadOnlySpan<char> word = this[byFolded[middle]].Folded;
            if (above && word.Length > prefix.Length)
                word = word[..prefix.Length];
            int order = word.SequenceCompareTo(prefix);
            if (order < 0 || (above && order == 0))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private static void Append(ConcurrentDictionary<string, int[]> index, string key, int id) =>
        index[key] = index.TryGetValue(key, out int[]? ids) ? [.. ids, id] : [id];
}
