using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.Filters;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Agent;

/// <summary>
/// Loads the ticket of the address before the form is read, for every page of the desk that is about one; without it there is no
/// page. Nothing of the desk is kept by a browser.
/// </summary>
internal sealed class LoadTicket(PortalDbContext db, TimeProvider clock) : IAsyncAuthorizationFilter
{
    // Antiforgery, at 1000, reads the form to find its token.
    private const int BeforeTheFormIsRead = 100;

    /// <summary>Every page of the folder finds its ticket loaded, or is not reached.</summary>
    public static void ForEveryPage(PageApplicationModel page) =>
        page.Filters.Add(new TypeFilterAttribute(typeof(LoadTicket)) { Order = BeforeTheFormIsRead });

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var http = context.HttpContext;
        http.Response.Headers.CacheControl = "no-cache, no-store";
        if (context.RouteData.Values["number"] is not string number)
        {
            return;
        }

        if (await db.TicketDetailAsync(http.User.Viewer(), number, clock.GetUtcNow().UtcDateTime, http.RequestAborted) is { } detail)
        {
            http.Features.Set(detail);
        }
        else
        {
            context.Result = new NotFoundResult();
        }
    }
}
