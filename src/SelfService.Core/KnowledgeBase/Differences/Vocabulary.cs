using System.Globalization;
using System.Text;

namespace SelfService.Core.KnowledgeBase.Differences;

/// <summary>What a piece of a text is.</summary>
internal enum TokenKind
{
    Word,
    Blank,
    LineEnd,
    Mark,
}

/// <summary>A text cut into pieces that together are the text again; the same piece has the same number.</summary>
/// <param name="Text">The text.</param>
/// <param name="Ids">Number of each piece in the vocabulary.</param>
/// <param name="Starts">Where each piece starts, and one more: where the last ends.</param>
internal sealed record TokenizedText(string Text, int[] Ids, int[] Starts)
{
    /// <summary>The text from one piece up to another.</summary>
    public string Between(int from, int to) => Text[Starts[from]..Starts[to]];
}

/// <summary>
/// Numbers for pieces of text, so that comparing them is comparing numbers. Pieces are the same when their characters are: an accent that
/// is written as a character of its own is a difference.
/// </summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, int> ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> idsBySpan;
    private readonly List<(TokenKind Kind, int Length)> tokens = [];

    public Vocabulary()
    {
        idsBySpan = ids.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public TokenKind Kind(int id) => tokens[id].Kind;

    /// <summary>Characters of the piece.</summary>
    public int Length(int id) => tokens[id].Length;

    /// <summary>Number of one piece.</summary>
    public int Id(ReadOnlySpan<char> piece, TokenKind kind)
    {
        if (!idsBySpan.TryGetValue(piece, out var id))
        {
            id = tokens.Count;
            ids.Add(piece.ToString(), id);
            tokens.Add((kind, piece.Length));
        }

        return id;
    }

    /// <summary>Words, numbers such as 1.250,50, stretches of blanks, line ends, and every other sign on its own.</summary>
    public TokenizedText Words(string text)
    {
        var (found, starts) = (new List<int>(text.Length / 3), new List<int>(text.Length / 3));
        for (var at = 0; at < text.Length;)
        {
            var (kind, length) = First(text.AsSpan(at));
            found.Add(Id(text.AsSpan(at, length), kind));
            starts.Add(at);
            at += length;
        }

        return new TokenizedText(text, [.. found], [.. starts, text.Length]);
    }

    /// <summary>Lines with their ends; an empty text has none.</summary>
    public TokenizedText Lines(string text)
    {
        var (found, starts) = (new List<int>(), new List<int>());
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at);
            var length = end < 0 ? text.Length - at : end + 1 - at;
            found.Add(Id(text.AsSpan(at, length), TokenKind.Word));
            starts.Add(at);
            at += length;
        }

        return new TokenizedText(text, [.. found], [.. starts, text.Length]);
    }

    private static (TokenKind Kind, int Length) First(ReadOnlySpan<char> text)
    {
        if (IsLineEnd(text, 0))
        {
            return (TokenKind.LineEnd, text[0] == '\r' ? 2 : 1);
        }

        var length = 0;
        while (length < text.Length && char.IsWhiteSpace(text[length]) && !IsLineEnd(text, length))
        {
            length++;
        }

        if (length > 0)
        {
            return (TokenKind.Blank, length);
        }

        length = WordLength(text);
        // A sign that takes several characters, such as a family of emoji, is never cut.
        return length > 0 ? (TokenKind.Word, length) : (TokenKind.Mark, Math.Max(1, StringInfo.GetNextTextElementLength(text)));
    }

    private static bool IsLineEnd(ReadOnlySpan<char> text, int at) =>
        text[at] == '\n' || (text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n');

    private static int WordLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length)
        {
            Rune.DecodeFromUtf16(text[length..], out var rune, out var used);
            if (Rune.IsLetterOrDigit(rune) || (length > 0 && IsAccent(rune)))
            {
                length += used;
            }
            else if (text[length] is '.' or ',' && length > 0 && length + 1 < text.Length && char.IsDigit(text[length - 1]) && char.IsDigit(text[length + 1]))
            {
                length++;
            }
            else
            {
                break;
            }
        }

        return length;
    }

    private static bool IsAccent(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
