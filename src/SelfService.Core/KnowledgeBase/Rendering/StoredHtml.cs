using AngleSharp.Html.Parser;

namespace SelfService.Core.KnowledgeBase.Rendering;

/// <summary>HTML of ours that was stored without its sections.</summary>
internal static class StoredHtml
{
    private static readonly HtmlParser Parser = new();

    /// <summary>Its sections as plain text.</summary>
    public static IReadOnlyList<ArticleSection> Sections(string html)
    {
        using var document = Parser.ParseDocument("<body></body>");
        document.Body!.InnerHtml = html;
        return ArticleSections.Of(document.Body);
    }
}
