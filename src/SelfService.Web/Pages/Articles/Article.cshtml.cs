using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.KnowledgeBase.Variants;
using SelfService.Core.Persistence;
using SelfService.Web.Components;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Articles;

[OutputCache(PolicyName = PublicPages.Policy)]
public sealed class ArticleModel(PortalDbContext db, SelfServiceOptions options, CompanyProfile company) : PageModel
{
    public ArticleView Article { get; private set; } = null!;

    /// <summary>Country of the reader.</summary>
    public string Country { get; private set; } = "";

    /// <summary>Whether readers in different countries see different things.</summary>
    public bool IsByCountry { get; private set; }

    /// <summary>Two letters of the language that it is written in.</summary>
    public string Language => Article.Language.Length > 0 ? Article.Language : company.ContentLang();

    /// <summary>Addresses of the same for other readers, as search engines want them: a language, or one with a country.</summary>
    public IEnumerable<(string Lang, string Url)> Alternates => Article.Variants.Count > 0
        ? Article.Variants.Select(v => (LanguageOf(v) + (v.Country.Length > 0 ? "-" + v.Country : ""), ArticleAddress.Of(v.Slug))).Append(("x-default", ArticleAddress.Of(Article.Variants[0].Slug)))
        : IsByCountry ? company.Countries.Select(c => ($"{Language}-{c}", UrlIn(c))).Append(("x-default", Article.Url)) : [];

    /// <summary>The variants in other languages, or for other countries.</summary>
    public IEnumerable<ArticleVariant> Others => Article.Variants.Where(v => v.Slug != Article.Slug && (LanguageOf(v) != Language || v.Country == Country));

    /// <summary>Two letters of the language of a variant.</summary>
    public string LanguageOf(ArticleVariant variant) => variant.Language.Length > 0 ? variant.Language : company.ContentLang();

    /// <summary>Where search engines find what readers in a country see.</summary>
    public string UrlIn(string country) => country == company.Country ? Article.Url : $"{Article.Url}?{CountryChoice.QueryName}={country}";

    /// <summary>Address of the site as customers know it; the request's own host is not believed.</summary>
    public string Origin => options.PublicUrl;

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (await db.ArticleAsync(slug, User.Audience(), cancel, HttpContext.Reader()) is not { } article)
        {
            return NotFound();
        }

        Country = CountryChoice.Of(Request, company, options);
        Article = article.For(Country);
        IsByCountry = company.Countries.Count > 1 && CountryBlocks.AreIn(article.Html);
        return Page();
    }
}
