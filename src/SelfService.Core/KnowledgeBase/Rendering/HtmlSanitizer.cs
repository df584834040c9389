using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace SelfService.Core.KnowledgeBase.Rendering;

/// <summary>
/// Reduces a parsed document to an allow-list of elements, attributes and addresses. It is the last step before storing:
/// nothing may transform the HTML after it.
/// </summary>
public static partial class HtmlSanitizer
{
    private static readonly HashSet<string> Elements = new(StringComparer.Ordinal)
    {
        "a", "abbr", "aside", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del", "details",
        "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "input", "ins",
        "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strong", "sub", "summary", "sup", "table",
        "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var",
    };

    // Their content is not text for a reader, so it goes with them; everything else that is not allowed is unwrapped.
    private static readonly HashSet<string> DroppedWhole = new(StringComparer.Ordinal)
    {
        "applet", "audio", "base", "button", "canvas", "embed", "form", "frame", "frameset", "head", "iframe", "link", "marquee", "math",
        "meta", "noembed", "noframes", "noscript", "object", "plaintext", "script", "select", "style", "svg", "template",
        "textarea", "title", "video", "xmp",
    };

    private static readonly Dictionary<string, string[]> Attributes = new(StringComparer.Ordinal)
    {
        ["*"] = ["title", "lang", "dir"],
        ["a"] = ["href", "rel", "class", "id", "aria-label"],
        ["aside"] = ["class", "role"],
        ["code"] = ["class"],
        ["col"] = ["span"],
        ["colgroup"] = ["span"],
        ["details"] = ["open"],
        ["div"] = ["class", "role", "tabindex", "aria-label", CountryBlocks.Attribute],
        ["h2"] = ["id"],
        ["h3"] = ["id"],
        ["h4"] = ["id"],
        ["h5"] = ["id"],
        ["h6"] = ["id"],
        ["img"] = ["src", "alt", "width", "height", "loading", "decoding"],
        ["input"] = ["type", "checked", "disabled", "aria-label"],
        ["li"] = ["class", "id", "value"],
        ["ol"] = ["start", "reversed"],
        ["p"] = ["class"],
        ["pre"] = ["tabindex"],
        ["span"] = ["class"],
        ["td"] = ["colspan", "rowspan", "class"],
        ["th"] = ["colspan", "rowspan", "scope", "class"],
        ["ul"] = ["class"],
    };

    // The only classes that survive: those the renderer itself gives.
    private static readonly HashSet<string> Classes = new(StringComparer.Ordinal)
    {
        "callout", "callout-note", "callout-tip", "callout-important", "callout-warning", "callout-caution", "callout-title",
        "table-scroll", "external", "heading-anchor", "visually-hidden", "footnotes", "footnote-ref", "footnote-back-ref",
        "contains-task-list", "task-list-item", LiveData.LiveText.Class, "align-left", "align-center", "align-right",
    };

    /// <summary>Removes from <paramref name="root"/> everything that is not allowed.</summary>
    public static void Sanitize(IElement root)
    {
        foreach (var node in root.Descendants().Where(n => n.NodeType is NodeType.Comment or NodeType.ProcessingInstruction or NodeType.CharacterData).ToList())
        {
            node.Parent?.RemoveChild(node);
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in root.QuerySelectorAll("*").ToList())
        {
            if (!IsInside(element, root))
            {
                continue;
            }

            var name = element.LocalName;
            var isHtml = element.NamespaceUri == "http://www.w3.org/1999/xhtml";
            if (!isHtml || DroppedWhole.Contains(name) || (name == "input" && element.GetAttribute("type") != "checkbox"))
            {
                element.Remove();
            }
            else if (!Elements.Contains(name) || (IsHeading(element) && element.Ancestors<IElement>().Any(IsHeading)))
            {
                // A heading in a heading would leave it when the page is parsed.
                element.Replace([.. element.ChildNodes]);
            }
            else
            {
                CleanAttributes(element);
                if (element.GetAttribute("id") is { } id && !ids.Add(id))
                {
                    element.RemoveAttribute("id");
                }

                if (name == "a" && !element.HasAttribute("href") && !element.HasAttribute("id"))
                {
                    // Neither a link nor a place.
                    element.Replace([.. element.ChildNodes]);
                }
            }
        }
    }

