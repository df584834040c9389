using SelfService.Core.KnowledgeBase.Content;

namespace SelfService.Core.KnowledgeBase.Checks;

/// <summary>What an editor may be told about an article. The words for each are in the resources of the web project.</summary>
public enum FindingKind
{
    // The article as a whole
    MissingSummary,
    MissingKeywords,
    EmptyBody,
    FigureOutsideText,

    // How it is built
    MissingAlternative,
    HeadingSkipped,
    HeadingEmptySection,

    // How it speaks
    MixedAddress,
    LongSentence,
    PassiveChain,
    HardToRead,

    // What the portal knows better
    HandwrittenPrice,
    HandwrittenHours,
    HandwrittenPhone,

    // How it looks
    VagueLink,
    LongParagraph,
    ShoutedWords,
}

/// <summary>How much a finding matters.</summary>
public enum FindingWeight
{
    /// <summary>Worth a second look; the editor may well be right.</summary>
    Hint,

    /// <summary>Readers will miss something.</summary>
    Warning,

    /// <summary>There is nothing to publish.</summary>
    Blocking,
}

/// <summary>One thing an editor is told before publishing.</summary>
/// <param name="Quote">The passage as the reader sees it, at most <see cref="QuoteMaxLength"/> characters; empty when it concerns the whole article.</param>
/// <param name="Detail">A number, or the word in question.</param>
public sealed record Finding(FindingKind Kind, FindingWeight Weight, string Quote, string Detail = "")
{
    public const int QuoteMaxLength = 160;

    internal static Finding Hint(FindingKind kind, string passage, string detail = "") => new(kind, FindingWeight.Hint, Quoted(passage), detail);

    internal static Finding Warning(FindingKind kind, string passage, string detail = "") => new(kind, FindingWeight.Warning, Quoted(passage), detail);

    /// <summary>The passage, or its beginning up to a word and an ellipsis.</summary>
    internal static string Quoted(string passage)
    {
        var text = passage.Trim();
        if (text.Length <= QuoteMaxLength)
        {
            return text;
        }

        var cut = text.Cut(QuoteMaxLength - 1);
        var blank = cut.LastIndexOf(' ');
        // An address without a blank is cut where it stands, or nothing of it would be left.
        return (blank > QuoteMaxLength / 2 ? cut[..blank] : cut).TrimEnd(' ', ',', ';', ':') + "…";
    }
}
