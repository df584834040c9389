using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SelfService.Core.Company;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Core.Requests;
using SelfService.Core.Tickets;
using SelfService.Web.Components;
using SelfService.Web.Resources;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Orders;

/// <summary>/pedido/recibido/{number}: what was ordered, how it is paid, what happens next and by when. Only for who may see the case.</summary>
public sealed class ReceivedModel(
    PortalDbContext db, GuestCases guests, OrderRules rules, CompanyProfile company, SpokenMoment spoken, CaseWords words, IStringLocalizer<Texts> texts) : PageModel
{
    private static readonly OrderStatus[] Way = [OrderStatus.Placed, OrderStatus.Confirmed, OrderStatus.Preparing, OrderStatus.Shipped, OrderStatus.Delivered];

    public Order Order { get; private set; } = null!;

    public Ticket Ticket => Order.Ticket;

    /// <summary>What to do to pay what is owed; empty where there is nothing to do.</summary>
    public string Instructions { get; private set; } = "";

    /// <summary>What happens now, and what is next by when.</summary>
    public CaseSentence Sentence => Order.Stage switch
    {
        NextStep.Payment => new(texts["Checkout.NextPayment"], texts["Checkout.PayBy", Due], Order.StageDueAt!.Value),
        NextStep.OrderConfirmation when Order.PaymentWhen == PaymentWhen.Link && Order.Balance > 0 => new(texts["Checkout.NextLink"], texts["Checkout.LinkBy", Due], Order.StageDueAt!.Value),
        NextStep.OrderConfirmation => new(texts["Checkout.NextConfirmation"], texts["Checkout.ConfirmBy", Due], Order.StageDueAt!.Value),
        _ => words.Sentence(Ticket),
    };

    /// <summary>Answers of the invoice that look wrong and were taken all the same.</summary>
    public IEnumerable<TicketAnswer> Doubtful => Order.Invoice.Where(a => a.Warning);

    private string Due => spoken.Deadline(Order.StageDueAt!.Value);

    /// <summary>Confirmation of an order.</summary>
    public static string AddressOf(string number) => $"/pedido/recibido/{number}";

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken cancel)
    {
        var viewer = await guests.ViewerAsync(HttpContext, cancel);
        var wanted = TicketNumber.Parse(number);
        var visible = db.Tickets.VisibleTo(viewer).Where(t => t.Number == wanted);
        var order = wanted is null ? null
            : await db.Orders.AsNoTracking().Include(o => o.Ticket).Include(o => o.Lines.OrderBy(l => l.Position)).SingleOrDefaultAsync(o => visible.Any(t => t.Id == o.TicketId), cancel);
        if (order is null)
        {
            return NotFound();
        }

        Order = order;
        var figures = new CompanyFigures(company);
        Instructions = order.Balance <= 0 ? "" : (rules.Way(order.PaymentKey)?.Instructions ?? "")
            .Replace("{numero}", order.Number, StringComparison.Ordinal).Replace("{total}", figures.ShowMoney(order.Balance), StringComparison.Ordinal);
        Response.Headers.CacheControl = "no-store";
        return Page();
    }

    /// <summary>From the order to the customer's hands; only its beginning for one that was cancelled.</summary>
    public IEnumerable<CaseStep> Steps()
    {
        if (Order.Status == OrderStatus.Cancelled)
        {
            return [new(texts["Checkout.StepPlaced"], spoken.Moment(Order.PlacedAt), StepState.Done), new(texts["Checkout.StepCancelled"], spoken.Moment(Order.EndedAt ?? Order.UpdatedAt), StepState.Now)];
        }

        var now = Array.IndexOf(Way, Order.Status == OrderStatus.Ready ? OrderStatus.Shipped : Order.Status);
        return Way.Select((step, i) => new CaseStep(
            step != OrderStatus.Shipped ? texts["Checkout.Step" + step] : Order.Receiving switch
            {
                Receiving.Collection => texts["Checkout.StepReady"],
                Receiving.AtHome => texts["Checkout.StepVisit"],
                _ => texts["Checkout.StepShipped"],
            },
            i == 0 ? spoken.Moment(Order.PlacedAt) : i == now + 1 && Order.Stage is not NextStep.Payment && Order.StageDueAt is { } due ? spoken.Deadline(due) : "",
            i < now || Order.Status == OrderStatus.Delivered ? StepState.Done : i == now ? StepState.Now : StepState.Ahead));
    }
}
