using System.Collections.Frozen;
using AngleSharp.Dom;
using SelfService.Core.KnowledgeBase.Rendering;

namespace SelfService.Core.KnowledgeBase.Checks;

/// <summary>Checks how a rendered article is built: headings, pictures, links. One walk, without recursion.</summary>
internal sealed class ArticleStructure
{
    // What says nothing out of its sentence, which is how screen readers list links (WCAG 2.2, 2.4.9).
    private static readonly FrozenSet<string> Vague = FrozenSet.Create(StringComparer.Ordinal,
        "aquí", "aqui", "acá", "aca", "clic", "clic aquí", "click aquí", "clic aqui", "click aqui", "haga clic aquí", "haz clic aquí", "hacé clic acá",
        "hacé clic aquí", "pulse aquí", "pulsa aquí", "entre aquí", "vea aquí", "ver aquí", "toque aquí", "desde aquí", "este enlace", "el enlace",
        "enlace", "este link", "link", "este vínculo", "en este enlace", "siguiente enlace", "esta página", "más", "mas", "ver más", "ver mas",
        "leer más", "lea más", "saber más", "más información", "más info", "más detalles");

    private readonly List<Finding> findings = [];
    private string heading = "";
    private int level = 1;
    private bool isFilled = true;

    private ArticleStructure()
    {
    }

    public static List<Finding> Of(IElement body)
    {
        var structure = new ArticleStructure();
        var open = new Stack<IEnumerator<INode>>();
        open.Push(body.ChildNodes.GetEnumerator());
        while (open.Count > 0)
        {
            var children = open.Peek();
            if (!children.MoveNext())
            {
                children.Dispose();
                open.Pop();
            }
            else if (children.Current is IElement element)
            {
                if (structure.Enter(element))
                {
                    open.Push(element.ChildNodes.GetEnumerator());
                }
            }
            else if (children.Current is IText { Data: var text } && !string.IsNullOrWhiteSpace(text))
            {
                structure.isFilled = true;
            }
        }

        // Nothing comes after the last heading, as nothing may come before one of its level.
        structure.CloseSection(0);
        return structure.findings;
    }

    // Whether to go on inside: a heading's own text does not fill its section.
    private bool Enter(IElement element)
    {
        switch (element.LocalName)
        {
            case ['h', >= '2' and <= '6']:
                Heading(ArticleSections.Collapse(element.TextContent), element.LocalName[1] - '0');
                foreach (var image in element.QuerySelectorAll("img"))
                {
                    Picture(image);
                }

                return false;
            case "img":
                isFilled = true;
                Picture(element);
                return false;
            case "a" when element.HasAttribute("href") && element.ClassName is not ("footnote-ref" or "footnote-back-ref"):
                Link(element);
                return true;
            default:
                return true;
        }
    }

    private void Heading(string text, int next)
    {
        CloseSection(next);
        if (next > level + 1)
        {
            findings.Add(Finding.Warning(FindingKind.HeadingSkipped, text, $"h{level} → h{next}"));
        }

        (heading, level, isFilled) = (text, next, false);
    }

    // A heading right above a smaller one only groups what follows.
    private void CloseSection(int next)
    {
        if (!isFilled && next <= level)
        {
            findings.Add(Finding.Hint(FindingKind.HeadingEmptySection, heading));
        }
    }

    private void Picture(IElement image)
    {
        if (string.IsNullOrWhiteSpace(image.GetAttribute("alt")))
        {
            var name = image.GetAttribute("src") ?? "";
            var caption = image.ParentElement is { LocalName: "figure" } figure ? figure.QuerySelector("figcaption")?.TextContent ?? "" : "";
            findings.Add(Finding.Warning(FindingKind.MissingAlternative, ArticleSections.Collapse(caption), Uri.UnescapeDataString(name[(name.LastIndexOf('/') + 1)..])));
        }
    }

    private void Link(IElement link)
    {
        var name = ArticleSections.Collapse(string.Concat(link.ChildNodes.Where(node => node is not IElement { ClassName: "visually-hidden" }).Select(node => node.TextContent)));
        if (name.Length <= 40 && Vague.Contains(name.TrimEnd('.', '…', '»', '>', ' ').ToLowerInvariant()))
        {
            findings.Add(Finding.Hint(FindingKind.VagueLink, ArticleSections.Collapse(link.Closest("p,li,td,th,dd,dt,figcaption,summary")?.TextContent ?? name), name));
        }
    }
}
