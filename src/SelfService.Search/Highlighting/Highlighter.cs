using System.Buffers;
using System.Numerics;
using System.Text;
using SelfService.Search.Analysis;
using SelfService.Search.Indexing;
using SelfService.Search.Querying;
using SelfService.Search.Ranking;

namespace SelfService.Search.Highlighting;

/// <summary>
/// Puts matches inside <c>&lt;mark&gt;</c>. Every piece of text is escaped by itself before a mark is put around it, so
/// nothing an author or a visitor wrote can become markup. Where the matches are is known from the index; the text is not
/// analysed again.
/// </summary>
internal sealed class Highlighter(QueryPlan plan, Workspace workspace)
{
    /// <summary>Length of a snippet, in characters of text.</summary>
    public const int SnippetLength = 200;

    private const int SnippetLead = 40;
    private const int LongestLookedAt = 3 * SnippetLength;

    private static readonly SearchValues<char> Special = SearchValues.Create("<>&\"'");

    private readonly bool _marksStopWords = plan.Words.TrueForAll(word => word.IsStopWord);
    private readonly List<Match> _matches = [];
    private readonly StringBuilder _html = new(512);

    /// <summary>The whole title, escaped and marked.</summary>
    public string Title(IndexedDocument document)
    {
        string title = document.Source.Title;
        return Mark(document, new Place(title, Field.Title, -1, 0, 0), 0, title.Length);
    }

    /// <summary>The passage that answers best, with what follows it.</summary>
    public string Snippet(IndexedDocument document, Reading reading)
    {
        Place place = PlaceOf(document, reading.Passage);
        string text = place.Text;
        if (text.Length <= SnippetLength)
            return Mark(document, place, 0, text.Length);
        // A short passage near the end brings what stands before it along.
        int from = Math.Min(place.From, WordStart(text, text.Length - SnippetLength));
        FindMatches(document, place, from, Math.Min(text.Length, from + LongestLookedAt));
        int start = BestStart(text, from);
        int end = WordEnd(text, start);
        _html.Clear();
        _html.Append(start > 0 ? "…" : "");
        Write(text, start, end);
        return _html.Append(end < text.Length ? "…" : "").ToString();
    }

    private static Place PlaceOf(IndexedDocument document, int passageIndex)
    {
        SearchDocument source = document.Source;
        if (passageIndex >= 0)
        {
            Passage passage = document.Passages[passageIndex];
            if (passage.Field is Field.Body or Field.Heading)
            {
                SearchSection section = source.Sections[passage.Section];
                return passage.Field == Field.Body ? new Place(section.Text, Field.Body, passage.Section, passage.Offset, passageIndex)
                    : section.Text.Length > 0 ? new Place(section.Text, Field.Body, passage.Section, 0, passageIndex)
                    : new Place(section.Heading, Field.Heading, passage.Section, 0, passageIndex);
            }
        }

        return source.Summary is { Length: > 0 } summary ? new Place(summary, Field.Summary, -1, 0, 0)
            : new Place(source.Sections.Count > 0 ? source.Sections[0].Text : "", Field.Body, 0, 0, 0);
    }

    /// <summary>Where the window with the most different matches starts, near <paramref name="from"/>.</summary>
    private int BestStart(string text, int from)
    {
        int best = from, most = Distinct(from, 0), first = 0;
        foreach (Match match in _matches)
        {
            int candidate = WordStart(text, Math.Max(from, match.Start - SnippetLead));
            while (_matches[first].Start < candidate)
                first++;
            int distinct = Distinct(candidate, first);
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

    /// <summary>Query words in the window that starts here. The matches stand in order, none before the first begins in it.</summary>
    private int Distinct(int from, int first)
    {
        ulong owners = 0;
        for (int i = first; i < _matches.Count && _matches[i].End <= from + SnippetLength; i++)
            owners |= 1UL << _matches[i].Owner;
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

    private void FindMatches(IndexedDocument document, in Place place, int from, int to)
    {
        _matches.Clear();
        Passage[] passages = document.Passages;
        int p = place.Passage;
        while (p > 0 && passages[p].Offset > from && place.Has(passages[p - 1]))
            p--;
        for (bool isReached = false; p < passages.Length; p++)
        {
            bool isThere = place.Has(passages[p]);
            if (isReached && (!isThere || passages[p].Offset >= to))
                break;
            isReached |= isThere;
            for (int i = passages[p].Start; isThere && i < document.EndOf(p); i++)
                AddMatch(document.Tokens[i], document.Places[i], from, to);
        }
    }

    private void AddMatch(int token, uint place, int from, int to)
    {
        int owner = workspace.Owners[token < 0 ? ~token : token] - 1;
        int start = (int)(place >> IndexedDocument.LengthBits), end = start + (int)(place & IndexedDocument.LongestPlace);
        if (owner < 0 || start == end || start < from || end > to || (plan.Words[owner].IsStopWord && !_marksStopWords))
            return;
        // A code kept whole covers the parts of it that were found before.
        while (_matches.Count > 0 && _matches[^1].Start >= start)
            _matches.RemoveAt(_matches.Count - 1);
        _matches.Add(new Match(start, end, owner));
    }

    private string Mark(IndexedDocument document, in Place place, int from, int to)
    {
        FindMatches(document, place, from, to);
        _html.Clear();
        Write(place.Text, from, to);
        return _html.ToString();
    }

    private void Write(string text, int from, int to)
    {
        int at = from;
        foreach (Match match in _matches)
        {
            if (match.Start < at || match.End > to)
                continue;
            Escape(text.AsSpan(at, match.Start - at));
            _html.Append("<mark>");
            Escape(text.AsSpan(match.Start, match.End - match.Start));
            _html.Append("</mark>");
            at = match.End;
        }

        Escape(text.AsSpan(at, to - at));
    }

    private void Escape(ReadOnlySpan<char> text)
    {
        while (true)
        {
            int special = text.IndexOfAny(Special);
            if (special < 0)
            {
                _html.Append(text);
                return;
            }

            _html.Append(text[..special]);
            _html.Append(text[special] switch { '<' => "&lt;", '>' => "&gt;", '&' => "&amp;", '"' => "&quot;", _ => "&#39;" });
            text = text[(special + 1)..];
        }
    }

    /// <summary>The text a snippet is cut from, and a passage of it or before it.</summary>
    private readonly record struct Place(string Text, Field Field, int Section, int From, int Passage)
    {
        public bool Has(Passage passage) => passage.Field == Field && passage.Section == Section;
    }

    /// <summary>A marked stretch and the query word it answers.</summary>
    private readonly record struct Match(int Start, int End, int Owner);
}
