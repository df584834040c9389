namespace SelfService.Search.Querying;

/// <summary>What a person typed, parsed into a value before anything searches.</summary>
/// <param name="Text">Cleaned text as it goes back into the search box.</param>
/// <param name="Words">Words and codes outside quotes, in order, as typed.</param>
/// <param name="Phrases">Quoted phrases, each a list of words.</param>
public sealed record SearchQuery(string Text, IReadOnlyList<string> Words, IReadOnlyList<IReadOnlyList<string>> Phrases)
{
    /// <summary>Longest query text that is looked at, in characters; the rest is cut at a word.</summary>
    public const int MaxLength = 512;
}
