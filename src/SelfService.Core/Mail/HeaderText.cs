using System.Text;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Tickets;

namespace SelfService.Core.Mail;

/// <summary>Values of mail headers: first one line each, then in the letters a header may hold (RFC 5322, RFC 2047).</summary>
public static class HeaderText
{
    /// <summary>Longest value, in characters; encoded and folded it stays far below the 998 of a line.</summary>
    public const int MaxLength = 400;

    // RFC 2047, 2: a word of at most 75 characters; 45 bytes are 60 of Base64.
    private const int WordBytes = 45;
    private const int FoldAt = 76;

    /// <summary>
    /// One line without control and invisible characters. What looks like an encoded word is taken apart: a program that
    /// decodes it would show what nobody wrote.
    /// </summary>
    public static string Line(string text, int maxLength)
    {
        var line = PlainText.Line(text).Replace("=?", "= ?", StringComparison.Ordinal);
        return line.Length <= maxLength ? line : line.Cut(maxLength - 1).TrimEnd() + "…";
    }

    /// <summary>A name or an id: visible ASCII only, without what ends it.</summary>
    public static string Token(string text) => string.Concat(text.Where(c => char.IsAsciiLetterOrDigit(c) || "-_.@[]".Contains(c)));

    /// <summary>The value as it is written after the header's name, folded.</summary>
    /// <param name="line">A value of <see cref="Line"/>.</param>
    /// <param name="used">Characters already on the line.</param>
    public static string Encode(string line, int used) => Ascii.IsValid(line) ? Fold(line, used) : Words(line);

    /// <summary>The name before an address: quoted, or as encoded words.</summary>
    public static string Phrase(string line, int used) =>
        Ascii.IsValid(line) ? Fold($"\"{line.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"", used) : Words(line);

    private static string Words(string line)
    {
        var words = new List<string>();
        var word = new List<byte>();
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in line.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(bytes);
            if (word.Count + length > WordBytes)
            {
                words.Add(Word(word));
                word.Clear();
            }

            word.AddRange(bytes[..length]);
        }

        words.Add(Word(word));
        return string.Join("\r\n ", words);
    }

    private static string Word(List<byte> bytes) => $"=?utf-8?B?{Convert.ToBase64String([.. bytes])}?=";

    private static string Fold(string line, int used)
    {
        var folded = new StringBuilder();
        foreach (var part in line.Split(' '))
        {
            if (folded.Length > 0)
            {
                var breaks = used + 1 + part.Length > FoldAt;
                folded.Append(breaks ? "\r\n " : " ");
                used = breaks ? 1 : used + 1;
            }

            folded.Append(part);
            used += part.Length;
        }

        return folded.ToString();
    }
}
