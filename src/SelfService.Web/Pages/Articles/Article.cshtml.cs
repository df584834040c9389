using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.Persistence;
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

    /// <summary>Where search engines find what readers in a country see.</summary>
    public string UrlIn(string country) => country == company.Country ? Article.Url : $"{Article.Url}?{CountryChoice.QueryName}={country}";

    /// <summary>Address of the site as customers know it; the request's own host is not believed.</summary>
    public string Origin => options.PublicUrl;

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (await db.ArticleAsync(slug, User.Audience(), cancel) is not { } article)
        {
            return NotFound();
        }

        Country = CountryChoice.Of(Request, company, options);
        Article = article.For(Country);
        IsByCountry = company.Countries.Count > 1 && CountryBlocks.AreIn(article.Html);
        return Page();
    }
}
