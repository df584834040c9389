using System.Globalization;
using AngleSharp.Dom;
using SelfService.Core.KnowledgeBase.Content;

namespace SelfService.Core.KnowledgeBase.Rendering;

/// <summary>The changes from what Markdown gives to what a page shows. One method a change, in order.</summary>
internal sealed class ArticleTransform(IDocument document, IElement body, RenderWords words, IArticleLinks links, IReadOnlySet<string>? countries)
{
    private readonly List<ContentProblem> problems = [];
    private readonly Dictionary<string, ArticleImage> images = [];

    public IReadOnlyList<ContentProblem> Problems => problems;

    public IReadOnlyList<ArticleImage> Images => [.. images.Values];

    public void Apply(string title)
    {
        ForeignIds();
        var anchors = MarkdownAttributes.Take(body);
        Headings(title, anchors);
        Footnotes();
        Countries();
        Callouts();
        Pictures();
        Links();
        Tables();
        TaskLists();
        Code();
    }

    // Written in the text, they could take the id of one of our headings.
    private void ForeignIds()
    {
        foreach (var element in body.QuerySelectorAll("[id^='s-']").ToList())
        {
            element.RemoveAttribute("id");
        }
    }

    private void Headings(string title, IReadOnlyDictionary<IElement, string> anchors)
    {
        if (body.QuerySelector("h1") is { } first && first.PreviousElementSibling is null && first.Parent == body
            && Same(first.TextContent, title))
        {
            first.Remove();
        }

        // The page has its own h1, so a text that uses them moves down by one level.
        var shift = body.QuerySelector("h1") is null ? 0 : 1;
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var old in body.QuerySelectorAll("h1,h2,h3,h4,h5,h6").ToList())
        {
            var level = Math.Min(6, old.LocalName[1] - '0' + shift);
            var heading = document.CreateElement("h" + level.ToString(CultureInfo.InvariantCulture));
            heading.Append([.. old.ChildNodes]);
            var text = ArticleSections.Collapse(heading.TextContent);
            if (text.Length == 0 && heading.QuerySelector("img") is null)
            {
                old.Remove();
                continue;
            }

            var slug = "s-" + Slug.From(anchors.GetValueOrDefault(old, text), "seccion");
            do
            {
                var count = counts[slug] = counts.GetValueOrDefault(slug) + 1;
                heading.Id = count == 1 ? slug : $"{slug}-{count}";
            }
            while (!taken.Add(heading.Id));

            var anchor = document.CreateElement("a");
            anchor.ClassName = "heading-anchor";
            anchor.SetAttribute("href", "#" + heading.Id);
            anchor.SetAttribute("aria-label", $"{words.HeadingLink}: {text}");
            heading.AppendChild(anchor);
            old.Replace(heading);
        }

