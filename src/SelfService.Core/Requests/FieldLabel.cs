using System.Text.RegularExpressions;

namespace SelfService.Core.Requests;

/// <summary>
/// The words of a question. They may hold links to pages of the portal, written as in Markdown; everything else is plain
/// text, and a link to elsewhere stays the text it is.
/// </summary>
public sealed partial class FieldLabel
{
    /// <param name="written">One line.</param>
    public FieldLabel(string written)
    {
        var parts = new List<LabelPart>();
        var end = 0;
        foreach (Match link in Link().Matches(written))
        {
            Add(written[end..link.Index], null);
            Add(link.Groups["text"].Value, link.Groups["address"].Value);
            end = link.Index + link.Length;
        }

        Add(written[end..], null);
        Parts = parts;
        Text = string.Concat(parts.Select(p => p.Text));

        void Add(string text, string? address)
        {
            if (text.Length > 0)
            {
                parts.Add(new LabelPart(text, address));
            }
        }
    }

    /// <summary>Texts and links in their order.</summary>
    public IReadOnlyList<LabelPart> Parts { get; }

    /// <summary>The words alone.</summary>
    public string Text { get; }

    public override string ToString() => Text;

    // "//other.example" and "/\other.example" are other sites to a browser.
    [GeneratedRegex(@"\[(?<text>[^\[\]]+)\]\((?<address>/(?![/\\])[^\s()\\<>""']*)\)")]
    private static partial Regex Link();
}

/// <summary>A piece of a label.</summary>
/// <param name="Address">Path of the portal, or null for text.</param>
public sealed record LabelPart(string Text, string? Address);
