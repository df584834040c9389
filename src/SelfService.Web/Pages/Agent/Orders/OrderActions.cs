using SelfService.Core.Orders;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Agent.Orders;

/// <summary>Something that can be done with an order now.</summary>
/// <param name="Page">Last part of the address behind <c>pedido/</c>.</param>
/// <param name="Move">The step that one press of a button takes; null for what needs a form.</param>
public sealed record OrderAction(string Page, OrderMove? Move = null)
{
    public const string Advance = "avanzar";
    public const string Ship = "enviar";
    public const string Deliver = "entregar";
    public const string Payment = "pago";
    public const string Link = "enlace";
    public const string Refund = "reembolso";
    public const string Address = "direccion";
    public const string Line = "renglon";
    public const string Grant = "concesion";
    public const string Cancel = "cancelar";
    public const string Return = "devolucion";

    /// <summary>What is obviously next; null when nothing is owed.</summary>
    public static OrderAction? Next(Order order) => order.Stage switch
    {
        NextStep.ReturnArrival when order.Returns.FirstOrDefault(r => r.Status == ReturnStatus.Requested) is { } asked => new($"{Return}/{asked.Id}"),
        NextStep.Payment => new(Payment),
        NextStep.Refund => new(Refund),
        // Without its link nobody can pay.
        NextStep.OrderConfirmation when order is { PaymentWhen: PaymentWhen.Link, PaymentLink.Length: 0, Balance: > 0 } => new(Link),
        _ => Forward(order),
    };

    /// <summary>What can be done besides, in the order of a day's work.</summary>
    public static IEnumerable<OrderAction> Others(Order order)
    {
        var isBefore = order.Status is OrderStatus.Placed or OrderStatus.Confirmed or OrderStatus.Preparing;
        OrderAction?[] all =
        [
            Forward(order),
            order.Parcels.Any(p => p.DeliveredAt is null) ? new(Deliver) : null,
            order.Balance > 0 ? new(Payment) : null,
            order.Balance > 0 ? new(Link) : null,
            order.Balance < 0 ? new(Refund) : null,
            isBefore && order.Receiving != Receiving.Collection ? new(Address) : null,
            isBefore && order.Lines.Count < Order.MaxLines ? new(Line) : null,
            order.Status != OrderStatus.Cancelled ? new(Grant) : null,
            isBefore && order.Lines.Any(l => l.ToDispatch > 0) ? new(Cancel) : null,
        ];
        var next = Next(order);
        return all.OfType<OrderAction>().Where(a => a.Page != next?.Page).DistinctBy(a => a.Page);
    }

    /// <summary>The step that follows on where it stands.</summary>
    public static OrderAction? Forward(Order order) => order.Status switch
    {
        OrderStatus.Placed => new(Advance, OrderMove.Confirm),
        OrderStatus.Confirmed => new(Advance, OrderMove.Prepare),
        OrderStatus.Preparing => new(order.Receiving == Receiving.AtHome ? Deliver : Ship),
        OrderStatus.Ready or OrderStatus.Shipped => new(Deliver),
        _ => null,
    };

    /// <summary>Key of what it is called.</summary>
    public string TextKey(Order order) => Page switch
    {
        Advance => "Desk.OrderMove" + Move,
        Ship => order.Receiving == Receiving.Collection ? "Desk.OrderMoveReady" : "Desk.OrderMoveDispatch",
        Deliver => order.Receiving == Receiving.AtHome ? "Desk.OrderMoveDone" : "Desk.OrderMoveHandOver",
        Payment => "Desk.OrderDoPayment",
        Link => "Desk.OrderDoLink",
        Refund => "Desk.OrderDoRefund",
        Address => "Desk.OrderDoAddress",
        Line => "Desk.OrderDoLine",
        Grant => "Desk.OrderDoGrant",
        Cancel => "Desk.OrderDoCancel",
        _ => "Desk.OrderDoReturn",
    };
}
