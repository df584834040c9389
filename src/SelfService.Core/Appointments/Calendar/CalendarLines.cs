using System.Text;
using SelfService.Core.Tickets;

namespace SelfService.Core.Appointments.Calendar;

/// <summary>The lines of a calendar file (RFC 5545, 3.1): escaped, folded, ended by CRLF. No value can begin a line of its own.</summary>
internal sealed class CalendarLines
{
    private const string LineEnd = "\r\n";

    // RFC 5545, 3.1, without the line end.
    private const int FoldBytes = 75;

    private readonly StringBuilder lines = new();

    /// <summary>A component with what is written in it.</summary>
    public void Component(string name, Action write)
    {
        Value("BEGIN", name);
        write();
        Value("END", name);
    }

    /// <summary>A property of text (3.3.11) in one line; left out when there is none.</summary>
    public void Line(string name, string text) => Text(name, PlainText.Line(text));

    /// <summary>A property of text (3.3.11) in several lines; left out when there is none.</summary>
    public void Body(string name, string text) => Text(name, PlainText.Body(text));

    /// <summary>A property whose value is a word, a number, a moment or an address: printable ASCII that the portal itself made.</summary>
    /// <param name="name">With its parameters, each of <see cref="Parameter"/>.</param>
    public void Value(string name, string value)
    {
        var used = 0;
        foreach (var rune in $"{name}:{value}".EnumerateRunes())
        {
            if (used + rune.Utf8SequenceLength > FoldBytes)
            {
                lines.Append(LineEnd).Append(' ');
                used = 1;
            }

            lines.Append(rune.ToString());
            used += rune.Utf8SequenceLength;
        }

        lines.Append(LineEnd);
    }

    /// <summary>A parameter to follow a name, quoted unless it is a plain word (RFC 5545, 3.2; RFC 6868); empty when it has no value.</summary>
    public static string Parameter(string name, string text)
    {
        var value = PlainText.Line(text).Replace("^", "^^", StringComparison.Ordinal).Replace("\"", "^'", StringComparison.Ordinal);
        var isWord = value.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_/+".Contains(letter));
        return value.Length == 0 ? "" : isWord ? $";{name}={value}" : $";{name}=\"{value}\"";
    }

    /// <summary>A mail address as an address of the web (RFC 6068): only what means nothing there stays as it is.</summary>
    public static string Mailto(string mail)
    {
        var address = new StringBuilder("mailto:");
        foreach (var octet in Encoding.UTF8.GetBytes(mail))
        {
            var letter = (char)octet;
            address.Append(char.IsAsciiLetterOrDigit(letter) || "-._~!$'*+@".Contains(letter) ? letter : $"%{octet:X2}");
        }

        return address.ToString();
    }

    public override string ToString() => lines.ToString();

    private void Text(string name, string clean)
    {
        if (clean.Length > 0)
        {
            Value(name, clean.Replace(@"\", @"\\", StringComparison.Ordinal).Replace(";", @"\;", StringComparison.Ordinal)
                .Replace(",", @"\,", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal));
        }
    }
}
