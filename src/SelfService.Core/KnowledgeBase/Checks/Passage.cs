using System.Text;
using AngleSharp.Dom;

namespace SelfService.Core.KnowledgeBase.Checks;

/// <summary>Where a passage stands.</summary>
internal enum PassageKind
{
    Paragraph,
    ListItem,
    Cell,
    Heading,
}

/// <summary>A run of text that the reader sees as one: a paragraph, an item, a cell, a heading.</summary>
/// <param name="Text">One line, but for hard line ends; NFC.</param>
/// <param name="Own">
/// The same length as <paramref name="Text"/>, with <see cref="Foreign"/> in place of what the article only repeats: code,
/// keys, names of buttons and words in quotation marks. A button that says tú is not the article saying tú.
/// </param>
/// <param name="List">Number of the list whose item begins with this passage, or 0.</param>
internal sealed record Passage(PassageKind Kind, string Text, string Own, int List)
{
    public const char Foreign = '¤';

    /// <summary>Whether it is made of sentences; headings and cells are names and fragments.</summary>
    public bool IsProse => Kind is PassageKind.Paragraph or PassageKind.ListItem;
}

/// <summary>Reads the passages of a rendered article; blocks of code are left out. Walks without recursion, so that depth costs nothing.</summary>
internal sealed class Passages
{
    private readonly List<Passage> passages = [];
    private readonly StringBuilder text = new();
    private readonly StringBuilder own = new();
    private readonly Stack<int> lists = new();
    private int listCount;
    private int foreign;
    private bool atItemStart;
    private PassageKind kind;

    private Passages()
    {
    }

    public static IReadOnlyList<Passage> Of(IElement body)
    {
        var reader = new Passages();
        var open = new Stack<(IElement Element, IEnumerator<INode> Children, PassageKind Outer, bool IsForeign)>();
        open.Push((body, body.ChildNodes.GetEnumerator(), PassageKind.Paragraph, false));
        while (open.Count > 0)
        {
            var (element, children, outer, isForeign) = open.Peek();
            if (!children.MoveNext())
            {
                children.Dispose();
                open.Pop();
                reader.Leave(element, outer, isForeign);
            }
            else if (children.Current is IText node)
            {
                reader.Append(node.Data);
            }
            else if (children.Current is IElement child && !IsLeftOut(child))
            {
                var before = reader.kind;
                open.Push((child, child.ChildNodes.GetEnumerator(), before, reader.Enter(child)));
            }
            else if (children.Current is IElement { LocalName: "pre" })
            {
                reader.Close();
            }
        }

        reader.Close();
        return reader.passages;
    }

    // Words that the renderer added, and what nobody reads as a sentence.
    private static bool IsLeftOut(IElement element) =>
        element.LocalName is "pre" or "script" or "style"
        || element.ClassList.Length > 0 && (element.ClassList.Contains("visually-hidden") || element.ClassList.Contains("callout-title")
            || element.ClassList.Contains("footnote-ref") || element.ClassList.Contains("footnote-back-ref"));

    private static bool IsBlock(string name) => name is "p" or "li" or "ul" or "ol" or "dl" or "dt" or "dd" or "table" or "thead" or "tbody" or "tr"
        or "td" or "th" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "div" or "section" or "aside" or "blockquote" or "figure" or "figcaption"
        or "details" or "summary" or "hr";

    private bool Enter(IElement element)
    {
        var name = element.LocalName;
        if (name == "br")
        {
            Break();
        }
        else if (IsBlock(name))
        {
            Close();
            kind = name switch
            {
                "li" or "dd" => PassageKind.ListItem,
                "td" or "th" or "dt" => PassageKind.Cell,
                "h1" or "h2" or "h3" or "h4" or "h5" or "h6" => PassageKind.Heading,
                "p" or "div" => kind,
                _ => PassageKind.Paragraph,
            };
            if (name is "ul" or "ol")
            {
                lists.Push(++listCount);
            }

            atItemStart = name == "li" || (atItemStart && name == "p");
        }

        // Bold with a capital inside a sentence is what stands on a button.
        var isForeign = name is "code" or "kbd" or "samp" or "q"
            || (name is "strong" or "b" or "em" && IsInsideSentence() && element.TextContent.TrimStart() is [var first, ..] && char.IsUpper(first));
        foreign += isForeign ? 1 : 0;
        return isForeign;
    }

    private void Leave(IElement element, PassageKind outer, bool isForeign)
    {
        foreign -= isForeign ? 1 : 0;
        if (!IsBlock(element.LocalName))
        {
            return;
        }

        Close();
        kind = outer;
        if (element.LocalName is "ul" or "ol")
        {
            lists.Pop();
        }
    }

    private bool IsInsideSentence()
    {
        for (var i = text.Length - 1; i >= 0; i--)
        {
            if (text[i] != ' ')
            {
                return text[i] is not ('.' or '?' or '!' or '…' or '\n');
            }
        }

        return false;
    }

    private void Append(string data)
    {
        foreach (var letter in Normal(data))
        {
            if (!char.IsWhiteSpace(letter))
            {
                text.Append(letter);
                own.Append(foreign > 0 ? Passage.Foreign : letter);
            }
            else if (text.Length > 0 && text[^1] is not (' ' or '\n'))
            {
                text.Append(' ');
                own.Append(' ');
            }
        }
    }

    private void Break()
    {
        if (text.Length > 0)
        {
            text.Append('\n');
            own.Append('\n');
        }
    }

    private void Close()
    {
        var line = text.ToString().TrimEnd();
        if (line.Length > 0)
        {
            passages.Add(new Passage(kind, line, WithoutQuotes(own.ToString(0, line.Length)), atItemStart && lists.Count > 0 ? lists.Peek() : 0));
            atItemStart = false;
        }

        text.Clear();
        own.Clear();
    }

    // Half of a surrogate pair cannot be normalised.
    private static string Normal(string data)
    {
        var whole = data.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(data)) : data;
        return whole.IsNormalized() ? whole : whole.Normalize();
    }

    private static string WithoutQuotes(string line)
    {
        if (!line.AsSpan().ContainsAny("«“\""))
        {
            return line;
        }

        var letters = line.ToCharArray();
        // A mark that is not closed anywhere is not looked for again.
        var unclosed = "";
        for (var i = 0; i < letters.Length; i++)
        {
            var closing = letters[i] switch { '«' => '»', '“' => '”', '"' => '"', _ => '\0' };
            if (closing == '\0' || unclosed.Contains(closing))
            {
                continue;
            }

            var end = line.IndexOf(closing, i + 1);
            if (end < 0)
            {
                unclosed += closing;
                continue;
            }

            for (i++; i < end; i++)
            {
                letters[i] = char.IsLetterOrDigit(letters[i]) ? Passage.Foreign : letters[i];
            }
        }

        return new string(letters);
    }
}
