using System.Globalization;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Appointments;
using SelfService.Core.Catalog;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.Persistence;
using SelfService.Search;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Machines;

/// <summary>What search engines, feed readers and browsers read.</summary>
public static class Addresses
{
    private const int FeedEntries = 50;
    private static readonly XNamespace SitemapNames = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Search = "http://a9.com/-/spec/opensearch/1.1/";

    /// <summary>Maps <c>/sitemap.xml</c> and <c>/robots.txt</c>.</summary>
    public static void MapSitemap(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sitemap.xml", async (PortalDbContext db, Agenda agenda, SelfServiceOptions options, CancellationToken cancel) =>
        {
            var topics = await db.TopicsAsync(Audience.Public, cancel);
            var articles = await db.Articles.VisibleTo(Audience.Public).OrderBy(a => a.Slug).Select(a => new { a.Slug, a.UpdatedAt }).ToListAsync(cancel);
            var products = await db.Products.Where(p => p.IsOnSale).OrderBy(p => p.Slug).Select(p => new { p.Slug, p.UpdatedAt }).ToListAsync(cancel);
            XElement Entry(string path, DateTime? changed) => new(SitemapNames + "url",
                new XElement(SitemapNames + "loc", options.PublicUrl + path),
                changed is { } moment ? new XElement(SitemapNames + "lastmod", moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : null);
            return Xml("application/xml", new XElement(SitemapNames + "urlset",
                Entry("/", null), Entry("/temas", null), Entry("/contacto", null),
                topics.Select(t => Entry(ArticleAddress.OfTopic(t.Slug), null)),
                articles.Select(a => Entry(ArticleAddress.Of(a.Slug), a.UpdatedAt)),
                agenda.Services.Count > 0 ? Entry("/citas", null) : null,
                agenda.Services.Select(s => Entry(s.Url, null)),
                products.Count > 0 ? Entry("/catalogo", null) : null,
                products.Select(p => Entry(Product.AddressOf(p.Slug), p.UpdatedAt))));
        }).CacheOutput(PublicPages.Policy);

        routes.MapGet("/robots.txt", (SelfServiceOptions options) => Results.Text(
            $"User-agent: *\nDisallow: /buscar\nDisallow: /sugerencias\nDisallow: /cuenta/\nDisallow: /admin/\nSitemap: {options.PublicUrl}/sitemap.xml\n"));
    }

    /// <summary>Maps <c>/feed.xml</c>: the articles changed last.</summary>
    public static void MapFeed(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/feed.xml", async (PortalDbContext db, CompanyProfile company, SelfServiceOptions options, CancellationToken cancel) =>
        {
            var articles = await db.Articles.VisibleTo(Audience.Public).OrderByDescending(a => a.UpdatedAt).Take(FeedEntries)
                .Select(a => new { a.Id, a.Slug, a.UpdatedAt, a.PublishedAt, a.PublishedRevision!.Title, a.PublishedRevision.Summary }).ToListAsync(cancel);
            static string Moment(DateTime moment) => moment.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            return Xml("application/atom+xml", new XElement(Atom + "feed",
                new XAttribute(XNamespace.Xml + "lang", "es"),
                new XElement(Atom + "title", company.Name),
                new XElement(Atom + "id", options.PublicUrl + "/"),
                new XElement(Atom + "link", new XAttribute("href", options.PublicUrl + "/")),
                new XElement(Atom + "link", new XAttribute("rel", "self"), new XAttribute("href", options.PublicUrl + "/feed.xml")),
                new XElement(Atom + "author", new XElement(Atom + "name", company.Name)),
                new XElement(Atom + "updated", Moment(articles.FirstOrDefault()?.UpdatedAt ?? DateTime.UnixEpoch)),
                articles.Select(a => new XElement(Atom + "entry",
                    new XElement(Atom + "title", a.Title),
                    new XElement(Atom + "id", "urn:uuid:" + a.Id),
                    new XElement(Atom + "link", new XAttribute("href", options.PublicUrl + ArticleAddress.Of(a.Slug))),
                    new XElement(Atom + "published", Moment(a.PublishedAt ?? a.UpdatedAt)),
                    new XElement(Atom + "updated", Moment(a.UpdatedAt)),
                    new XElement(Atom + "summary", a.Summary)))));
        }).CacheOutput(PublicPages.Policy);

    /// <summary>Maps <c>/opensearch.xml</c>: the browser's own search box.</summary>
    public static void MapOpenSearch(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/opensearch.xml", (CompanyProfile company, SelfServiceOptions options) => Xml("application/opensearchdescription+xml",
            new XElement(Search + "OpenSearchDescription",
                new XElement(Search + "ShortName", company.Name.Length > 16 ? company.Name[..16] : company.Name),
                new XElement(Search + "Description", company.Name),
                new XElement(Search + "InputEncoding", "UTF-8"),
                new XElement(Search + "Image", new XAttribute("type", "image/svg+xml"), options.PublicUrl + "/img/favicon.svg"),
                new XElement(Search + "Url", new XAttribute("type", "text/html"), new XAttribute("template", options.PublicUrl + "/buscar?q={searchTerms}")))));

    /// <summary>Maps <c>/.well-known/security.txt</c> (RFC 9116): whom to tell of a weakness.</summary>
    public static void MapSecurityContact(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/.well-known/security.txt", (CompanyProfile company, SelfServiceOptions options, TimeProvider clock) =>
        {
            // It must say until when it holds, a year at most. The beginning of a month, so that it is the same for weeks.
            var now = clock.GetUtcNow();
            var until = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(7);
            return Results.Text(
                $"""
                Contact: {(company.Contact.Email is { } email ? "mailto:" + email : options.PublicUrl + "/contacto")}
                Expires: {until.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}
                Preferred-Languages: {string.Join(", ", company.Languages)}
                Canonical: {options.PublicUrl}/.well-known/security.txt

                """,
                "text/plain",
                System.Text.Encoding.UTF8);
        });

    private static IResult Xml(string type, XElement root) =>
        Results.Text(new XDeclaration("1.0", "utf-8", null) + "\n" + root, type, System.Text.Encoding.UTF8);
}
