using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Cases.Orders;

/// <summary>A page under <c>/casos/{number}</c> about the order of that case; a case that is no order has none.</summary>
public abstract class OrderPage(PortalDbContext db) : PageModel
{
    public CaseSubject Subject => HttpContext.Case();

    /// <summary>The order as it stood when the page was asked for, not tracked.</summary>
    public Order Order { get; private set; } = null!;

    protected PortalDbContext Db => db;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        // Before anything is refused: the page that refuses shows the order too.
        if (await CaseOrder.OrderAsync(db, Subject.Ticket.Id, HttpContext.RequestAborted) is not { } order)
        {
            context.Result = NotFound();
            return;
        }

        Order = order;
        await LoadAsync(HttpContext.RequestAborted);
        await next();
    }

    /// <summary>Loads what the page shows besides the order.</summary>
    protected virtual Task LoadAsync(CancellationToken cancel) => Task.CompletedTask;

    /// <summary>The page again, with what keeps it from being done.</summary>
    protected PageResult Refuse(int status)
    {
        var page = Page();
        page.StatusCode = status;
        return page;
    }

    protected LocalRedirectResult Done(string what) => LocalRedirect(Subject.Address + "?hecho=" + what);
}