        // What files used before headings had ids: <a name="ancla"></a>.
        foreach (var old in body.QuerySelectorAll("a[name]:not([href]),a[id]:not([href])").ToList())
        {
            var id = "s-" + Slug.From(old.GetAttribute("name") ?? old.Id!, "");
            old.RemoveAttribute("id");
            if (id.Length > 2 && taken.Add(id))
            {
                old.Id = id;
            }
        }
    }

    // Markdig's ids have a colon, which CSS and our own id rule do not want.
    private void Footnotes()
    {
        foreach (var element in body.QuerySelectorAll("[id^='fn']").ToList())
        {
            element.Id = element.Id!.Replace(':', '-');
        }

        foreach (var link in body.QuerySelectorAll("a[href^='#fn']").ToList())
        {
            link.SetAttribute("href", link.GetAttribute("href")!.Replace(':', '-'));
            if (link.ClassList.Contains("footnote-back-ref"))
            {
                link.SetAttribute("aria-label", words.BackToText);
            }
        }
    }

    // A block for some countries inside another is for those of the outer one; made anew, so that it has nothing but its countries.
    private void Countries()
    {
        foreach (var old in body.QuerySelectorAll($"div[{CountryBlocks.Attribute}]").ToList())
        {
            var codes = CountryBlocks.Codes(old.GetAttribute(CountryBlocks.Attribute)!);
            if (codes.Count == 0 || old.ParentElement?.Closest($"div[{CountryBlocks.Attribute}]") is not null)
            {
                old.Replace([.. old.ChildNodes]);
                continue;
            }

            problems.AddRange(codes.Where(code => countries is { } known && !known.Contains(code)).Select(code => ContentProblem.Error(ProblemKind.UnknownFigure, 0, $":::{CountryBlocks.Name} {code}")));
            var block = document.CreateElement("div");
            block.SetAttribute(CountryBlocks.Attribute, string.Join(' ', codes));
            block.Append([.. old.ChildNodes]);
            old.Replace(block);
        }
    }

    private void Callouts()
    {
        foreach (var alert in body.QuerySelectorAll("div.markdown-alert").ToList())
        {
            var kind = alert.ClassList.FirstOrDefault(c => c.StartsWith("markdown-alert-", StringComparison.Ordinal))?["markdown-alert-".Length..];
            var (name, label) = kind switch
            {
                "tip" => ("tip", words.Tip),
                "important" => ("important", words.Important),
                "warning" => ("warning", words.Warning),
                "caution" => ("caution", words.Caution),
                _ => ("note", words.Note),
            };
            alert.QuerySelector("p.markdown-alert-title")?.Remove();
            var aside = document.CreateElement("aside");
            aside.ClassName = "callout callout-" + name;
            aside.SetAttribute("role", "note");
            var heading = document.CreateElement("p");
            heading.ClassName = "callout-title";
            heading.TextContent = label;
            aside.AppendChild(heading);
            aside.Append([.. alert.ChildNodes]);
            alert.Replace(aside);
        }
    }

    private void Pictures()
    {
        foreach (var image in body.QuerySelectorAll("img").ToList())
        {
            var source = image.GetAttribute("src") ?? "";
            var caption = image.GetAttribute("title");
            var alternative = image.GetAttribute("alt") ?? "";
            if (links.Image(source) is not { } found)
            {
                ReplaceMissing(image, source, alternative);
                continue;
            }

            images[source] = new ArticleImage(source, found.Hash);
            image.SetAttribute("src", found.Url);
            image.SetAttribute("loading", "lazy");
            image.SetAttribute("decoding", "async");
            image.SetAttribute("alt", alternative);
            image.RemoveAttribute("title");
            if (found is { Width: > 0, Height: > 0 })
            {
                image.SetAttribute("width", found.Width.ToString(CultureInfo.InvariantCulture));
                image.SetAttribute("height", found.Height.ToString(CultureInfo.InvariantCulture));
            }

            if (image.ParentElement is { LocalName: "p" } paragraph && paragraph.TextContent.Trim().Length == 0 && paragraph.ChildElementCount == 1
                && paragraph.ParentElement is not { LocalName: "figure" })
            {
                var figure = document.CreateElement("figure");
                figure.AppendChild(image);
                if (!string.IsNullOrWhiteSpace(caption))
                {
                    var text = document.CreateElement("figcaption");
                    text.TextContent = caption;
                    figure.AppendChild(text);
                }

                paragraph.Replace(figure);
            }
        }
    }

    private void ReplaceMissing(IElement image, string source, string alternative)
    {
        var shown = source.Length > 80 ? source.Cut(80) + "…" : source;
        var isExternal = source.StartsWith("http:", StringComparison.OrdinalIgnoreCase) || source.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        problems.Add(ContentProblem.Warning(isExternal ? ProblemKind.ExternalImage : ProblemKind.MissingImage, 0, shown));
        if (isExternal && image.Closest("a") is null)
        {
            // Not loaded from elsewhere, because that site would learn who reads what; the reader may follow the link.
            var link = document.CreateElement("a");
            link.SetAttribute("href", source);
            link.TextContent = alternative.Length > 0 ? alternative : source;
            image.Replace(link);
        }
        else
        {
            image.Replace(document.CreateTextNode(alternative));
        }
    }

    private void Links()
    {
        foreach (var link in body.QuerySelectorAll("a[href]").ToList())
        {
            var href = link.GetAttribute("href")!.Trim();
            if (href.StartsWith("http:", StringComparison.OrdinalIgnoreCase) || href.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
            {
                MarkExternal(link);
            }
            else if (href.StartsWith('#') && !href.StartsWith("#fn", StringComparison.Ordinal) && !link.ClassList.Contains("heading-anchor"))
            {
                link.SetAttribute("href", "#s-" + Slug.From(Uri.UnescapeDataString(href[1..]), ""));
            }
            else if (!href.StartsWith('#') && !href.Contains(':'))
            {
                Resolve(link, href);
            }

            if (ArticleSections.Collapse(link.TextContent).Length == 0 && !link.ClassList.Contains("heading-anchor") && link.QuerySelector("img") is null)
            {
                // An empty link is a stop for the keyboard that leads nobody anywhere.
                link.Replace([.. link.ChildNodes]);
            }
        }
    }

    private void MarkExternal(IElement link)
    {
        link.ClassList.Add("external");
        link.SetAttribute("rel", "noopener noreferrer");
        var hint = document.CreateElement("span");
        hint.ClassName = "visually-hidden";
        hint.TextContent = $" ({words.ExternalLink})";
        if (ArticleSections.Collapse(link.TextContent).Length > 0)
        {
            link.AppendChild(hint);
        }
    }

    private void Resolve(IElement link, string href)
    {
        if (href.StartsWith('/') && !href.EndsWith(".md", StringComparison.OrdinalIgnoreCase) && !href.Contains(".md#", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        if (links.Resolve(href) is { } address)
        {
            var hash = address.IndexOf('#');
            link.SetAttribute("href", hash < 0 ? address : address[..(hash + 1)] + "s-" + Slug.From(Uri.UnescapeDataString(address[(hash + 1)..]), ""));
            return;
        }

        problems.Add(ContentProblem.Warning(ProblemKind.BrokenLink, 0, href.Length > 120 ? href.Cut(120) + "…" : href));
        link.Replace([.. link.ChildNodes]);
    }

    private void Tables()
    {
        foreach (var table in body.QuerySelectorAll("table").ToList())
        {
            foreach (var cell in table.QuerySelectorAll("th,td").ToList())
            {
                var style = cell.GetAttribute("style") ?? "";
                foreach (var side in new[] { "left", "center", "right" })
                {
                    if (style.Contains("text-align: " + side, StringComparison.OrdinalIgnoreCase) || style.Contains("text-align:" + side, StringComparison.OrdinalIgnoreCase))
                    {
                        cell.ClassName = "align-" + side;
                    }
                }

                if (cell.LocalName == "th" && cell.Closest("thead") is not null)
                {
                    cell.SetAttribute("scope", "col");
                }
            }

            var scroll = document.CreateElement("div");
            scroll.ClassName = "table-scroll";
            scroll.SetAttribute("role", "region");
            scroll.SetAttribute("tabindex", "0");
            scroll.SetAttribute("aria-label", Name(table));
            table.Replace(scroll);
            scroll.AppendChild(table);
        }
    }

    // Regions need names that differ, so a table takes its first column heading into its name.
    private string Name(IElement table)
    {
        var heads = string.Join(", ", table.QuerySelectorAll("thead th").Select(h => ArticleSections.Collapse(h.TextContent)).Where(t => t.Length > 0).Take(3));
        return heads.Length == 0 ? words.Table : $"{words.Table}: {heads}";
    }

    private void TaskLists()
    {
        foreach (var box in body.QuerySelectorAll("input[type=checkbox]").ToList())
        {
            var text = ArticleSections.Collapse(box.ParentElement?.TextContent ?? "");
            box.SetAttribute("aria-label", text.Cut(80));
        }
    }

    // A block that scrolls must be reachable with the keyboard.
    private void Code()
    {
        foreach (var block in body.QuerySelectorAll("pre").ToList())
        {
            block.SetAttribute("tabindex", "0");
        }
    }

    private static bool Same(string a, string b) =>
        string.Compare(ArticleSections.Collapse(a), ArticleSections.Collapse(b), CultureInfo.InvariantCulture,
            CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace | CompareOptions.IgnoreSymbols) == 0;
}
