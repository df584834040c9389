using SelfService.Core.KnowledgeBase.Rendering;

namespace SelfService.Core.KnowledgeBase.Differences;

/// <summary>
/// The difference of two runs of text and elements by word. A word is the same when its characters and the elements around it are, so that
/// a link that leads elsewhere is a change. Marks stand inside the elements, around words of the same kind.
/// </summary>
internal sealed class RunDifference(Vocabulary words, SequenceMatcher matcher, ArticleMarkup markup)
{
    private readonly Dictionary<(int Piece, int Around), int> pieces = [];
    private readonly List<OpenElement> open = [];
    private PartKind marked;

    /// <summary>Writes the difference; false, with nothing written, when it would be much longer than both runs together.</summary>
    public bool TryWrite(ArticleNode old, ArticleNode @new, int mostCharacters)
    {
        var (before, after) = (Pieces(old), Pieces(@new));
        var start = markup.Html.Length;
        (marked, var i, var j) = (PartKind.Same, 0, 0);
        var runs = matcher.Match([.. before.Select(p => p.Id)], [.. after.Select(p => p.Id)]);
        foreach (var run in LoneBlanks.Without(runs, before.Count, after.Count, index => before[index].IsBlank))
        {
            Replaced(run.Old, run.New);
            for (; i < run.Old + run.Length; i++, j++)
            {
                Write(PartKind.Same, after[j].Node, before[i].Parent, after[j].Parent, after[j].Text);
            }
        }

        Replaced(before.Count, after.Count);
        Close(0);
        if (markup.Html.Length - start > mostCharacters)
        {
            markup.Html.Length = start;
            return false;
        }

        return true;

        void Replaced(int toOld, int toNew)
        {
            for (; i < toOld; i++)
            {
                Write(PartKind.Removed, before[i].Node, before[i].Parent, null, before[i].Text);
            }

            for (; j < toNew; j++)
            {
                Write(PartKind.Added, after[j].Node, null, after[j].Parent, after[j].Text);
            }
        }
    }

    private void Write(PartKind kind, ArticleNode node, ArticleNode? oldParent, ArticleNode? newParent, string text)
    {
        var isEmpty = ArticleMarkup.IsEmpty(node);
        if (isEmpty && kind == PartKind.Removed)
        {
            return;
        }

        Enter(kind == PartKind.Removed ? oldParent : newParent, kind);
        foreach (var (element, parent) in open.Zip(Path(oldParent)))
        {
            element.Old ??= kind == PartKind.Same ? parent : null;
        }

        Mark(isEmpty ? PartKind.Same : kind);
        if (node.IsText)
        {
            HtmlText.Escaped(markup.Html, text, quotes: false);
        }
        else
        {
            markup.Plain(node, kind == PartKind.Removed);
        }
    }

    // Elements that are open stay so as far as the next piece is in the same ones, or in those of the other side that look alike.
    private void Enter(ArticleNode? parent, PartKind kind)
    {
        var path = Path(parent);
        var common = 0;
        while (common < Math.Min(path.Count, open.Count) && open[common].Takes(path[common], kind == PartKind.Removed))
        {
            common++;
        }

        if (common < open.Count || common < path.Count)
        {
            Close(common);
        }

        foreach (var element in path.Skip(common))
        {
            markup.Html.Append(kind == PartKind.Removed ? element.OpenWithoutId : element.Open);
            var entry = new OpenElement(element.Name, element.Around);
            entry.Takes(element, kind == PartKind.Removed);
            open.Add(entry);
        }
    }

    private void Close(int count)
    {
        Mark(PartKind.Same);
        for (var i = open.Count - 1; i >= count; i--)
        {
            markup.Html.Append("</").Append(open[i].Name).Append('>');
        }

        open.RemoveRange(count, open.Count - count);
    }

    private void Mark(PartKind kind)
    {
        if (marked == kind)
        {
            return;
        }

        if (marked != PartKind.Same)
        {
            markup.Html.Append("</").Append(ArticleMarkup.Tag(marked)).Append('>');
        }

        if (kind != PartKind.Same)
        {
            markup.Html.Append('<').Append(ArticleMarkup.Tag(kind)).Append('>');
        }

        marked = kind;
    }

    private static List<ArticleNode> Path(ArticleNode? parent)
    {
        var path = new List<ArticleNode>();
        for (var node = parent; node is not null; node = node.Parent)
        {
            path.Add(node);
        }

        path.Reverse();
        return path;
    }

    private List<Piece> Pieces(ArticleNode run)
    {
        var found = new List<Piece>();
        run.Children.ForEach(Add);
        return found;

        void Add(ArticleNode node)
        {
            var around = node.Parent?.Around ?? 0;
            if (node.IsText)
            {
                var text = words.Words(node.Text);
                for (var i = 0; i < text.Ids.Length; i++)
                {
                    found.Add(new Piece(Id(text.Ids[i], around), words.Kind(text.Ids[i]) == TokenKind.Blank, text.Between(i, i + 1), node, node.Parent));
                }
            }
            else if (ArticleMarkup.IsVoid(node) || ArticleMarkup.IsEmpty(node))
            {
                // Negative, so that no element is taken for a word.
                found.Add(new Piece(Id(-node.Key, around), false, "", node, node.Parent));
            }
            else
            {
                node.Children.ForEach(Add);
            }
        }
    }

    private int Id(int piece, int around)
    {
        if (!pieces.TryGetValue((piece, around), out var id))
        {
            id = pieces.Count;
            pieces.Add((piece, around), id);
        }

        return id;
    }

    private sealed record Piece(int Id, bool IsBlank, string Text, ArticleNode Node, ArticleNode? Parent);

    private sealed class OpenElement(string name, int around)
    {
        public string Name => name;

        public ArticleNode? Old { get; set; }

        private ArticleNode? New { get; set; }

        public bool Takes(ArticleNode node, bool isOld)
        {
            if (node.Around != around || (isOld ? Old : New) is { } own && own != node)
            {
                return false;
            }

            (Old, New) = isOld ? (node, New) : (Old, node);
            return true;
        }
    }
}
