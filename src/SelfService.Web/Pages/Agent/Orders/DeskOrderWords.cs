using Microsoft.Extensions.Localization;
using SelfService.Core.Company;
using SelfService.Core.Orders;
using SelfService.Core.Requests;
using SelfService.Core.Tickets;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Agent.Orders;

/// <summary>Orders in the words of those who see to them.</summary>
public sealed class DeskOrderWords(IStringLocalizer<Texts> texts, CompanyProfile company, OrderRules rules)
{
    /// <summary>Amounts as they are typed and shown.</summary>
    public CompanyFigures Figures { get; } = new(company);

    public string Money(long minorUnits) => Figures.ShowMoney(minorUnits);

    /// <summary>An amount as a field shows it, to be typed over.</summary>
    public string Typed(long minorUnits) => Figures.Show(Figures.Major(minorUnits));

    /// <summary>Where an order stands.</summary>
    public DeskSign Status(OrderStatus status) => new(
        texts["Desk.OrderStatus" + status],
        status switch
        {
            OrderStatus.Placed => "cart",
            OrderStatus.Confirmed => "check",
            OrderStatus.Preparing => "box",
            OrderStatus.Ready => "home",
            OrderStatus.Shipped => "truck",
            OrderStatus.Delivered => "check-circle",
            _ => "close",
        },
        status switch { OrderStatus.Delivered => "status-done", OrderStatus.Cancelled => "status-closed", _ => "" });

    public string Receiving(Receiving receiving) => texts["Desk.OrderReceiving" + receiving];

    /// <summary>Name of a branch, by its key where the file does not name it any more.</summary>
    public string Branch(string key) => rules.Branch(key)?.Name ?? key;

    /// <summary>What an entry of the ledger is.</summary>
    public string Entry(LedgerEntry entry, Order order)
    {
        var kind = texts["Desk.OrderLedger" + entry.Kind].Value;
        var line = order.Lines.FirstOrDefault(l => l.Id == entry.LineId);
        return line is not null ? $"{kind}: {(entry.Kind == LedgerKind.Goods ? line.Pieces(line.Quantity) : line.Title)}" : entry.Days > 0 ? $"{kind}: {entry.Days}" : kind;
    }

    /// <summary>How many there are.</summary>
    public string Stock(int? pieces) => pieces is { } count ? texts["Desk.OrderInStock", count] : texts["Desk.OrderUncounted"];

    /// <summary>What a step is called for an order that is received this way.</summary>
    public string Move(OrderMove move, Receiving receiving) => move switch
    {
        OrderMove.Dispatch => texts[receiving == Core.Orders.Receiving.Collection ? "Desk.OrderMoveReady" : "Desk.OrderMoveDispatch"],
        OrderMove.HandOver => texts[receiving == Core.Orders.Receiving.AtHome ? "Desk.OrderMoveDone" : "Desk.OrderMoveHandOver"],
        _ => texts["Desk.OrderMove" + move],
    };

    /// <summary>What became of one of many orders, and why.</summary>
    public string Outcome(MovedOrder moved) => moved switch
    {
        { Order: null } => texts["Desk.OrdersUnknown"],
        { Result: StepResult.Done } => texts["Desk.OrdersDone"],
        { Result: StepResult.DoneBefore } => texts["Desk.OrdersDoneBefore"],
        { Result: null } => texts["Desk.OrdersBusy"],
        { Order: { Status: OrderStatus.Placed, Stage: NextStep.Payment } } => texts["Desk.OrdersUnpaid"],
        _ => texts["Desk.OrdersNotPossible", Status(moved.Order.Status).Text],
    };
}
