using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Cases.Orders;

/// <summary>/casos/{number}/devolver/{id}/retirar: she keeps it after all. It asks first.</summary>
public sealed class WithdrawModel(PortalDbContext db, ReturnGoods goods) : OrderPage(db)
{
    public OrderReturn Return { get; private set; } = null!;

    /// <summary>The pieces she wanted to send back.</summary>
    public string Pieces => Order.Lines.Single(l => l.Id == Return.LineId).Pieces(Return.Quantity);

    public IActionResult OnGet(Guid id) => Find(id) is null ? NotFound() : Return.Status == ReturnStatus.Requested ? Page() : LocalRedirect(Subject.Address);

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel)
    {
        if (Find(id) is null)
        {
            return NotFound();
        }

        // Decided by the desk meanwhile, the order itself says so.
        await goods.WithdrawAsync(Subject.Ticket.Id, Subject.Actor, id, cancel);
        return Done(CaseNotices.Withdraw);
    }

    private OrderReturn? Find(Guid id) => Return = Order.Returns.FirstOrDefault(r => r.Id == id)!;
}
