using SelfService.Search.Analysis;
using SelfService.Search.Explaining;

namespace SelfService.Search.Querying;

/// <summary>An index form that answers a typed word.</summary>
/// <param name="Term">Form number.</param>
/// <param name="Weight">1 for the word itself, less for its relatives.</param>
/// <param name="Relation">Why it answers; for explanations only.</param>
internal readonly record struct WeightedTerm(int Term, float Weight, Relation Relation = Relation.Itself);

/// <summary>A multi-word synonym: the forms of each of its words, which must stand side by side.</summary>
internal sealed record PhraseAlternative(Alternative Source, int[][] Words, float Weight);

/// <summary>One typed word with everything in the index that answers it.</summary>
internal sealed class QueryWord
{
    /// <summary>As typed, for the correction.</summary>
    public required string Typed { get; init; }

    /// <summary>What it counts against other words: less than 1 for stop words and parts of codes.</summary>
    public required float Weight { get; set; }

    public required bool IsStopWord { get; init; }

    public List<WeightedTerm> Terms { get; } = [];

    public List<PhraseAlternative> Alternatives { get; } = [];
}

/// <summary>A query ready to run against one snapshot.</summary>
/// <param name="Words">In the order of the query; at most <see cref="MostWords"/>.</param>
/// <param name="Phrases">Quoted phrases: the forms of each word, in order.</param>
/// <param name="Correction">The query with misspelt words replaced, or null.</param>
internal sealed record QueryPlan(List<QueryWord> Words, List<int[][]> Phrases, string? Correction)
{
    /// <summary>True when every word was in quotes.</summary>
    public bool IsAllQuoted { get; init; }

    /// <summary>So many words fit in the bits of a long; nobody types more.</summary>
    public const int MostWords = 64;
}
