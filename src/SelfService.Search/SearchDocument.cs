namespace SelfService.Search;

/// <summary>Who may find a document. Each level includes the ones below it.</summary>
public enum Audience
{
    /// <summary>Everybody, signed in or not.</summary>
    Public = 0,

    /// <summary>Customers who have signed in, and staff.</summary>
    Customers = 1,

    /// <summary>Staff only.</summary>
    Staff = 2,
}

/// <summary>One article as the index sees it: plain text, no markup.</summary>
public sealed record SearchDocument
{
    /// <summary>Stable identity; applying a document with a known id replaces it.</summary>
    public required string Id { get; init; }

    /// <summary>Title, the strongest field.</summary>
    public required string Title { get; init; }

    /// <summary>One-sentence answer, or empty.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Other words customers use for the same thing.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>Text in reading order; the first section may have no heading.</summary>
    public IReadOnlyList<SearchSection> Sections { get; init; } = [];

    /// <summary>Slug of the topic the article belongs to, for filtering and counting.</summary>
    public string Topic { get; init; } = "";

    /// <summary>Address of the page, without fragment.</summary>
    public string Url { get; init; } = "";

    /// <summary>Who may find it.</summary>
    public Audience Audience { get; init; }

    /// <summary>Codes of the readers who find it, where others find the same in another language or for another country; null for all.</summary>
    public IReadOnlySet<string>? Readers { get; init; }

    /// <summary>
    /// What readers have proven, from -1 (it does not help) over 0 (nothing is known) to 1 (it helps); what lies beyond is brought
    /// back to these. It multiplies the score by a factor near 1.
    /// </summary>
    /// <exception cref="ArgumentException">It is not a number.</exception>
    public double Usefulness
    {
        get;
        init => field = double.IsNaN(value)
            ? throw new ArgumentException("Usefulness must be a number.", nameof(value))
            : Math.Clamp(value, -1, 1);
    }
}

/// <summary>A part of an article under one heading.</summary>
/// <param name="Anchor">Fragment id of the heading, without <c>#</c>; empty for text before the first heading.</param>
/// <param name="Heading">Heading text, or empty.</param>
/// <param name="Text">Plain text of the section, without the heading.</param>
public sealed record SearchSection(string Anchor, string Heading, string Text);
