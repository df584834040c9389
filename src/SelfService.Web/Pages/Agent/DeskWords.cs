using Microsoft.Extensions.Localization;
using SelfService.Core.Tickets;
using SelfService.Web.Components;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Agent;

/// <summary>Something said with a sign: never by colour alone.</summary>
/// <param name="Icon">Name in the sprite.</param>
/// <param name="Class">Class of the stylesheet, besides the component's own.</param>
public sealed record DeskSign(string Text, string Icon, string Class);

/// <summary>Tickets in the words of those who answer them.</summary>
public sealed class DeskWords(IStringLocalizer<Texts> texts, AppointmentWords appointments)
{
    /// <summary>Where a ticket stands.</summary>
    public DeskSign Status(TicketStatus status) => new(
        texts["Desk.Status" + status],
        status switch { TicketStatus.New => "mail", TicketStatus.Open => "refresh", TicketStatus.Pending => "chat", TicketStatus.Solved => "check-circle", _ => "lock" },
        status switch { TicketStatus.Pending => "status-waiting", TicketStatus.Solved => "status-done", TicketStatus.Closed => "status-closed", _ => "" });

    /// <summary>How much it presses.</summary>
    public DeskSign Priority(TicketPriority priority) => new(
        texts["Desk.Priority" + priority],
        priority switch { TicketPriority.Urgent => "alert", TicketPriority.High => "flag", TicketPriority.Low => "chevron-down", _ => "minus" },
        priority switch { TicketPriority.Urgent => "priority-urgent", TicketPriority.High => "priority-high", _ => "" });

    /// <summary>What happens next; what an agent promised stays in her words.</summary>
    public string Step(NextStep? step, string text) => step switch
    {
        null => "",
        NextStep.Promise when text.Length > 0 => text,
        _ => texts["Desk.Step" + step],
    };

    /// <summary>One line of the history, without who did it.</summary>
    public string Event(TicketEvent happened) =>
        happened is { Kind: TicketEventKind.WaitingPassed, Actor: not ActorKind.Customer } ? texts["Desk.EventWaitingWithdrawn", appointments.Said(happened)]
        : TicketEvent.IsHourStep(happened.Kind)
        ? appointments.Said(happened) is { Length: > 0 } when ? texts["Desk.Event" + happened.Kind + "Words", when] : texts["Desk.Event" + happened.Kind]
        : happened.Kind == TicketEventKind.PriorityChanged ? texts["Desk.EventPriorityChanged", texts["Desk.Priority" + happened.Detail]]
        : happened.Kind > TicketEventKind.PriorityChanged && happened.Detail.Length > 0 ? texts["Desk.Event" + happened.Kind, happened.Detail]
        : happened.IsDetailedRecordStep || (happened.Detail.Length > 0 && happened.Kind is TicketEventKind.Promised or TicketEventKind.Assigned or TicketEventKind.Moved)
        ? texts["Desk.Event" + happened.Kind + "Words", happened.Detail]
        : texts["Desk.Event" + happened.Kind];

    /// <summary>Who did it.</summary>
    /// <param name="name">Name of the account; empty when there is none.</param>
    public string Actor(ActorKind kind, string name) => kind switch
    {
        ActorKind.Customer => name.Length > 0 ? texts["Desk.CustomerNamed", name] : texts["Desk.Customer"],
        ActorKind.Staff => name.Length > 0 ? name : texts["Desk.Staff"],
        _ => texts["Desk.Portal"],
    };

    /// <summary>Queue, by its key where the file does not name it any more.</summary>
    public static string Queue(ServiceDesk desk, string key) => desk.Queues.FirstOrDefault(q => q.Key == key)?.Name ?? key;
}
