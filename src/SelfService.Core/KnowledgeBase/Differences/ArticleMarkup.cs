using System.Text;
using SelfService.Core.KnowledgeBase.Rendering;

namespace SelfService.Core.KnowledgeBase.Differences;

/// <summary>Writes nodes as HTML, as they are or marked as removed or added.</summary>
internal sealed class ArticleMarkup
{
    // Their children are elements of certain names only, so no mark may stand between them and those.
    private static readonly HashSet<string> Structures = new(StringComparer.Ordinal)
    {
        "colgroup", "dl", "ol", "table", "tbody", "tfoot", "thead", "tr", "ul",
    };

    // Their parent expects them by name, so no mark may stand around them.
    private static readonly HashSet<string> Members = new(StringComparer.Ordinal)
    {
        "caption", "col", "colgroup", "dd", "dt", "figcaption", "li", "summary", "tbody", "td", "tfoot", "th", "thead", "tr",
    };

    private static readonly HashSet<string> Void = new(StringComparer.Ordinal) { "br", "col", "hr", "img", "input" };

    public StringBuilder Html { get; } = new();

    public static bool IsVoid(ArticleNode node) => Void.Contains(node.Name);

    /// <summary>Whether nothing of it is read: an anchor or a span without content.</summary>
    public static bool IsEmpty(ArticleNode node) => !node.IsText && !IsVoid(node) && node.Children.TrueForAll(IsEmpty);

    public static string Tag(PartKind kind) => kind == PartKind.Removed ? "del" : "ins";

    /// <summary>Start tag of a block, what is inside, and its end tag.</summary>
    public void Element(ArticleNode node, bool isRemoved, Action inside)
    {
        Html.Append(isRemoved ? node.OpenWithoutId : node.Open);
        if (IsVoid(node))
        {
            return;
        }

        var start = Html.Length;
        inside();
        if (node.Name == "pre" && Html.Length > start && Html[start] == '\n')
        {
            // A parser drops the first line end of a pre.
            Html.Insert(start, '\n');
        }

        Html.Append("</").Append(node.Name).Append('>');
        if (node.IsBlock)
        {
            Html.Append('\n');
        }
    }

    /// <summary>A node as it is.</summary>
    public void Plain(ArticleNode node, bool isRemoved = false)
    {
        if (node.IsText)
        {
            HtmlText.Escaped(Html, node.Text, quotes: false);
        }
        else if (node.IsRun)
        {
            node.Children.ForEach(child => Plain(child, isRemoved));
        }
        else if (!isRemoved || node.IsBlock || !IsEmpty(node))
        {
            Element(node, isRemoved, () => node.Children.ForEach(child => Plain(child, isRemoved)));
        }
    }

    /// <summary>A node that is on one side only; the mark stands around it, or inside where it may not stand around it.</summary>
    public void Marked(ArticleNode node, PartKind kind, ArticleNode parent)
    {
        if (node.IsRun)
        {
            Member(parent, () => Inside([node], kind));
        }
        else if (!Structures.Contains(parent.Name) && !Members.Contains(node.Name))
        {
            Mark([node], kind);
        }
        else if (!IsVoid(node))
        {
            Element(node, kind == PartKind.Removed, () =>
            {
                if (Structures.Contains(node.Name) || node.Children.Exists(c => Members.Contains(c.Name)))
                {
                    node.Children.ForEach(child => Marked(child, kind, node));
                }
                else
                {
                    Inside(node.Children, kind);
                }
            });
        }
        else if (kind == PartKind.Added)
        {
            Plain(node);
        }
    }

    /// <summary>Text that stands where only members may becomes one when it is marked.</summary>
    public void Member(ArticleNode parent, Action inside)
    {
        var name = parent.Name switch
        {
            "ul" or "ol" => "li",
            "dl" => "dd",
            "tr" => "td",
            _ => "",
        };
        if (name.Length == 0)
        {
            if (!Structures.Contains(parent.Name))
            {
                inside();
            }

            return;
        }

        Html.Append('<').Append(name).Append('>');
        inside();
        Html.Append("</").Append(name).Append('>');
    }

    private void Inside(List<ArticleNode> nodes, PartKind kind)
    {
        if (!nodes.TrueForAll(IsEmpty))
        {
            Mark(nodes, kind);
        }
        else if (kind == PartKind.Added)
        {
            nodes.ForEach(node => Plain(node));
        }
    }

    private void Mark(List<ArticleNode> nodes, PartKind kind)
    {
        Html.Append('<').Append(Tag(kind)).Append('>');
        nodes.ForEach(node => Plain(node, kind == PartKind.Removed));
        Html.Append("</").Append(Tag(kind)).Append('>');
    }
}
