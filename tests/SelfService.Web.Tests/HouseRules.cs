using System.Text.RegularExpressions;
using System.Xml.Linq;
using AngleSharp.Html.Dom;

namespace SelfService.Web.Tests;

/// <summary>What must be true of every page, checked on every page that any test receives.</summary>
public static class HouseRules
{
    public static void Check(IHtmlDocument page, string source)
    {
        var where = $"{page.Title}: ";
        Assert.True(page.DocumentElement.GetAttribute("lang") is "es" or "en", where + "html has no language");
        Assert.True(page.QuerySelectorAll("h1").Length == 1, where + "one h1 a page");
        Assert.True(!string.IsNullOrWhiteSpace(page.Title), where + "no title");

        var ids = page.QuerySelectorAll("[id]").GroupBy(e => e.Id).Where(g => g.Count() > 1).Select(g => g.Key).ToList();
        Assert.True(ids.Count == 0, where + "ids used twice: " + string.Join(", ", ids));

        foreach (var control in page.QuerySelectorAll("input:not([type=hidden]), select, textarea"))
        {
            var labelled = control.HasAttribute("aria-label") || control.HasAttribute("aria-labelledby") || control.Closest("label") is not null
                || (control.Id is { } id && page.QuerySelector($"label[for='{id}']") is not null);
            Assert.True(labelled, where + "no label: " + control.OuterHtml);
        }

        foreach (var image in page.QuerySelectorAll("img"))
        {
            Assert.True(image.HasAttribute("alt"), where + "no alternative text: " + image.OuterHtml);
        }

        foreach (var script in page.QuerySelectorAll("script:not([src])"))
        {
            Assert.True(script.GetAttribute("type") == "application/ld+json", where + "inline script");
        }

        Assert.True(page.QuerySelector("style, [style]") is null, where + "inline style");
        var handler = page.All.SelectMany(e => e.Attributes).FirstOrDefault(a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase));
        Assert.True(handler is null, where + "inline handler " + handler?.Name);

        var key = UntranslatedKey.Match(page.Body!.TextContent);
        Assert.False(key.Success, where + "untranslated key " + key.Value);
        Assert.DoesNotContain("Unhandled exception", source, StringComparison.Ordinal);
    }

    private static readonly string Words = Path.Combine(Path.GetDirectoryName(PortalHost.DemonstrationContent)!, "src", "SelfService.Web", "Resources", "Texts.resx");

    private static readonly IEnumerable<string> Areas = XDocument.Load(Words).Root!.Elements("data").Select(d => d.Attribute("name")!.Value.Split('.')[0]).Distinct();

    // Resource keys look like Home.Title; a sentence has a space after its full stop.
    private static readonly Regex UntranslatedKey = new($@"\b({string.Join('|', Areas)})\.[A-Z][A-Za-z]+\b", RegexOptions.Compiled);
}
