namespace SelfService.Search.Explaining;

/// <summary>How a query was understood.</summary>
/// <param name="Words">Its words in order, misspelt ones with what was put in their place.</param>
/// <param name="Beside">The words it was expanded by because its own found too little; usually none.</param>
public sealed record QueryExplanation(IReadOnlyList<ExplainedWord> Words, IReadOnlyList<ExplainedWord> Beside);

/// <summary>One word of a query.</summary>
/// <param name="Typed">As it was typed.</param>
/// <param name="IsStopWord">True when it ranks only what other words find.</param>
/// <param name="Rarity">Inverse document frequency; 0 when every document has the word.</param>
/// <param name="Weight">What it counts for against other words: less than 1 for stop words and parts of codes.</param>
/// <param name="Forms">What answers it in the index, the closest first.</param>
public sealed record ExplainedWord(string Typed, bool IsStopWord, double Rarity, double Weight, IReadOnlyList<ExplainedForm> Forms)
{
    /// <summary>What the word counts for: rarity times weight.</summary>
    public double Value => Rarity * Weight;
}

/// <summary>A form of the index that answers a word of the query.</summary>
/// <param name="Form">As the index has it; several words for an expression.</param>
/// <param name="Relation">Why it answers.</param>
/// <param name="Weight">How much an occurrence counts: 1 for the word itself.</param>
public sealed record ExplainedForm(string Form, Relation Relation, double Weight);
