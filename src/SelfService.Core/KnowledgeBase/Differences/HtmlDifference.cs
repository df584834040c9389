using AngleSharp.Html.Parser;
using SelfService.Core.KnowledgeBase.Rendering;

namespace SelfService.Core.KnowledgeBase.Differences;

/// <summary>
/// The difference of two rendered articles as one article: <c>ins</c> and <c>del</c> stand around whole blocks and around words. Blocks are
/// compared first and, where one became another, what is inside, down to the words. Elements are never cut by a mark, and none stands where
/// only an item or a cell may. Ids are those of the new article.
/// </summary>
public sealed class HtmlDifference
{
    private static readonly HtmlParser Parser = new();

    // A run that becomes longer than twice what it came from, and this, is shown as replaced.
    private const int RoomForMarks = 1_000;

    private readonly Vocabulary words = new();
    private readonly SequenceMatcher matcher = new();
    private readonly ArticleMarkup markup = new();
    private readonly RunDifference runs;

    private HtmlDifference()
    {
        runs = new RunDifference(words, matcher, markup);
    }

    /// <summary>Compares two articles. Time and size are bounded by the size of both.</summary>
    /// <param name="oldHtml">Sanitised HTML of the old one.</param>
    /// <param name="newHtml">Sanitised HTML of the new one.</param>
    /// <returns>Sanitised HTML; what the authors marked as inserted or struck out themselves is <c>u</c> and <c>s</c> in it.</returns>
    public static string Between(string oldHtml, string newHtml)
    {
        using var oldDocument = Parser.ParseDocument("<body></body>");
        using var newDocument = Parser.ParseDocument("<body></body>");
        oldDocument.Body!.InnerHtml = oldHtml;
        newDocument.Body!.InnerHtml = newHtml;
        // Whoever calls: nothing that did not pass comes out of here.
        HtmlSanitizer.Sanitize(oldDocument.Body);
        HtmlSanitizer.Sanitize(newDocument.Body);
        var reader = new ArticleReader();
        var difference = new HtmlDifference();
        difference.Children(reader.Read(oldDocument.Body), reader.Read(newDocument.Body));

        using var result = Parser.ParseDocument("<body></body>");
        result.Body!.InnerHtml = difference.markup.Html.ToString();
        HtmlSanitizer.Sanitize(result.Body);
        return HtmlText.Inside(result.Body).Trim();
    }

    private void Children(ArticleNode old, ArticleNode @new)
    {
        var (i, j) = (0, 0);
        foreach (var run in matcher.Match([.. old.Children.Select(c => c.Key)], [.. @new.Children.Select(c => c.Key)]))
        {
            Replaced(old.Children[i..run.Old], @new.Children[j..run.New], @new);
            (i, j) = (run.Old + run.Length, run.New + run.Length);
            @new.Children[run.New..j].ForEach(child => markup.Plain(child));
        }

        Replaced(old.Children[i..], @new.Children[j..], @new);
    }

    private void Replaced(List<ArticleNode> before, List<ArticleNode> after, ArticleNode parent)
    {
        var (i, j) = (0, 0);
        foreach (var (x, y) in SimilarPairs.Find(before.Count, after.Count, (x, y) => Similarity(before[x], after[y])))
        {
            Marked(x, y);
            Pair(before[x], after[y], parent);
            (i, j) = (x + 1, y + 1);
        }

        Marked(before.Count, after.Count);

        void Marked(int toOld, int toNew)
        {
            for (; i < toOld; i++)
            {
                markup.Marked(before[i], PartKind.Removed, parent);
            }

            for (; j < toNew; j++)
            {
                markup.Marked(after[j], PartKind.Added, parent);
            }
        }
    }

    private void Pair(ArticleNode old, ArticleNode @new, ArticleNode parent)
    {
        if (old.Key == @new.Key)
        {
            markup.Plain(@new);
        }
        else if (!@new.IsRun)
        {
            markup.Element(@new, false, () => Children(old, @new));
        }
        else
        {
            markup.Member(parent, () =>
            {
                if (!runs.TryWrite(old, @new, (2 * (Size(old) + Size(@new))) + RoomForMarks))
                {
                    var container = new ArticleNode { Name = "" };
                    markup.Marked(old, PartKind.Removed, container);
                    markup.Marked(@new, PartKind.Added, container);
                }
            });
        }
    }

    private double Similarity(ArticleNode old, ArticleNode @new)
    {
        if (old.Name != @new.Name)
        {
            return 0;
        }

        var alike = Bag(old).Similarity(Bag(@new));
        return @new.Name switch
        {
            // One row has one of each column, and a table or a picture one of each of these, however much is written anew.
            "td" or "th" or "thead" or "tbody" or "tfoot" or "caption" or "figcaption" or "summary" => SimilarPairs.Threshold + alike,
            _ => alike,
        };
    }

    private WordBag Bag(ArticleNode node) => node.Bag ??= new WordBag(words, Words(node));

    private IEnumerable<int> Words(ArticleNode node) => node.IsText ? words.Words(node.Text).Ids : node.Children.SelectMany(Words);

    private static int Size(ArticleNode node) => node.Text.Length + (2 * node.Open.Length) + node.Children.Sum(Size);
}
