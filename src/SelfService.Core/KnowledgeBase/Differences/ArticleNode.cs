using System.Text;
using AngleSharp.Dom;
using SelfService.Core.KnowledgeBase.Rendering;

namespace SelfService.Core.KnowledgeBase.Differences;

/// <summary>
/// A piece of a rendered article as it is compared: an element, a text, or a run of both that stands beside or instead of blocks. The
/// children of a block are blocks and runs; those of a run and of an element in it are elements and texts.
/// </summary>
internal sealed class ArticleNode
{
    /// <summary>Name of a text; no element is called so.</summary>
    public const string TextName = "#text";

    /// <summary>Name of a run.</summary>
    public const string RunName = "#run";

    /// <summary>Name, or <see cref="TextName"/>, or <see cref="RunName"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Characters of a text.</summary>
    public string Text { get; init; } = "";

    /// <summary>Start tag.</summary>
    public string Open { get; init; } = "";

    /// <summary>Start tag without its id, for what is shown as removed: the id is on the page once more where it is now.</summary>
    public string OpenWithoutId { get; init; } = "";

    public List<ArticleNode> Children { get; init; } = [];

    /// <summary>Equal for what looks the same to a reader: ids and labels, which follow from the rest of the article, do not count.</summary>
    public int Key { get; set; }

    /// <summary>Equal for elements in runs that have the same start tags around them, their own included.</summary>
    public int Around { get; set; }

    /// <summary>The element of the run that this one is in.</summary>
    public ArticleNode? Parent { get; set; }

    /// <summary>Whether it is a block, or has one in it.</summary>
    public bool IsBlock { get; init; }

    /// <summary>Words of everything inside, for asking what it became.</summary>
    public WordBag? Bag { get; set; }

    public bool IsRun => Name == RunName;

    public bool IsText => Name == TextName;
}

/// <summary>Reads sanitised HTML into nodes; nodes of two articles are compared when one reader read both.</summary>
internal sealed class ArticleReader
{
    // What is deeper is kept as text: stored articles are far from it, and everything here goes down by calling itself.
    private const int MaxDepth = 250;

    private static readonly HashSet<string> Blocks = new(StringComparer.Ordinal)
    {
        "aside", "blockquote", "caption", "col", "colgroup", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "h2", "h3", "h4", "h5",
        "h6", "hr", "li", "ol", "p", "pre", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    };

    // Text cannot stand in them, and they cannot stand in each other for long.
    private static readonly HashSet<string> Tables = new(StringComparer.Ordinal) { "colgroup", "table", "tbody", "tfoot", "thead", "tr" };

    private readonly Dictionary<string, int> keys = new(StringComparer.Ordinal);

    // Blocks, and what has one in it.
    private readonly HashSet<IElement> blocks = [];

    /// <summary>Everything inside an element.</summary>
    public ArticleNode Read(IElement root)
    {
        blocks.Add(root);
        foreach (var block in root.Descendants<IElement>().Where(e => Blocks.Contains(e.LocalName)))
        {
            for (var element = block; element is not null && blocks.Add(element);)
            {
                element = element.ParentElement;
            }
        }

        return Element(root, null, false, 0);
    }

    private ArticleNode Element(IElement element, ArticleNode? parent, bool isPreformatted, int depth)
    {
        isPreformatted |= element.LocalName == "pre";
        var isBlock = blocks.Contains(element);
        // Additions and removals that the author wrote into the text are not what this comparison found.
        var name = element.LocalName switch
        {
            "ins" => isBlock ? "div" : "u",
            "del" => isBlock ? "div" : "s",
            var other => other,
        };
        var node = new ArticleNode
        {
            Name = name,
            Open = Tag(name, element, _ => true),
            OpenWithoutId = Tag(name, element, a => a != "id"),
            IsBlock = isBlock,
            Parent = parent,
        };
        var look = Tag(name, element, a => a is not ("id" or "aria-label"));
        var within = parent?.Around ?? 0;
        node.Around = Key($"around {within} {look}");
        var inside = isBlock ? null : node;
        List<ArticleNode> children = depth >= MaxDepth && element.HasChildNodes && !Tables.Contains(element.LocalName)
            ? [Text(element.TextContent, isPreformatted)]
            : [.. element.ChildNodes.Select(c => c is IElement e ? Element(e, inside, isPreformatted, depth + 1) : c is IText t ? Text(t.Data, isPreformatted) : null).OfType<ArticleNode>()];
        foreach (var child in children)
        {
            child.Parent ??= inside;
        }

        node.Children.AddRange(inside is null ? Grouped(children) : children);
        node.Key = Key(node.Children.Aggregate(new StringBuilder(look), (text, child) => text.Append(' ').Append(child.Key)).ToString());
        return node;
    }

    private List<ArticleNode> Grouped(List<ArticleNode> children)
    {
        var groups = new List<ArticleNode>();
        var hasBlocks = children.Exists(c => c.IsBlock);
        for (var i = 0; i < children.Count;)
        {
            var from = i;
            while (i < children.Count && !children[i].IsBlock)
            {
                i++;
            }

            if (i == from)
            {
                groups.Add(children[i++]);
            }
            else if (children[from..i] is var run && (!hasBlocks || !run.TrueForAll(c => c.IsText && string.IsNullOrWhiteSpace(c.Text))))
            {
                groups.Add(new ArticleNode { Name = ArticleNode.RunName, Children = run, Key = Key("run " + string.Join(' ', run.Select(c => c.Key))) });
            }
        }

        return groups;
    }

    private ArticleNode Text(string text, bool isPreformatted)
    {
        var shown = isPreformatted ? text : Collapsed(text);
        return new ArticleNode { Name = ArticleNode.TextName, Text = shown, Key = Key("text " + shown) };
    }

    // Where a line of the source ends is not to be seen on the page.
    private static string Collapsed(string text)
    {
        var collapsed = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var isBlank = c is ' ' or '\t' or '\n' or '\r' or '\f';
            if (!isBlank || collapsed.Length == 0 || collapsed[^1] != ' ')
            {
                collapsed.Append(isBlank ? ' ' : c);
            }
        }

        return collapsed.ToString();
    }

    private static string Tag(string name, IElement element, Func<string, bool> isKept)
    {
        var tag = new StringBuilder("<").Append(name);
        foreach (var attribute in element.Attributes.Where(a => isKept(a.Name)))
        {
            tag.Append(' ').Append(attribute.Name).Append("=\"");
            HtmlText.Escaped(tag, attribute.Value, quotes: true);
            tag.Append('"');
        }

        return tag.Append('>').ToString();
    }

    private int Key(string look)
    {
        if (!keys.TryGetValue(look, out var key))
        {
            key = keys.Count + 1;
            keys.Add(look, key);
        }

        return key;
    }
}
