using SelfService.Core.Sla;
using SelfService.Core.Tickets;

namespace SelfService.Core.Orders;

public sealed partial class Order
{
    /// <summary>What is owed next, with its date; null when nothing is. It may lie in the past.</summary>
    public Commitment? Next => Stage is { } stage && StageDueAt is { } due ? new Commitment(stage, "", due) : null;

    /// <summary>Whether the customer makes the next move.</summary>
    public static bool IsCustomersTurn(NextStep step) => step is NextStep.CustomerAnswer or NextStep.Payment or NextStep.OrderCollection or NextStep.ReturnArrival or NextStep.WaitingOffer;

    /// <summary>Gives the order the step that follows from where it stands. A step that was owed before keeps its date.</summary>
    internal void Follow(OrderRules rules, SlaClock sla, DateTime now)
    {
        var stage = StageNow();
        if (stage != Stage)
        {
            (Stage, StageDueAt) = (stage, stage is { } step ? DueOf(step, rules, sla, now) : null);
        }
    }

    private NextStep? StageNow()
    {
        if (Returns.Any(r => r.Status == ReturnStatus.Requested))
        {
            return NextStep.ReturnArrival;
        }

        return Status switch
        {
            OrderStatus.Placed => IsPaymentAwaited ? NextStep.Payment : NextStep.OrderConfirmation,
            OrderStatus.Confirmed => NextStep.OrderPreparation,
            OrderStatus.Preparing => Receiving == Receiving.AtHome ? NextStep.OrderDelivery : NextStep.OrderDispatch,
            OrderStatus.Ready => NextStep.OrderCollection,
            OrderStatus.Shipped => NextStep.OrderDelivery,
            _ => Balance < 0 ? NextStep.Refund : Balance > 0 ? NextStep.Payment : null,
        };
    }

    // Without its link nobody can pay; it is the company that has to send it.
    private bool IsPaymentAwaited => Balance > 0 && PaymentWhen switch
    {
        PaymentWhen.Before => true,
        PaymentWhen.Link => PaymentLink.Length > 0,
        _ => false,
    };

    private DateTime DueOf(NextStep step, OrderRules rules, SlaClock sla, DateTime now)
    {
        var stages = rules.Stages;
        return step switch
        {
            NextStep.Payment => now + (rules.Way(PaymentKey)?.Within ?? stages.Confirm),
            NextStep.OrderConfirmation => Opening(stages.Confirm),
            NextStep.OrderPreparation => sla.AfterOpenDays(Opening(stages.Prepare), Lines.Where(l => l.ToDispatch > 0).Max(l => l.LeadDays) ?? 0),
            NextStep.OrderDispatch => Opening(Receiving == Receiving.Collection ? stages.Ready : stages.Ship),
            NextStep.OrderDelivery => Opening(stages.Deliver),
            NextStep.OrderCollection => sla.EndOfDay(now, CollectOn).AddDays(rules.Collection?.KeepDays ?? 7),
            NextStep.ReturnArrival => now + stages.Return,
            _ => Opening(stages.Refund),
        };

        DateTime Opening(TimeSpan time) => sla.After(now, time, SlaHours.Opening);
    }
}
