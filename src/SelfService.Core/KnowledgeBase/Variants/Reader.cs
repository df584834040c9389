namespace SelfService.Core.KnowledgeBase.Variants;

/// <summary>What decides which variant of an article somebody reads.</summary>
/// <param name="Language">Two letters.</param>
/// <param name="Country">ISO 3166 code.</param>
public sealed record Reader(string Language, string Country)
{
    /// <summary>Both in one, such as <c>es-MX</c>.</summary>
    public string Code => $"{Language}-{Country}";

    /// <summary>The codes in <see cref="Article.Readers"/>; null for everybody.</summary>
    internal static IReadOnlySet<string>? Codes(string readers) => readers.Length == 0 ? null : readers.Split('|', StringSplitOptions.RemoveEmptyEntries).ToHashSet();

    /// <summary>As it stands among others in <see cref="Article.Readers"/>.</summary>
    internal string Mark => $"|{Code}|";
}

/// <summary>Lists for one reader.</summary>
public static class ReaderQueries
{
    /// <summary>Of each article the variant that this reader is to find; all of them for null.</summary>
    public static IQueryable<Article> For(this IQueryable<Article> articles, Reader? reader)
    {
        if (reader is null)
        {
            return articles;
        }

        var mark = reader.Mark;
        return articles.Where(a => a.Readers == "" || a.Readers.Contains(mark));
    }
}
