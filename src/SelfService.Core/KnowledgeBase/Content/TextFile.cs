using System.Text;
using System.Text.RegularExpressions;

namespace SelfService.Core.KnowledgeBase.Content;

/// <summary>Bytes of a content file as clean text: UTF-8, NFC, <c>\n</c>, no control characters.</summary>
public sealed partial class TextFile
{
    /// <summary>Largest file, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private TextFile(string text, IReadOnlyList<ContentProblem> problems)
    {
        Text = text;
        Problems = problems;
    }

    public string Text { get; }

    public IReadOnlyList<ContentProblem> Problems { get; }

    /// <summary>Decodes and checks.</summary>
    /// <exception cref="ContentException">Too large, not UTF-8, or with marks of an unfinished merge.</exception>
    public static TextFile Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
        {
            throw new ContentException(ContentProblem.Error(ProblemKind.FileTooLarge, 0, $"{bytes.Length / 1024} KiB > {MaxBytes / 1024} KiB"));
        }

        string text;
        try
        {
            text = Strict.GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            throw new ContentException(ContentProblem.Error(ProblemKind.NotUtf8, 1 + bytes[..Math.Max(0, exception.Index)].Count((byte)'\n')));
        }

        var problems = new List<ContentProblem>();
        text = text.TrimStart('\uFEFF');
        var windows = text.Split("\r\n").Length - 1;
        var unix = text.Count(c => c == '\n') - windows;
        if (windows > 0 && unix > 0)
        {
            problems.Add(ContentProblem.Notice(ProblemKind.MixedLineEnds, 0, $"{windows} CRLF, {unix} LF"));
        }

        text = text.Replace("\r\n", "\n").Replace('\r', '\n');
        if (ConflictMark().Match(text) is { Success: true } conflict)
        {
            throw new ContentException(ContentProblem.Error(ProblemKind.ConflictMarks, LineOf(text, conflict.Index)));
        }

        if (GarbledText().Match(text) is { Success: true } garbled)
        {
            problems.Add(ContentProblem.Warning(ProblemKind.Mojibake, LineOf(text, garbled.Index), Around(text, garbled.Index)));
        }

        if (ControlCharacter().Match(text) is { Success: true } control)
        {
            problems.Add(ContentProblem.Warning(ProblemKind.ControlCharacters, LineOf(text, control.Index), $"U+{(int)control.Value[0]:X4}"));
            text = ControlCharacter().Replace(text, "");
        }

        return new TextFile(text.Normalize(NormalizationForm.FormC), problems);
    }

    /// <summary>
    /// The text without what the escapes of YAML and JSON can smuggle in: control characters, halves of pairs, non-characters.
    /// A feed with one of them is no XML, and PostgreSQL refuses a NUL.
    /// </summary>
    public static string Printable(string text) => Unprintable().Replace(text, " ").Normalize(NormalizationForm.FormC);

    private static int LineOf(string text, int index) => 1 + text.AsSpan(0, index).Count('\n');

    private static string Around(string text, int index)
    {
        var start = Math.Max(0, index - 12);
        return text[start..Math.Min(text.Length, index + 12)].Replace('\n', ' ');
    }

    [GeneratedRegex(@"^(<{7}|>{7})[ \t]", RegexOptions.Multiline)]
    private static partial Regex ConflictMark();

    // UTF-8 read as Latin-1 or Windows-1252, or characters that were already lost.
    [GeneratedRegex("[\u0080-\u009F\uFFFD]|[ÃÂ][\u00A0-\u00BF\u0152-\u0192\u2018-\u2122]|â€|ï»¿")]
    private static partial Regex GarbledText();

    [GeneratedRegex("[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]")]
    private static partial Regex ControlCharacter();

    // White space stays; who reads one line makes a blank of it.
    [GeneratedRegex("[\u0000-\u0008\u000E-\u001F\u007F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]")]
    private static partial Regex Unprintable();
}
