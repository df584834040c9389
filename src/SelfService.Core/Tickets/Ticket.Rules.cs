namespace SelfService.Core.Tickets;

public sealed partial class Ticket
{
    /// <summary>The portal answered by a rule. What happens next stays, and it counts as no answer of a person.</summary>
    public void AutoReplied(Message message, DateTime now)
    {
        Messages.Add(message);
        Remember(message.Body);
        Record(TicketEventKind.AutoReplied, Actor.System, now);
        UpdatedAt = now;
    }

    /// <summary>A rule acted.</summary>
    public void RuleActed(string ruleName, DateTime now) => Record(TicketEventKind.RuleApplied, Actor.System, now, ruleName);
}
