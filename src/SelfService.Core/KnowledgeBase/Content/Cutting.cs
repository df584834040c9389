namespace SelfService.Core.KnowledgeBase.Content;

/// <summary>Cuts text to a length.</summary>
public static class Cutting
{
    /// <summary>At most the first <paramref name="maxLength"/> characters, never half of a surrogate pair: PostgreSQL refuses one.</summary>
    public static string Cut(this string text, int maxLength) =>
        text.Length <= maxLength ? text : text[..(char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength)];
}
