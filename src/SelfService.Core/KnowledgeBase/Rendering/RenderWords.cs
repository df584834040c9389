namespace SelfService.Core.KnowledgeBase.Rendering;

/// <summary>
/// The few words that become part of rendered articles, in the language of the content. The web project reads them from
/// its resources; this project has no words of its own.
/// </summary>
public sealed record RenderWords
{
    public required string Note { get; init; }
    public required string Tip { get; init; }
    public required string Important { get; init; }
    public required string Warning { get; init; }
    public required string Caution { get; init; }

    /// <summary>Hidden words after a link that leaves the site.</summary>
    public required string ExternalLink { get; init; }

    /// <summary>Name of the link beside a heading.</summary>
    public required string HeadingLink { get; init; }

    /// <summary>Name of a table's scrolling region.</summary>
    public required string Table { get; init; }

    /// <summary>Name of the link from a footnote back to the text.</summary>
    public required string BackToText { get; init; }

    /// <summary>Stands where the text names a figure that nobody knows.</summary>
    public required string UnknownFigure { get; init; }

    /// <summary>From one day of the week to another: "de {0} a {1}".</summary>
    public required string DaySpan { get; init; }

    /// <summary>From one hour to another: "de {0} a {1}".</summary>
    public required string HourSpan { get; init; }

    /// <summary>What comes last behind all others: "{0} y {1}".</summary>
    public required string LastOfSeveral { get; init; }
}

/// <summary>What the addresses in one file mean.</summary>
public interface IArticleLinks
{
    /// <summary>Address on the site for a relative link of the file; null when it leads nowhere.</summary>
    string? Resolve(string link);

    /// <summary>Stored image for a source of the file; null when there is none.</summary>
    LinkedImage? Image(string source);
}

/// <summary>An image as a page shows it.</summary>
/// <param name="Width">Pixels, or 0 when unknown.</param>
/// <param name="Height">Pixels, or 0 when unknown.</param>
public sealed record LinkedImage(string Url, string Hash, int Width, int Height);
