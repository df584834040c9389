using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Agent.Orders;

/// <summary>A page about one step of an order. There is none for a ticket that is no order.</summary>
public abstract class OrderPage(PortalDbContext db) : TicketPage(db)
{
    public Order Order => Detail.Order!;

    /// <summary>Key of the form: sent twice, it is done once.</summary>
    [BindProperty]
    public Guid Key { get; set; }

    protected override string NotPossible => "Desk.OrderNotPossible";

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (Detail.Order is null)
        {
            context.Result = NotFound();
        }
        else if (Key == Guid.Empty)
        {
            Key = Guid.NewGuid();
        }
    }
}
