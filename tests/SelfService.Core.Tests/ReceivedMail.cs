using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SelfService.Core.Tests;

/// <summary>A mail as the program of whoever receives it reads it: headers unfolded and decoded, every part as text.</summary>
public sealed partial class ReceivedMail
{
    private readonly List<(string Name, string Value)> headers;

    private ReceivedMail(List<(string Name, string Value)> headers, Part whole)
    {
        this.headers = headers;
        Structure = whole.ToString();
        var parts = whole.Leaves.Where(p => !p.IsFile).ToList();
        Text = parts.Single(p => p.Type == "text/plain").Text;
        Html = parts.Single(p => p.Type == "text/html").Text;
        Calendar = parts.SingleOrDefault(p => p.Type == "text/calendar");
        Files = [.. whole.Leaves.Where(p => p.IsFile)];
    }

    /// <summary>Types of its parts, those within another in brackets.</summary>
    public string Structure { get; }

    /// <summary>The part of plain text, with <c>\n</c> line ends.</summary>
    public string Text { get; }

    public string Html { get; }

    /// <summary>The appointment that calendars read; null when there is none.</summary>
    public Part? Calendar { get; }

    /// <summary>Files that hang on it.</summary>
    public IReadOnlyList<Part> Files { get; }

    public string Subject => this["Subject"];

    public string To => this["To"];

    public string From => this["From"];

    public string MessageId => this["Message-ID"];

    /// <summary>Names of all headers, as often as they stand there.</summary>
    public IReadOnlyList<string> Names => [.. headers.Select(h => h.Name)];

    /// <summary>Web addresses in the part of plain text.</summary>
    public IReadOnlyList<Uri> Links => [.. WebAddress().Matches(Text).Select(m => new Uri(m.Value))];

    /// <summary>Value of a header; empty when there is none, and a failure when there are several.</summary>
    public string this[string name] => headers.Where(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value).SingleOrDefault("");

    /// <summary>The first link to that path of the portal, as path and query.</summary>
    public string LinkTo(string path) =>
        Links.Select(link => link.PathAndQuery).FirstOrDefault(link => link.StartsWith(path, StringComparison.Ordinal)) ?? throw new InvalidOperationException($"No link to {path} in: {Text}");

    public static ReceivedMail Read(byte[] bytes)
    {
        var (headers, body) = Split(Encoding.UTF8.GetString(bytes));
        return new ReceivedMail(headers, PartOf(headers, body));
    }

    private static Part PartOf(List<(string Name, string Value)> headers, string body)
    {
        var declared = Header(headers, "Content-Type");
        if (!declared.StartsWith("multipart/", StringComparison.Ordinal))
        {
            return new Part(declared, headers.SingleOrDefault(h => h.Name.Equals("Content-Disposition", StringComparison.OrdinalIgnoreCase)).Value ?? "", Decoded(headers, body), []);
        }

        var boundary = Boundary().Match(declared).Groups[1].Value;
        var parts = ("\r\n" + body).Split($"\r\n--{boundary}")[1..^1].Select(part => Split(part[2..])).Select(part => PartOf(part.Headers, part.Body));
        return new Part(declared, "", "", [.. parts]);
    }

    private static (List<(string Name, string Value)> Headers, string Body) Split(string message)
    {
        var end = message.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var unfolded = Folding().Replace(message[..end], " ");
        var headers = unfolded.Split("\r\n").Select(line => line.Split(": ", 2)).Select(h => (h[0], Words(h[1]))).ToList();
        return (headers, message[(end + 4)..]);
    }

    private static string Decoded(List<(string Name, string Value)> headers, string body)
    {
        var text = Header(headers, "Content-Transfer-Encoding") switch
        {
            "base64" => Encoding.UTF8.GetString(Convert.FromBase64String(body)),
            "quoted-printable" => QuotedPrintable(SoftBreak().Replace(body, "")),
            "8bit" or "7bit" => body,
            var other => throw new InvalidOperationException(other),
        };
        return text.Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    private static string Header(List<(string Name, string Value)> headers, string name) =>
        headers.Single(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    // Blanks between two encoded words are not part of the text.
    private static string Words(string value) => Word().Replace(BetweenWords().Replace(value, "$1"), word => word.Groups[1].Value.ToUpperInvariant() == "B"
        ? Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups[2].Value))
        : QuotedPrintable(word.Groups[2].Value.Replace('_', ' ')));

    private static string QuotedPrintable(string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=')
            {
                bytes.Add(byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 2;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[i].ToString()));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    /// <summary>A part of it.</summary>
    /// <param name="Declared">Its type with all parameters.</param>
    /// <param name="Disposition">Empty for what is shown with the mail itself.</param>
    /// <param name="Text">With <c>\n</c> line ends.</param>
    public sealed record Part(string Declared, string Disposition, string Text, IReadOnlyList<Part> Parts)
    {
        public string Type => Declared.Split(';')[0];

        public bool IsFile => Disposition.StartsWith("attachment", StringComparison.Ordinal);

        public IEnumerable<Part> Leaves => Parts.Count == 0 ? [this] : Parts.SelectMany(p => p.Leaves);

        public override string ToString() => Parts.Count == 0 ? Type : $"{Type} [{string.Join(", ", Parts)}]";
    }

    [GeneratedRegex("""boundary="?([^";]+)"?""")]
    private static partial Regex Boundary();

    [GeneratedRegex("\r\n[ \t]+")]
    private static partial Regex Folding();

    [GeneratedRegex("=\r\n")]
    private static partial Regex SoftBreak();

    [GeneratedRegex(@"=\?utf-8\?([BbQq])\?([^?]*)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex Word();

    [GeneratedRegex(@"(\?=) +(?==\?)")]
    private static partial Regex BetweenWords();

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex WebAddress();
}
