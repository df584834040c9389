using System.Security.Cryptography;
using System.Text;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.LiveData;
using SelfService.Search;

namespace SelfService.Core.KnowledgeBase;

/// <summary>What an editor writes: the front matter as values, and the Markdown below it.</summary>
public sealed record ArticleContent
{
    public const int TitleMaxLength = 200;
    public const int SummaryMaxLength = 500;
    public const int ListMaxItems = 60;
    public const int ListItemMaxLength = 200;

    public required string Title { get; init; }

    public string Summary { get; init; } = "";

    /// <summary>Slug of the topic.</summary>
    public required string Category { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Other words customers use.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    public Audience Audience { get; init; }

    public ArticleStatus Status { get; init; } = ArticleStatus.Published;

    /// <summary>Date the author gives, UTC.</summary>
    public DateTime? Date { get; init; }

    public DateTime? PublishAt { get; init; }

    /// <summary>When it is to be archived by itself.</summary>
    public DateTime? ExpiresAt { get; init; }

    public DateTime? ReviewBy { get; init; }

    /// <summary>Old addresses, as paths from the root of the site.</summary>
    public IReadOnlyList<string> RedirectFrom { get; init; } = [];

    /// <summary>Slugs of related articles, best first.</summary>
    public IReadOnlyList<string> Related { get; init; } = [];

    /// <summary>Address asked for in the front matter; null to take it from the file's name.</summary>
    public string? Slug { get; init; }

    /// <summary>Two letters of the language it is written in; empty for the company's own.</summary>
    public string Language { get; init; } = "";

    /// <summary>ISO 3166 code of the only country it is for; empty for all.</summary>
    public string Country { get; init; } = "";

    /// <summary>Slug of the article that it says for other readers; empty for an article of its own.</summary>
    public string VariantOf { get; init; } = "";

    /// <summary>Markdown, normalised to NFC with <c>\n</c> line ends.</summary>
    public string Body { get; init; } = "";

    /// <summary>
    /// SHA-256, hexadecimal, of the file this content would be exported to and of the images it shows, so that a file
    /// which says the same in another spelling of YAML is not a new revision.
    /// </summary>
    public string Hash(IReadOnlyList<ArticleImage> images)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(Category + "\n" + ArticleFileWriter.Write(this)));
        foreach (var image in images)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"\n{image.Source} {image.Hash}"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>Part of an article under one heading, as plain text for search.</summary>
public sealed record ArticleSection(string Anchor, string Heading, int Level, string Text);

/// <summary>An image that an article shows.</summary>
/// <param name="Source">As written in the Markdown.</param>
/// <param name="Hash">Of the stored <see cref="Media"/>.</param>
public sealed record ArticleImage(string Source, string Hash);

/// <summary>What a text renders to.</summary>
public sealed record RenderedArticle(
    string Html,
    IReadOnlyList<ArticleSection> Sections,
    IReadOnlyList<ArticleImage> Images,
    int ReadingMinutes,
    int RendererVersion,
    IReadOnlyList<ContentProblem> Problems)
{
    /// <summary>Figures of the company that the text names.</summary>
    public IReadOnlyList<UsedFigure> Figures { get; init; } = [];
}
