using System.Runtime.InteropServices;
using SelfService.Search.Querying;
using SelfService.Search.Ranking;
using SelfService.Search.Suggesting;

namespace SelfService.Search.Indexing;

/// <summary>What one occurrence is worth in each field of one document: field weight over length norm.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FieldWorth
{
    public float Body, Title, Keywords, Heading, Summary;

    /// <summary>Weighted number of occurrences (the pseudo-frequency of BM25F).</summary>
    public readonly float Of(uint counts)
    {
        float frequency = (counts & Occurrences.BodyMask) * Body;
        if (counts > Occurrences.BodyMask)
        {
            frequency += (((counts >> 24) & 0xF) * Title) + (((counts >> 20) & 0xF) * Keywords)
                + (((counts >> 16) & 0xF) * Heading) + ((counts >> 28) * Summary);
        }

        return frequency;
    }
}

/// <summary>
/// The whole index at one revision. Nothing in it ever changes, so any number of readers use it without a lock.
/// Documents have slots, numbers from 0; a slot may be empty.
/// </summary>
internal sealed record Snapshot : IIndexView
{
    public static Snapshot Empty { get; } = new()
    {
        Revision = 0,
        Language = SearchLanguage.Default,
        Count = 0,
        Words = new Vocabulary(),
        Postings = [],
        Documents = [],
        Worth = [],
        Frequencies = [],
        Members = [],
        Filters = new SlotFilters([], [], [], []),
        Audiences = [],
        TopicOf = [],
        Topics = [],
        TitleLength = 1,
        Rarity = [],
        TitleRarity = [],
        ByFolded = [],
        Names = NameIndex.Empty,
    };

    private PreparedWords? _prepared;

    public required long Revision { get; init; }

    /// <summary>What its readers search with, so that words and documents change in one step.</summary>
    public required SearchLanguage Language { get; init; }

    /// <summary>Documents, empty slots not counted.</summary>
    public required int Count { get; init; }

    public required Vocabulary Words { get; init; }

    /// <summary>By form number: slot in the upper 32 bits, <see cref="Occurrences"/> in the lower, by slot; null when unused.</summary>
    public required ulong[]?[] Postings { get; init; }

    public required IndexedDocument?[] Documents { get; init; }

    /// <summary>The slots of long lists of postings as bits; null for short ones.</summary>
    public required SlotSet?[] Members { get; init; }

    public required SlotFilters Filters { get; init; }

    public required FieldWorth[] Worth { get; init; }

    /// <summary>Beside each list of postings: the weighted number of occurrences (the pseudo-frequency of BM25F).</summary>
    public required float[]?[] Frequencies { get; init; }

    /// <summary>Forms that answer a word, found when first asked for.</summary>
    public RelativesCache Relatives { get; } = new();

    /// <summary>Words that stand together, learnt when a query first finds too little.</summary>
    public RelatedCache Related { get; } = new();

    /// <summary>Synonyms, found when first asked for.</summary>
    public AlternativeForms Alternatives { get; private init; } = new();

    /// <summary>Synonyms of several words, found when first asked for.</summary>
    public PhraseCache Phrases { get; private init; } = new();

    /// <summary>Query words, prepared when first asked for.</summary>
    public PreparedWords Prepared => _prepared ?? Interlocked.CompareExchange(ref _prepared, new PreparedWords(this), null) ?? _prepared;

    public required byte[] Audiences { get; init; }

    public required int[] TopicOf { get; init; }

    public required string[] Topics { get; init; }

    /// <summary>Words in a title, on average.</summary>
    public required float TitleLength { get; init; }

    /// <summary>Inverse document frequency of each form, already lowered for stop words.</summary>
    public required float[] Rarity { get; init; }

    /// <summary>The same among titles only.</summary>
    public required float[] TitleRarity { get; init; }

    /// <summary>Form numbers in the order of their folded spelling, for completion.</summary>
    public required int[] ByFolded { get; init; }

    /// <summary>Titles, headings and keywords apart, for completion.</summary>
    public required NameIndex Names { get; init; }

    /// <summary>The same documents with other synonyms. What was looked up for the old ones is left behind; stop words are part of the index and stay.</summary>
    public Snapshot With(SearchLanguage language) => this with { Language = language, Alternatives = new(), Phrases = new(), _prepared = null };

    /// <summary>Forms whose folded spelling starts like this, in the order of the spelling; some of them may be unused.</summary>
    public ReadOnlySpan<int> StartingWith(ReadOnlySpan<char> prefix)
    {
        (int first, int end) = Words.RangeOf(ByFolded, prefix);
        return ByFolded.AsSpan(first..end);
    }

    public int HoldersOf(int term) => Postings[term]!.Length;

    public ReadOnlySpan<int> NamesStartingWith(string prefix) => Names.StartingWith(Words, prefix);

    public int CountUpTo(Audience audience) => Filters.UpTo(audience) is { } visible ? Bits.Count(visible) : Count;

    public ReadOnlySpan<int> TermsOf(int slot) => Documents[slot]!.Terms;

    public int Holding(int[] forms, Audience audience, int most)
    {
        ulong[]? visible = Filters.UpTo(audience);
        var slots = new HashSet<int>();
        foreach (int form in forms)
        {
            ulong[] postings = Postings[form]!;
            int atLeast = visible is null ? postings.Length : Members[form] is { } set ? Bits.CountBoth(set.Bits, visible) : 0;
            if (atLeast > most)
                return atLeast;
            foreach (ulong posting in postings)
            {
                int slot = (int)(posting >> 32);
                if ((visible is null || Bits.Has(visible, slot)) && slots.Add(slot) && slots.Count > most)
                    return slots.Count;
            }
        }

        return slots.Count;
    }

    /// <summary>Weighted number of occurrences in each document of a list.</summary>
    public static float[] FrequenciesOf(ReadOnlySpan<ulong> postings, FieldWorth[] worth)
    {
        var frequencies = new float[postings.Length];
        for (int i = 0; i < frequencies.Length; i++)
            frequencies[i] = worth[postings[i] >> 32].Of((uint)postings[i]);
        return frequencies;
    }

    /// <summary>The highest, or 0 of none.</summary>
    public static float Max(ReadOnlySpan<float> frequencies)
    {
        float highest = 0;
        foreach (float frequency in frequencies)
            highest = Math.Max(highest, frequency);
        return highest;
    }

    /// <summary>True when some document of this snapshot has the form.</summary>
    public bool Knows(int term) => (uint)term < (uint)Postings.Length && Postings[term] is not null;
}
