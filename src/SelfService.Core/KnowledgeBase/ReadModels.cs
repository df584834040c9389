using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.KnowledgeBase.Variants;

namespace SelfService.Core.KnowledgeBase;

/// <summary>A topic as it is listed.</summary>
/// <param name="Articles">Published articles this person may see.</param>
public sealed record TopicCard(string Slug, string Title, string Description, string Icon, int Articles);

/// <summary>An article as it is listed.</summary>
public sealed record ArticleCard(
    string Slug, string Title, string Summary, string TopicSlug, string TopicTitle, DateTime UpdatedAt, int ReadingMinutes)
{
    /// <summary>Address of the article's page.</summary>
    public string Url => ArticleAddress.Of(Slug);
}

/// <summary>A heading of an article, for its contents.</summary>
/// <param name="Level">2 to 6.</param>
public sealed record OutlineEntry(string Anchor, string Text, int Level);

/// <summary>Everything the article page shows.</summary>
/// <param name="Html">Rendered and sanitised when the revision was stored.</param>
public sealed record ArticleView(
    Guid Id,
    string Slug,
    string Title,
    string Summary,
    string Html,
    IReadOnlyList<OutlineEntry> Outline,
    IReadOnlyList<string> Tags,
    DateTime PublishedAt,
    DateTime UpdatedAt,
    int ReadingMinutes,
    string TopicSlug,
    string TopicTitle,
    Search.Audience Audience,
    string? Image,
    IReadOnlyList<ArticleCard> Related,
    ArticleCard? Previous,
    ArticleCard? Next)
{
    /// <summary>Two letters of the language it is written in; empty for the company's own.</summary>
    public string Language { get; init; } = "";

    /// <summary>The same for other readers, itself among them; empty where it is the only one.</summary>
    public IReadOnlyList<ArticleVariant> Variants { get; init; } = [];

    /// <summary>What a reader in one country sees of it.</summary>
    /// <param name="country">ISO 3166 code.</param>
    public ArticleView For(string country)
    {
        var html = CountryBlocks.For(Html, country);
        return ReferenceEquals(html, Html) ? this : this with { Html = html, Outline = [.. Outline.Where(o => html.Contains($" id=\"{o.Anchor}\"", StringComparison.Ordinal))] };
    }

    /// <summary>Address of the article's page.</summary>
    public string Url => ArticleAddress.Of(Slug);
}

/// <summary>One page of a longer list.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, int Number, int Size, int Total)
{
    /// <summary>Number of pages, at least one.</summary>
    public int Count => Math.Max(1, (Total + Size - 1) / Size);
}

/// <summary>Addresses of articles and topics, written once.</summary>
public static class ArticleAddress
{
    /// <summary>Page of an article.</summary>
    public static string Of(string slug) => "/articulos/" + slug;

    /// <summary>Slug in the address of an article or of a section of one.</summary>
    public static string SlugOf(string url) => url[Of("").Length..].Split('#')[0];

    /// <summary>Page of a topic.</summary>
    public static string OfTopic(string slug) => "/temas/" + slug;
}
