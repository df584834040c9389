using System.Numerics;
using System.Text;
using SelfService.Search.Analysis;
using SelfService.Search.Indexing;
using SelfService.Search.Querying;
using SelfService.Search.Ranking;

namespace SelfService.Search.Highlighting;

/// <summary>
/// Puts matches inside <c>&lt;mark&gt;</c>. Every piece of text is escaped by itself before a mark is put around it, so
/// nothing an author or a visitor wrote can become markup.
/// </summary>
internal sealed class Highlighter(Snapshot snapshot, QueryPlan plan, Workspace workspace)
{
    /// <summary>Length of a snippet, in characters of text.</summary>
    public const int SnippetLength = 200;

    private const int SnippetLead = 40;
    private const int LongestLookedAt = 3 * SnippetLength;

    private readonly bool _marksStopWords = plan.Words.TrueForAll(word => word.IsStopWord);

    /// <summary>The whole text, escaped and marked.</summary>
    public string Mark(string text) => Mark(text, 0, text.Length, Matches(text, 0, text.Length));

    /// <summary>The passage that answers best, with what follows it.</summary>
    public string Snippet(IndexedDocument document, Reading reading)
    {
        (string text, int from) = Source(document, reading.Passage);
        if (text.Length <= SnippetLength)
            return Mark(text);
        // A short passage near the end brings what stands before it along.
        from = Math.Min(from, WordStart(text, text.Length - SnippetLength));
        List<Match> matches = Matches(text, from, Math.Min(text.Length, from + LongestLookedAt));
        int start = BestStart(text, from, matches);
        int end = WordEnd(text, start);
        return (start > 0 ? "…" : "") + Mark(text, start, end, matches) + (end < text.Length ? "…" : "");
    }

    private static (string Text, int From) Source(IndexedDocument document, int passageIndex)
    {
        SearchDocument source = document.Source;
        string first = source.Sections.Count > 0 ? source.Sections[0].Text : "";
        if (passageIndex < 0)
            return (source.Summary.Length > 0 ? source.Summary : first, 0);
        Passage passage = document.Passages[passageIndex];
        return passage.Field switch
        {
            Field.Body => (source.Sections[passage.Section].Text, passage.Offset),
            Field.Heading when source.Sections[passage.Section].Text.Length > 0 => (source.Sections[passage.Section].Text, 0),
            Field.Heading => (source.Sections[passage.Section].Heading, 0),
            _ => (source.Summary.Length > 0 ? source.Summary : first, 0),
        };
    }

    /// <summary>Where the window with the most different matches starts, near <paramref name="from"/>.</summary>
    private static int BestStart(string text, int from, List<Match> matches)
    {
        int best = from, most = Distinct(matches, from);
        foreach (Match match in matches)
        {
            int candidate = WordStart(text, Math.Max(from, match.Start - SnippetLead));
            int distinct = Distinct(matches, candidate);
            if (distinct > most)
                (best, most) = (candidate, distinct);
        }

        return best;
    }

    private static int WordEnd(string text, int start)
    {
        int end = Math.Min(text.Length, start + SnippetLength);
        if (end == text.Length)
            return end;
        int space = text.LastIndexOfAny([' ', '\n', '\t'], end, end - start);
        if (space > start)
            return space;
        return char.IsHighSurrogate(text[end - 1]) ? end - 1 : end;
    }

    private static int Distinct(List<Match> matches, int from)
    {
        ulong owners = 0;
        foreach (Match match in matches)
        {
            if (match.Start >= from && match.End <= from + SnippetLength)
                owners |= 1UL << match.Owner;
        }

        return BitOperations.PopCount(owners);
    }

    private static int WordStart(string text, int at)
    {
        int start = at;
        while (start > 0 && !char.IsWhiteSpace(text[start - 1]) && at - start < Characters.MaxWordLength)
            start--;
        if (start > 0 && char.IsLowSurrogate(text[start]))
            start--;
        return start;
    }

    private List<Match> Matches(string text, int from, int to)
    {
        var matches = new List<Match>();
        Span<char> form = stackalloc char[Characters.MaxWordLength];
        var tokens = new Tokenizer(text.AsSpan(from, to - from));
        while (tokens.MoveNext())
        {
            Token token = tokens.Current;
            int start = from + token.Start;
            int term = snapshot.Words.Find(form[..Characters.Normalize(text.AsSpan(start, token.Length), form)]);
            if (!snapshot.Knows(term) || workspace.Owners[term] == 0)
                continue;
            int owner = workspace.Owners[term] - 1;
            if (plan.Words[owner].IsStopWord && !_marksStopWords)
                continue;
            // A code kept whole covers the parts of it that were found before.
            while (matches.Count > 0 && matches[^1].Start >= start)
                matches.RemoveAt(matches.Count - 1);
            matches.Add(new Match(start, start + token.Length, owner));
        }

        return matches;
    }

    private static string Mark(string text, int from, int to, List<Match> matches)
    {
        var html = new StringBuilder(to - from + 64);
        int at = from;
        foreach (Match match in matches)
        {
            if (match.Start < at || match.End > to)
                continue;
            Escape(html, text, at, match.Start);
            html.Append("<mark>");
            Escape(html, text, match.Start, match.End);
            html.Append("</mark>");
            at = match.End;
        }

        Escape(html, text, at, to);
        return html.ToString();
    }

    private static void Escape(StringBuilder html, string text, int from, int to)
    {
        foreach (char c in text.AsSpan(from, to - from))
        {
            switch (c)
            {
                case '<':
                    html.Append("&lt;");
                    break;
                case '>':
                    html.Append("&gt;");
                    break;
                case '&':
                    html.Append("&amp;");
                    break;
                case '"':
                    html.Append("&quot;");
                    break;
                case '\'':
                    html.Append("&#39;");
                    break;
                default:
                    html.Append(c);
                    break;
            }
        }
    }

    /// <summary>A marked stretch and the query word it answers.</summary>
    private readonly record struct Match(int Start, int End, int Owner);
}
