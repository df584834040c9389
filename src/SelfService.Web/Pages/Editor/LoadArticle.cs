using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.Filters;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Editor;

/// <summary>
/// Loads the article of the address, with its newest revision, before the form is read, for every page of the editors that is about
/// one; without it there is no page. Nothing of theirs is kept by a browser.
/// </summary>
internal sealed class LoadArticle(PortalDbContext db) : IAsyncAuthorizationFilter
{
    // Antiforgery, at 1000, reads the form to find its token.
    private const int BeforeTheFormIsRead = 100;

    /// <summary>Every page of the folder finds its article loaded, or is not reached.</summary>
    public static void ForEveryPage(PageApplicationModel page) => page.Filters.Add(new TypeFilterAttribute(typeof(LoadArticle)) { Order = BeforeTheFormIsRead });

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var http = context.HttpContext;
        http.Response.Headers.CacheControl = "no-cache, no-store";
        if (context.RouteData.Values["slug"] is not string slug)
        {
            return;
        }

        if (await db.EditedAsync(slug, http.RequestAborted) is { } edited)
        {
            http.Features.Set(edited);
        }
        else
        {
            context.Result = new NotFoundResult();
        }
    }
}
