using System.Xml.Linq;

namespace SelfService.Web.Tests.Pages.Machines;

[Collection(TrialPortalCollection.Name)]
public sealed class AddressesTests(TrialPortal portal)
{
    private static readonly XNamespace Sitemap = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace OpenSearch = "http://a9.com/-/spec/opensearch/1.1/";

    private async Task<XElement> ReadAsync(string address, string type)
    {
        using var browser = portal.Host.Browser();
        using var answer = await browser.GetAsync(address);
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        return XDocument.Parse(await answer.Content.ReadAsStringAsync()).Root!;
    }

    [Fact]
    public async Task Get_Sitemap_ListsEveryPublicPageByItsPublicAddressAndEachIsThere()
    {
        using var browser = portal.Host.Browser();

        var root = await ReadAsync("/sitemap.xml", "application/xml");
        var addresses = root.Elements(Sitemap + "url").Select(u => u.Element(Sitemap + "loc")!.Value).ToList();

        Assert.Equal(3 + 2 + TrialPortal.Many + 4, addresses.Count);
        Assert.Equal(addresses.Count, addresses.Distinct().Count());
        foreach (var address in addresses)
        {
            Assert.StartsWith(TrialPortal.PublicUrl + "/", address, StringComparison.Ordinal);
            using var answer = await browser.GetAsync(address[TrialPortal.PublicUrl.Length..]);
            Assert.True((int)answer.StatusCode == 200, address);
        }
    }

    [Fact]
    public async Task Get_Feed_IsAtomWithTheNewestFirstAndAPermanentIdForEach()
    {
        var root = await ReadAsync("/feed.xml", "application/atom+xml");

        var entries = root.Elements(Atom + "entry").ToList();
        Assert.Equal(50, entries.Count);
        Assert.All([root, .. entries], e => Assert.All(["id", "title", "updated"], name => Assert.Single(e.Elements(Atom + name))));
        Assert.Equal(50, entries.Select(e => e.Element(Atom + "id")!.Value).Distinct().Count());
        var changed = entries.Select(e => e.Element(Atom + "updated")!.Value).ToList();
        Assert.Equal(changed.OrderDescending(StringComparer.Ordinal), changed);
        Assert.Equal(changed[0], root.Element(Atom + "updated")!.Value);
        Assert.All(entries, e => Assert.StartsWith(TrialPortal.PublicUrl + "/articulos/", e.Element(Atom + "link")!.Attribute("href")!.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Get_OpenSearch_DescribesTheSearch()
    {
        var root = await ReadAsync("/opensearch.xml", "application/opensearchdescription+xml");

        Assert.Equal("Ensayo", root.Element(OpenSearch + "ShortName")!.Value);
        Assert.Equal(TrialPortal.PublicUrl + "/buscar?q={searchTerms}", root.Element(OpenSearch + "Url")!.Attribute("template")!.Value);
    }

    [Fact]
    public async Task Get_Robots_KeepsPrivatePlacesOutAndNamesTheSitemap()
    {
        using var browser = portal.Host.Browser();

        var lines = (await browser.GetStringAsync("/robots.txt")).Split('\n');

        Assert.Contains("Sitemap: " + TrialPortal.PublicUrl + "/sitemap.xml", lines);
        Assert.Contains("Disallow: /cuenta/", lines);
        Assert.DoesNotContain("Disallow: /", lines);
    }

    [Fact]
    public async Task Get_FilesThatPagesName_AreThere()
    {
        using var browser = portal.Host.Browser();
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        foreach (var page in new[] { "/", "/articulos/todo", "/cuenta/entrar" })
        {
            var document = await browser.PageAsync(page);
            var files = document.QuerySelectorAll("link[rel=stylesheet], link[rel=icon], link[rel=search], link[rel=alternate]").Select(l => l.GetAttribute("href")!)
                .Concat(document.QuerySelectorAll("script[src], img[src]").Select(s => s.GetAttribute("src")!))
                .Concat(document.QuerySelectorAll("svg use").Select(u => u.GetAttribute("href")!.Split('#')[0]));
            foreach (var file in files.Distinct())
            {
                using var answer = await browser.GetAsync(file);
                Assert.True((int)answer.StatusCode == 200, $"{page} names {file}");
            }
        }
    }

    [Fact]
    public async Task Get_Icons_AllThatPagesUseAreInTheSprite()
    {
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var used = new HashSet<string>();
        var sprite = "";
        foreach (var address in new[] { "/", "/temas", "/articulos/todo", "/buscar?q=qwxkjzvbnm", "/contacto?para=agendar", "/solicitudes", "/casos", "/admin/estilo", "/no-existe" })
        {
            using var answer = await agent.GetAsync(address);
            foreach (var use in (await answer.PageAsync()).QuerySelectorAll("svg use").Select(u => u.GetAttribute("href")!.Split('#')))
            {
                sprite = use[0];
                used.Add(use[1]);
            }
        }

        var drawn = XDocument.Parse(await agent.GetStringAsync(sprite)).Descendants().Select(e => e.Attribute("id")?.Value).ToHashSet();
        Assert.Subset(drawn, used.ToHashSet<string?>());
    }

    [Fact]
    public async Task Get_SecurityContact_NamesAnAddressAndUntilWhenItHolds()
    {
        using var browser = portal.Host.Browser();

        var text = await browser.GetStringAsync("/.well-known/security.txt");

        Assert.Matches("(?m)^Contact: (mailto:.+@.+|http.+/contacto)\r?$", text);
        var until = DateTimeOffset.Parse(System.Text.RegularExpressions.Regex.Match(text, "(?m)^Expires: (\\S+)").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(until - DateTimeOffset.UtcNow, TimeSpan.FromDays(150), TimeSpan.FromDays(365));
    }
}
