namespace SelfService.Search.Indexing;

/// <summary>A stretch of a document that says one thing: its title, one keyword, a heading, a sentence, a list item.</summary>
/// <param name="Start">First token of the passage in <see cref="IndexedDocument.Tokens"/>.</param>
/// <param name="Section">Index of the section, or -1 outside the sections.</param>
/// <param name="Field">Where it stands.</param>
/// <param name="Offset">First character of the passage in the text of its section, summary, title or keyword.</param>
internal readonly record struct Passage(int Start, short Section, Field Field, int Offset);

/// <summary>One analysed document, made once and shared by every snapshot that holds it.</summary>
internal sealed class IndexedDocument
{
    /// <summary>Bits of a length in <see cref="Places"/>.</summary>
    public const int LengthBits = 8;

    /// <summary>Longest length in <see cref="Places"/>.</summary>
    public const uint LongestPlace = (1u << LengthBits) - 1;

    private const uint LastPlace = (1u << (32 - LengthBits)) - 1;

    public required SearchDocument Source { get; init; }

    /// <summary>Form numbers in reading order; a code kept whole is <c>~number</c> and takes no position.</summary>
    public required int[] Tokens { get; init; }

    /// <summary>Where each token stands in its text: first character above <see cref="LengthBits"/>, length below.</summary>
    public required uint[] Places { get; init; }

    /// <summary>Proven usefulness, -1 to 1.</summary>
    public required float Usefulness { get; init; }

    public required Passage[] Passages { get; init; }

    /// <summary>Words in each field.</summary>
    public required int[] Lengths { get; init; }

    /// <summary>Each form once, with its <see cref="Occurrences"/>.</summary>
    public required int[] Terms { get; init; }

    public required uint[] Counts { get; init; }

    /// <summary>Start and length as they stand in <see cref="Places"/>. What lies too far away has no length.</summary>
    public static uint PlaceOf(int start, int length) =>
        start > LastPlace ? 0 : ((uint)start << LengthBits) | Math.Min((uint)length, LongestPlace);

    /// <summary>End of the passage at this index in <see cref="Tokens"/>.</summary>
    public int EndOf(int passage) => passage + 1 < Passages.Length ? Passages[passage + 1].Start : Tokens.Length;
}
