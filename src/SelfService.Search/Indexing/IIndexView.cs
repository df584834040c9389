using SelfService.Search.Querying;

namespace SelfService.Search.Indexing;

/// <summary>
/// What understanding a query and reading documents closely ask of an index, whoever keeps its postings. It never changes;
/// documents have slots, numbers from 0.
/// </summary>
internal interface IIndexView
{
    SearchLanguage Language { get; }

    /// <summary>Documents that can be found, of every audience.</summary>
    int Count { get; }

    Vocabulary Words { get; }

    /// <summary>Words in a title, on average.</summary>
    float TitleLength { get; }

    /// <summary>Inverse document frequency of each form, already lowered for stop words.</summary>
    float[] Rarity { get; }

    /// <summary>The same among titles only.</summary>
    float[] TitleRarity { get; }

    /// <summary>Forms that answer a word, found when first asked for.</summary>
    RelativesCache Relatives { get; }

    /// <summary>Words that stand together, learnt when a query first finds too little.</summary>
    RelatedCache Related { get; }

    /// <summary>Synonyms, found when first asked for.</summary>
    AlternativeForms Alternatives { get; }

    /// <summary>True when some document has the form.</summary>
    bool Knows(int term);

    /// <summary>Documents that have the form, of every audience.</summary>
    int HoldersOf(int term);

    /// <summary>Forms whose folded spelling starts like this, in the order of the spelling; some of them may be unused.</summary>
    ReadOnlySpan<int> StartingWith(ReadOnlySpan<char> prefix);

    /// <summary>Those that stand in a title, a heading or a keyword.</summary>
    ReadOnlySpan<int> NamesStartingWith(string prefix);

    /// <summary>Documents that an audience may see.</summary>
    int CountUpTo(Audience audience);

    /// <summary>The forms of one document, each once, in reading order.</summary>
    ReadOnlySpan<int> TermsOf(int slot);

    /// <summary>Documents that an audience may see with any of the forms; beyond <paramref name="most"/> they are not counted any further.</summary>
    int Holding(int[] forms, Audience audience, int most);
}
