using System.Text;
using Markdig;
using Markdig.Extensions.CustomContainers;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace SelfService.Core.KnowledgeBase.Rendering;

/// <summary>
/// Parts of an article that only readers in some countries see: <c>:::pais MX CO</c> up to <c>:::</c>. They are stored together and
/// left out for each reader; any other block of this form is shown as if its marks were not there.
/// </summary>
public sealed class CountryBlocks : IMarkdownExtension
{
    internal const string Name = "pais";
    internal const string Attribute = "data-pais";
    private const string Opening = "<div " + Attribute + "=\"";

    void IMarkdownExtension.Setup(MarkdownPipelineBuilder pipeline) => pipeline.BlockParsers.Insert(0, new CustomContainerParser());

    void IMarkdownExtension.Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer) => renderer.ObjectRenderers.AddIfNotAlready<Container>();

    /// <summary>Whether a stored text has such parts.</summary>
    public static bool AreIn(string html) => html.Contains(Opening, StringComparison.Ordinal);

    /// <summary>What a reader in one country sees of a stored text.</summary>
    /// <param name="html">As <see cref="ArticleRenderer"/> made it: nothing but a tag begins with an angle bracket.</param>
    /// <param name="country">ISO 3166 code.</param>
    public static string For(string html, string country)
    {
        if (!AreIn(html))
        {
            return html;
        }

        var (shown, at) = (new StringBuilder(html.Length), 0);
        for (var start = html.IndexOf(Opening, StringComparison.Ordinal); start >= 0; start = html.IndexOf(Opening, at, StringComparison.Ordinal))
        {
            var codes = start + Opening.Length;
            var end = EndOf(html, start);
            shown.Append(html, at, start - at);
            if (html[codes..html.IndexOf('"', codes)].Split(' ').Contains(country))
            {
                shown.Append(html, start, end - start);
            }

            at = end;
        }

        return shown.Append(html, at, html.Length - at).ToString();
    }

    /// <summary>Codes of countries as they were written, in capitals; what cannot be one is left out.</summary>
    internal static IReadOnlyList<string> Codes(string written) =>
        [.. written.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(code => code.Length == 2 && code.All(char.IsAsciiLetter)).Select(code => code.ToUpperInvariant()).Distinct()];

    // Behind the end of the element that begins at start.
    private static int EndOf(string html, int start)
    {
        for (var (depth, at) = (0, start); ;)
        {
            var (open, close) = (html.IndexOf("<div", at, StringComparison.Ordinal), html.IndexOf("</div>", at, StringComparison.Ordinal));
            if (close < 0)
            {
                return html.Length;
            }

            if (open >= 0 && open < close)
            {
                (depth, at) = (depth + 1, open + "<div".Length);
            }
            else
            {
                (depth, at) = (depth - 1, close + "</div>".Length);
                if (depth == 0)
                {
                    return at;
                }
            }
        }
    }

    private sealed class Container : HtmlObjectRenderer<CustomContainer>
    {
        protected override void Write(HtmlRenderer renderer, CustomContainer block)
        {
            var isForCountries = Content.Slug.From(block.Info ?? "", "") == Name;
            renderer.EnsureLine();
            if (isForCountries)
            {
                renderer.Write(Opening).WriteEscape(block.Arguments ?? "").WriteLine("\">");
            }

            renderer.WriteChildren(block);
            if (isForCountries)
            {
                renderer.WriteLine("</div>");
            }
        }
    }
}
