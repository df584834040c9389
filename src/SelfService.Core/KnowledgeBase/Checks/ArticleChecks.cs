using System.Globalization;
using AngleSharp.Html.Parser;
using SelfService.Core.KnowledgeBase.LiveData;

namespace SelfService.Core.KnowledgeBase.Checks;

/// <summary>
/// What an editor is told about an article before it is published. Rules prefer silence to a false alarm: who is told wrong
/// twice reads nothing the third time. Never throws for what an article contains; takes time in proportion to its length.
/// </summary>
public static class ArticleChecks
{
    /// <summary>Words from which on a sentence is long: twice what plain language guides advise on average.</summary>
    public const int LongSentenceWords = 30;

    /// <summary>Words from which on a paragraph fills the screen of a telephone.</summary>
    public const int LongParagraphWords = 100;

    /// <summary>Findings of one kind; nobody works through more, and the rest comes up when these are mended.</summary>
    public const int MaxOfAKind = 25;

    // One may be the right word; two in a sentence, or three sentences in a row, are a manner.
    private const int PassivesInSentence = 2;
    private const int PassivesInARow = 3;

    private const string Figure = "dato";

    private static readonly HtmlParser Parser = new();

    /// <summary>Everything worth telling, weightiest first, then in the order of reading.</summary>
    /// <param name="content">The article as written.</param>
    /// <param name="rendered">The same article as it will be shown.</param>
    /// <param name="known">What the portal shows from data.</param>
    public static IReadOnlyList<Finding> Of(ArticleContent content, RenderedArticle rendered, KnownFigures known)
    {
        using var document = Parser.ParseDocument("<body></body>");
        var body = document.Body!;
        body.InnerHtml = rendered.Html;
        foreach (var figure in body.QuerySelectorAll("." + LiveText.Class))
        {
            // A word like any other: it was not written by hand.
            figure.TextContent = Figure;
        }

        var passages = Passages.Of(body);

        List<Finding> findings = [.. Front(content)];
        if (passages.Count == 0 && body.QuerySelector("img,pre") is null)
        {
            findings.Add(new Finding(FindingKind.EmptyBody, FindingWeight.Blocking, ""));
        }
        else
        {
            findings.AddRange(ArticleStructure.Of(body));
            findings.AddRange(Address(passages));
            findings.AddRange(Style(passages));
            findings.AddRange(Passives(passages));
            findings.AddRange(Figures(passages, known));
        }

        return [.. findings.GroupBy(finding => finding.Kind).SelectMany(kind => kind.Take(MaxOfAKind)).OrderByDescending(finding => finding.Weight)];
    }

    /// <summary>How easily a text is read; a line end parts sentences.</summary>
    public static Readability ReadabilityOf(string plainText) => Readability.Of(plainText);

    private static IEnumerable<Finding> Front(ArticleContent content)
    {
        // Shown in lists and mails as they are written.
        foreach (var line in new[] { content.Title, content.Summary }.Where(line => LiveReference.In(line).Any()))
        {
            yield return new Finding(FindingKind.FigureOutsideText, FindingWeight.Blocking, Finding.Quoted(line));
        }

        if (string.IsNullOrWhiteSpace(content.Summary))
        {
            yield return Finding.Warning(FindingKind.MissingSummary, "");
        }

        if (content.Keywords.All(string.IsNullOrWhiteSpace))
        {
            yield return Finding.Warning(FindingKind.MissingKeywords, "");
        }
    }

    private static IEnumerable<Finding> Address(IReadOnlyList<Passage> passages)
    {
        var (_, tu, vos) = AddressMix.Of(passages);
        if (tu is not null)
        {
            yield return Finding.Warning(FindingKind.MixedAddress, tu, "tú");
        }

        if (vos is not null)
        {
            yield return Finding.Warning(FindingKind.MixedAddress, vos, "vos");
        }
    }

    private static IEnumerable<Finding> Style(IReadOnlyList<Passage> passages)
    {
        foreach (var passage in passages)
        {
            if (ShoutedWords.In(passage.Own) is { } shouted)
            {
                yield return Finding.Hint(FindingKind.ShoutedWords, passage.Text, shouted);
            }

            var words = passage.Kind == PassageKind.Paragraph ? WrittenWords.Count(passage.Text) : 0;
            if (words > LongParagraphWords)
            {
                yield return Finding.Hint(FindingKind.LongParagraph, passage.Text, Number(words));
            }

            foreach (var sentence in Sentences.Of(passage.Text))
            {
                var length = WrittenWords.Count(passage.Text.AsSpan(sentence));
                if (length > LongSentenceWords)
                {
                    yield return Finding.Hint(FindingKind.LongSentence, passage.Text[sentence], Number(length));
                }
            }
        }

        // Headings and cells are no sentences, and would flatter the text.
        var readability = ReadabilityOf(string.Join('\n', passages.Where(passage => passage.IsProse).Select(passage => passage.Text)));
        if (readability.Words >= Readability.MinWords && readability.Score < Readability.NormalFrom)
        {
            yield return Finding.Hint(FindingKind.HardToRead, "", readability.Score.ToString("0", CultureInfo.InvariantCulture));
        }
    }

    private static IEnumerable<Finding> Passives(IReadOnlyList<Passage> passages)
    {
        var run = new List<(string Sentence, int Count)>();
        foreach (var (sentence, count) in PassivesBySentence(passages))
        {
            if (count > 0)
            {
                run.Add((sentence, count));
                continue;
            }

            if (run.Count >= PassivesInARow || run.Any(one => one.Count >= PassivesInSentence))
            {
                var first = run.Count >= PassivesInARow ? run[0] : run.First(one => one.Count >= PassivesInSentence);
                yield return Finding.Hint(FindingKind.PassiveChain, first.Sentence, Number(run.Sum(one => one.Count)));
            }

            run.Clear();
        }
    }

    // A heading or a cell ends a row of sentences, as does the end of the article.
    private static IEnumerable<(string Sentence, int Count)> PassivesBySentence(IReadOnlyList<Passage> passages)
    {
        foreach (var passage in passages)
        {
            if (!passage.IsProse)
            {
                yield return ("", 0);
                continue;
            }

            foreach (var sentence in Sentences.Of(passage.Text))
            {
                yield return (passage.Text[sentence], PassiveVoice.Count(passage.Own.AsSpan(sentence)));
            }
        }

        yield return ("", 0);
    }

    // Each figure once, where it is first written.
    private static IEnumerable<Finding> Figures(IReadOnlyList<Passage> passages, KnownFigures known)
    {
        var phones = WrittenFigures.Digits(known);
        var seen = new HashSet<(FindingKind, string)>();
        foreach (var passage in passages)
        {
            foreach (var sentence in Sentences.Of(passage.Text).Select(range => passage.Text[range]))
            {
                var figures = WrittenFigures.Prices(sentence).Select(figure => (FindingKind.HandwrittenPrice, figure))
                    .Concat(WrittenFigures.Hours(sentence).Select(figure => (FindingKind.HandwrittenHours, figure)))
                    .Concat(WrittenFigures.Phones(sentence, phones).Select(figure => (FindingKind.HandwrittenPhone, figure)));
                foreach (var (kind, figure) in figures.Where(seen.Add))
                {
                    yield return Finding.Hint(kind, sentence, figure);
                }
            }
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
