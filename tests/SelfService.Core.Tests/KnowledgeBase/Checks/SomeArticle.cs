using AngleSharp.Html.Parser;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Checks;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.Tests.KnowledgeBase.Rendering;

namespace SelfService.Core.Tests.KnowledgeBase.Checks;

/// <summary>An article that lacks nothing but what its body lacks, and the company it belongs to.</summary>
internal static class SomeArticle
{
    public static KnownFigures Known { get; } = new("800 555 0142", ["55 5555 0188"]);

    public static ArticleContent With(string body) => new()
    {
        Title = "Un título",
        Summary = "Un resumen.",
        Category = "general",
        Keywords = ["otra palabra"],
        Body = body,
    };

    public static IReadOnlyList<Finding> Check(string body) => Check(With(body));

    public static IReadOnlyList<Finding> Check(ArticleContent content) => ArticleChecks.Of(content, Rendered(content.Body), Known);

    public static IReadOnlyList<Passage> Passages(string body) =>
        Core.KnowledgeBase.Checks.Passages.Of(new HtmlParser().ParseDocument(Rendered(body).Html).Body!);

    private static RenderedArticle Rendered(string body) => new ArticleRenderer(TestWords.Spanish).Render("Un título", body, new SomeLinks());
}
