using System.Text.RegularExpressions;
using SelfService.Core.Tickets;

namespace SelfService.Core.Journeys;

/// <summary>What was typed into a search box as it may be kept: without what identifies a person.</summary>
public static partial class MaskedText
{
    /// <summary>Stands for what is not kept.</summary>
    public const string Mask = "•••";

    // Nobody means more by a search; the rest of a hostile text is never looked at.
    private const int MaxLooked = 2 * 512;

    /// <summary>
    /// One line of at most <see cref="VisitStep.SubjectMaxLength"/> characters in which e-mail addresses and runs of seven digits or
    /// more (telephones, cards, identity numbers, however they are spaced) are masked. Masking comes before cutting, so that no half of
    /// a number is left at the end.
    /// </summary>
    public static string Of(string? typed)
    {
        var line = PlainText.Line(Cut(typed ?? "", MaxLooked));
        return Cut(LongNumber().Replace(Address().Replace(line, Mask), Mask), VisitStep.SubjectMaxLength).TrimEnd();
    }

    /// <summary>A text of several lines, whole, in which the same is masked.</summary>
    public static string Block(string text) => LongNumber().Replace(Address().Replace(text, Mask), Mask);

    // Never between the two halves of a character.
    private static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    // No part of an address is longer; without a bound, a long line without blanks would be looked at again from each of its letters.
    [GeneratedRegex(@"\S{0,64}@\S{0,255}")]
    private static partial Regex Address();

    [GeneratedRegex(@"\+?\p{Nd}(?:[\s\p{Pd}.,()/+_]*\p{Nd}){6,}")]
    private static partial Regex LongNumber();
}
