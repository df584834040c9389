using System.Net;
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

    private const int LongestLookedAt = 1000;

    private readonly bool _marksStopWords = plan.Words.TrueForAll(word => word.IsStopWord);

    /// <summary>The whole text, escaped and marked.</summary>
    public string Mark(string text) => Mark(text, 0, text.Length);

    /// <summary>The passage that answers best, with what follows it.</summary>
    public string Snippet(IndexedDocument document, Reading reading)
    {
        (string text, int from) = Source(document, reading.Passage);
        if (text.Length == 0)
            return "";
        int start = Best(text, from, out int end);
        string marked = Mark(text, start, end);
        return (start > 0 ? "…" : "") + marked + (end < text.TrimEnd().Length ? "…" : "");
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
    private int Best(string text, int from, out int end)
    {
        if (text.Length <= SnippetLength)
        {
            end = text.Length;
            return 0;
        }

        // A short passage near the end brings what stands before it along.
        from = Math.Min(from, Math.Max(0, WordStart(text, text.Length - SnippetLength)));
        List<(int Start, int End, int Owner)> matches = Matches(text, from, Math.Min(text.Length, from + LongestLookedAt));
        int best = from, most = Distinct(matches, from);
        foreach ((int start, _, _) in matches)
        {
            int candidate = WordStart(text, Math.Max(from, start - 40));
            int distinct = Distinct(matches, candidate);
            if (distinct > most)
                (best, most) = (candidate, distinct);
        }

        end = Math.Min(text.Length, best + SnippetLength);
        if (end < text.Length)
        {
            int space = text.LastIndexOfAny([' ', '\n', '\t'], end, end - best);
            if (space > best)
                end = space;
            else if (char.IsHighSurrogate(text[end - 1]))
                end--;
        }

        return best;
    }

    private static int Distinct(List<(int Start, int End, int Owner)> matches, int from)
    {
        ulong owners = 0;
        foreach ((int start, int end, int owner) in matches)
        {
            if (start >= from && end <= from + SnippetLength)
                owners |= 1UL << owner;
        }

        return System.Numerics.BitOperations.PopCount(owners);
    }

    private static int WordStart(string text, int at)
    {
        while (at > 0 && at < text.Length && !char.IsWhiteSpace(text[at - 1]))
            at--;
        return Math.Min(at, text.Length);
    }

    private List<(int Start, int End, int Owner)> Matches(string text, int from, int to)
    {
        var matches = new List<(int, int, int)>();
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
            while (matches.Count > 0 && matches[^1].Item1 >= start)
                matches.RemoveAt(matches.Count - 1);
            matches.Add((start, start + token.Length, owner));
        }

        return matches;
    }

    private string Mark(string text, int from, int to)
    {
        var html = new StringBuilder(to - from + 64);
        int at = from;
        foreach ((int start, int end, _) in Matches(text, from, to))
        {
            html.Append(Escape(text[at..start])).Append("<mark>").Append(Escape(text[start..end])).Append("</mark>");
            at = end;
        }

        return html.Append(Escape(text[at..to])).ToString();
    }

    /// <summary>Lone surrogates, which no page can carry, become U+FFFD.</summary>
    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
