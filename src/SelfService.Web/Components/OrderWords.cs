using Microsoft.Extensions.Localization;
using SelfService.Core.Company;
using SelfService.Core.Orders;
using SelfService.Core.Requests;
using SelfService.Core.Tickets;
using SelfService.Web.Resources;

namespace SelfService.Web.Components;

/// <summary>Where an order stands, said to its customer.</summary>
public sealed class OrderWords(SpokenMoment spoken, OrderRules rules, ServiceDesk desk, CompanyProfile company, IStringLocalizer<Texts> texts)
{
    private readonly CompanyFigures figures = new(company);

    /// <summary>An amount with its currency.</summary>
    public string Money(long minorUnits) => figures.ShowMoney(minorUnits);

    /// <summary>How to pay what is owed, as the company writes it; empty where it says nothing, or nothing is owed.</summary>
    public string Instructions(Order order) => order.Balance <= 0 ? "" : (rules.Way(order.PaymentKey)?.Instructions ?? "")
        .Replace("{numero}", order.Number, StringComparison.Ordinal).Replace("{total}", Money(order.Balance), StringComparison.Ordinal);

    /// <summary>The status in one word or two, with the sign that goes with it.</summary>
    public CaseStatus Status(Order order) => order.Stage switch
    {
        NextStep.Payment => new(texts["Order.StatusAwaitsPayment"], "card", "status-waiting"),
        NextStep.ReturnArrival => new(texts["Order.StatusAwaitsReturn"], "return", "status-waiting"),
        NextStep.Refund when order.Status == OrderStatus.Delivered => new(texts["Order.StatusOwesRefund"], "refresh", ""),
        _ => Status(order.Status),
    };

    /// <summary>The status of an order, whatever is owed besides.</summary>
    public CaseStatus Status(OrderStatus status) => new(
        texts["Order.Status" + status],
        status switch
        {
            OrderStatus.Placed => "mail",
            OrderStatus.Confirmed => "check",
            OrderStatus.Preparing => "box",
            OrderStatus.Ready => "pin",
            OrderStatus.Shipped => "truck",
            OrderStatus.Delivered => "check-circle",
            _ => "close",
        },
        status switch { OrderStatus.Ready => "status-waiting", OrderStatus.Delivered => "status-done", OrderStatus.Cancelled => "status-closed", _ => "" });

    /// <summary>What happens, and what is next by when.</summary>
    /// <param name="next">A step of the order, see <see cref="IsStep"/>.</param>
    /// <param name="isLate">Whether its moment has passed.</param>
    public CaseSentence Sentence(Order order, Ticket ticket, Commitment next, bool isLate)
    {
        var step = next.Step;
        var words = !isLate ? "Order.By" + step + NextVariant(order, step) : Order.IsCustomersTurn(step) ? "Order.Still" + step : "Order.Late" + step;
        return new(
            isLate && !Order.IsCustomersTurn(step) ? texts["Case.Late"] : texts["Order.What" + step + WhatVariant(order, step), "", Money(Math.Abs(order.Balance)), Place(order)],
            texts[words, spoken.Deadline(next.DueAt), Money(Math.Abs(order.Balance)), Place(order), desk.Queue(ticket.Queue).Name],
            next.DueAt);
    }

    /// <summary>That it is over.</summary>
    public string Ended(Order order) => texts[order.Status == OrderStatus.Cancelled ? "Order.EndedCancelled" : "Order.EndedDelivered"];

    /// <summary>The way of an order from receiving it to the end, with the moments of the steps that it has made.</summary>
    public IReadOnlyList<CaseStep> Steps(Order order, IReadOnlyList<TicketEvent> history)
    {
        if (order.Status == OrderStatus.Cancelled)
        {
            return [.. Passed().Where(s => Reached(s, history) is not null || s == OrderStatus.Placed).Select(Done), Done(OrderStatus.Cancelled)];
        }

        var way = Way(order);
        var at = way.IndexOf(order.Status);
        var due = order.Next is { } next ? spoken.Deadline(next.DueAt) : "";
        return [.. way.Select((status, i) => i < at || order.Status == OrderStatus.Delivered ? Done(status) : new CaseStep(
            Status(status).Text, i == at ? When(status) : i == at + 1 && order.Stage is { } step && IsForward(step) ? due : "", i == at ? StepState.Now : StepState.Ahead))];

        CaseStep Done(OrderStatus status) => new(Status(status).Text, When(status), StepState.Done);

        string When(OrderStatus status) => Reached(status, history) is { } moment ? spoken.Moment(moment)
            : status == OrderStatus.Placed ? spoken.Moment(order.PlacedAt)
            : "";

        IEnumerable<OrderStatus> Passed() => [OrderStatus.Placed, OrderStatus.Confirmed, OrderStatus.Preparing];
    }

    /// <summary>Whether a step belongs to an order, and not to its conversation.</summary>
    public static bool IsStep(NextStep step) => step is >= NextStep.Payment and <= NextStep.Refund;

    // Whatever else is asked for or owed does not move it along its way.
    private static bool IsForward(NextStep step) => step is not (NextStep.ReturnArrival or NextStep.Refund or NextStep.Payment);

    private static List<OrderStatus> Way(Order order) => order.Receiving switch
    {
        Receiving.Collection => [OrderStatus.Placed, OrderStatus.Confirmed, OrderStatus.Preparing, OrderStatus.Ready, OrderStatus.Delivered],
        Receiving.AtHome when order.Status != OrderStatus.Shipped => [OrderStatus.Placed, OrderStatus.Confirmed, OrderStatus.Preparing, OrderStatus.Delivered],
        _ => [OrderStatus.Placed, OrderStatus.Confirmed, OrderStatus.Preparing, OrderStatus.Shipped, OrderStatus.Delivered],
    };

    // The last time: what was exchanged goes the way again.
    private static DateTime? Reached(OrderStatus status, IReadOnlyList<TicketEvent> history) => history.LastOrDefault(e => e.Kind == status switch
    {
        OrderStatus.Placed => TicketEventKind.Opened,
        OrderStatus.Confirmed => TicketEventKind.OrderConfirmed,
        OrderStatus.Preparing => TicketEventKind.OrderPreparing,
        OrderStatus.Ready => TicketEventKind.OrderReady,
        OrderStatus.Shipped => TicketEventKind.OrderShipped,
        OrderStatus.Delivered => TicketEventKind.OrderDelivered,
        _ => TicketEventKind.OrderCancelled,
    })?.At;

    private static string WhatVariant(Order order, NextStep step) => (step, order) switch
    {
        (NextStep.OrderDispatch, { Parcels.Count: > 0 }) => "Rest",
        (NextStep.OrderDelivery, { Receiving: Receiving.AtHome }) => "AtHome",
        _ => "",
    };

    private static string NextVariant(Order order, NextStep step) => (step, order) switch
    {
        (NextStep.OrderConfirmation, { PaymentWhen: PaymentWhen.Link, PaymentLink: "", Balance: > 0 }) => "Link",
        (NextStep.OrderDispatch, { Receiving: Receiving.Collection }) => "Collection",
        (NextStep.OrderDispatch, { Parcels.Count: > 0 }) => "Rest",
        (NextStep.OrderDelivery, { Receiving: Receiving.AtHome }) => "AtHome",
        _ => "",
    };

    private string Place(Order order) => rules.Branch(order.BranchKey)?.Name ?? order.BranchText;
}
