using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace SelfService.Web.Components;

/// <summary>
/// <c>&lt;message-text body="@text" html="@html" /&gt;</c>: what a person wrote, as text unless it was rendered when it was stored. Every character is escaped; web addresses become
/// links, blank lines paragraphs and the other line ends stay where they were.
/// </summary>
[HtmlTargetElement("message-text", TagStructure = TagStructure.WithoutEndTag)]
public sealed partial class MessageTextTag(HtmlEncoder encoder) : TagHelper
{
    private const int AddressMaxLength = 2000;

    public required string Body { get; set; }

    /// <summary>The same, rendered and sanitised when it was stored; empty for plain text.</summary>
    public string Html { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        if (Html.Length > 0)
        {
            output.Content.AppendHtml(Html);
            return;
        }

        foreach (var paragraph in BlankLines().Split(Body.ReplaceLineEndings("\n")).Where(p => p.Trim().Length > 0))
        {
            output.Content.AppendHtml("<p>");
            var isFirst = true;
            foreach (var line in paragraph.Trim('\n').Split('\n'))
            {
                output.Content.AppendHtml(isFirst ? "" : "<br>");
                AppendLine(output.Content, line);
                isFirst = false;
            }

            output.Content.AppendHtml("</p>");
        }
    }

    private void AppendLine(TagHelperContent content, string line)
    {
        var end = 0;
        foreach (var match in Address().EnumerateMatches(line))
        {
            var address = Trimmed(line.AsSpan(match.Index, match.Length)).ToString();
            if (!IsSafe(address))
            {
                continue;
            }

            content.AppendHtml(encoder.Encode(line[end..match.Index]));
            var encoded = encoder.Encode(address);
            content.AppendHtml($"<a href=\"{encoded}\" rel=\"nofollow noopener noreferrer\">{encoded}</a>");
            end = match.Index + address.Length;
        }

        content.AppendHtml(encoder.Encode(line[end..]));
    }

    // What ends a sentence, or closes what was opened before the address, is not part of it.
    private static ReadOnlySpan<char> Trimmed(ReadOnlySpan<char> address)
    {
        while (address.Length > 0 && (".,;:!?'*_»”’]}".Contains(address[^1]) || (address[^1] == ')' && address.Count(')') > address.Count('('))))
        {
            address = address[..^1];
        }

        return address;
    }

    // A name before an @ makes a stranger's site look like ours.
    private static bool IsSafe(string address) => address.Length <= AddressMaxLength
        && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0 && uri.UserInfo.Length == 0;

    [GeneratedRegex(@"\bhttps?://[^\s<>""`|\\^{}]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    [GeneratedRegex(@"\n[ \t]*\n\s*")]
    private static partial Regex BlankLines();
}
