using System.Globalization;
using Microsoft.Extensions.Localization;
using SelfService.Core.Orders;
using SelfService.Core.Tickets;
using SelfService.Web.Components;
using SelfService.Web.Resources;

namespace SelfService.Web.Mail;

/// <summary>
/// What a mail says of an order, in the current language. Titles and sums are the company's own; what the customer typed is said
/// only where she may be quoted.
/// </summary>
public sealed class OrderMailWords(IStringLocalizer<Texts> texts, OrderWords orders, CaseWords cases, OrderRules rules)
{
    /// <summary>Value of a placeholder that only mails of orders know; empty for what this mail has not.</summary>
    public string Value(string name, Addressee addressee) => (name, addressee) switch
    {
        (MailPlaceholders.Lines, { Order: { } order }) => string.Join('\n', order.Lines.Where(l => l.Kept > 0).Select(l => texts["Mail.OrderLine", l.Pieces(l.Kept), orders.Money(l.Net)].Value)),
        (MailPlaceholders.Total, { Order: { } order }) => Total(order),
        (MailPlaceholders.Receiving, { Order: { } order, Step: null or { Kind: TicketEventKind.OrderReady } }) => Receiving(order, addressee.MayBeQuoted),
        (MailPlaceholders.Pay, { Order: { Balance: > 0, Status: not OrderStatus.Cancelled } order, Step: null or { Kind: TicketEventKind.OrderPaymentLink } }) => Pay(order),
        (MailPlaceholders.Step, { Step: { } step }) => cases.Event(step, TicketKind.Order) + ".",
        (MailPlaceholders.Note, { Step: { Kind: TicketEventKind.ReturnRefused } step, Order: { } order }) =>
            PlainText.Body(order.Returns.FirstOrDefault(r => r.Status == ReturnStatus.Refused && r.DecidedAt == step.At)?.Note),
        (MailPlaceholders.Tracking, { Step: { Kind: TicketEventKind.OrderShipped } step, Order: { } order }) => Tracking(order.Parcels.FirstOrDefault(p => p.DispatchedAt == step.At)),
        _ => "",
    };

    private string Total(Order order)
    {
        var total = orders.Money(order.Total);
        return order.Tax > 0 ? texts["Mail.OrderTotal", total, rules.TaxName, orders.Money(order.Tax)] : total;
    }

    // Anybody can write a victim's address into the form, and anything into the lines of the street.
    private string Receiving(Order order, bool mayBeQuoted) => order.Receiving switch
    {
        Core.Orders.Receiving.Collection => order.CollectOn is { } day && order.Status is not OrderStatus.Ready
            ? texts["Mail.OrderCollectOn", order.BranchText, day.ToString("D", CultureInfo.CurrentCulture)]
            : order.BranchText,
        _ when mayBeQuoted && order.Address.Count > 0 => string.Join(", ", order.Address.Select(line => PlainText.Line(line.Text)).Where(line => line.Length > 0)),
        _ => texts["Mail.OrderToAddress"],
    };

    private string Pay(Order order)
    {
        var owed = orders.Money(order.Balance);
        return order.PaymentWhen switch
        {
            PaymentWhen.Link when order.PaymentLink.Length == 0 => texts["Mail.OrderPayLinkLater", owed],
            PaymentWhen.Link => texts["Mail.OrderPayLink", owed, order.PaymentLink],
            PaymentWhen.OnDelivery => texts["Mail.OrderPayOnDelivery", owed, order.PaymentName],
            _ => texts["Mail.OrderPayBefore", owed, order.PaymentName, orders.Instructions(order)].Value.TrimEnd(),
        };
    }

    private string Tracking(Parcel? parcel) => parcel is null ? "" : string.Join('\n', new[]
    {
        parcel.Carrier.Length > 0 ? texts["Mail.OrderCarrier", parcel.Carrier].Value : "",
        parcel.Tracking.Length > 0 ? texts["Mail.OrderTracking", parcel.Tracking].Value : "",
        parcel.TrackingUrl,
    }.Where(line => line.Length > 0));
}