    private static bool IsHeading(IElement element) => element.LocalName is ['h', >= '2' and <= '6'];

    private static bool IsInside(IElement element, IElement root)
    {
        for (INode? node = element; node is not null; node = node.Parent)
        {
            if (ReferenceEquals(node, root))
            {
                return true;
            }
        }

        return false;
    }

    private static void CleanAttributes(IElement element)
    {
        var own = Attributes.GetValueOrDefault(element.LocalName, []);
        foreach (var attribute in element.Attributes.ToList())
        {
            var allowed = attribute.NamespaceUri is null
                && (own.Contains(attribute.Name) || Attributes["*"].Contains(attribute.Name))
                && IsAllowedValue(element.LocalName, attribute.Name, attribute.Value);
            if (!allowed)
            {
                element.RemoveAttribute(attribute.Name);
            }
        }

        if (element.GetAttribute("class") is { } classes)
        {
            var kept = string.Join(' ', classes.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Where(c => Classes.Contains(c) || (element.LocalName == "code" && LanguageClass().IsMatch(c))));
            if (kept.Length == 0)
            {
                element.RemoveAttribute("class");
            }
            else
            {
                element.SetAttribute("class", kept);
            }
        }

        if (element.LocalName == "input")
        {
            element.SetAttribute("disabled", "");
        }
    }

    private static bool IsAllowedValue(string element, string attribute, string value) => attribute switch
    {
        "href" => IsAllowedLink(value),
        // Images come from this site only: another one would learn who reads what.
        "src" => value.StartsWith("/media/", StringComparison.Ordinal),
        "id" => OwnId().IsMatch(value),
        "width" or "height" or "colspan" or "rowspan" or "span" or "start" or "value" => SmallNumber().IsMatch(value),
        "type" => value == "checkbox",
        "rel" => value == "noopener noreferrer",
        "role" => value is "region" or "note",
        "tabindex" => value == "0",
        "loading" => value is "lazy",
        "decoding" => value is "async",
        "scope" => value is "col" or "row",
        "dir" => value is "ltr" or "rtl" or "auto",
        "lang" => value.Length <= 20,
        CountryBlocks.Attribute => CountryBlocks.Codes(value).Count > 0,
        _ => true,
    };

    /// <summary>Whether an address may stand in a link: a web page, a mail, a phone, or a place on this site.</summary>
    public static bool IsAllowedLink(string value)
    {
        // Browsers ignore control characters and white space in a scheme; so must the check.
        var address = string.Concat(value.Where(c => !char.IsControl(c) && !char.IsWhiteSpace(c)));
        var colon = address.IndexOf(':');
        var end = address.AsSpan().IndexOfAny("/?#");
        if (colon < 0 || (end >= 0 && end < colon))
        {
            return !address.StartsWith("//", StringComparison.Ordinal) && !address.StartsWith("/\\", StringComparison.Ordinal)
                && !address.StartsWith('\\');
        }

        return address[..colon].ToLowerInvariant() is "http" or "https" or "mailto" or "tel";
    }

    [GeneratedRegex("^language-[A-Za-z0-9+#-]{1,30}$")]
    private static partial Regex LanguageClass();

    // Ids are the renderer's own, so that text cannot take the id of a part of the page.
    [GeneratedRegex("^(s-[a-z0-9-]{1,130}|fn(ref)?-[0-9-]{1,20})$")]
    private static partial Regex OwnId();

    [GeneratedRegex("^[0-9]{1,5}$")]
    private static partial Regex SmallNumber();
}
