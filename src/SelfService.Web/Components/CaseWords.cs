using Microsoft.Extensions.Localization;
using SelfService.Core.Appointments;
using SelfService.Core.Orders;
using SelfService.Core.Tickets;
using SelfService.Web.Resources;

namespace SelfService.Web.Components;

/// <summary>Where a case stands, said to its customer.</summary>
public sealed class CaseWords(SpokenMoment spoken, OrderWords orders, AppointmentWords appointments, WaitingWords waiting, ServiceDesk desk, TimeProvider clock, IStringLocalizer<Texts> texts)
{
    /// <summary>The status in one word or two, with the sign that goes with it.</summary>
    /// <param name="order">The order of an order's ticket: it stands where the order does, unless somebody waits for an answer.</param>
    /// <param name="appointment">The same of an appointment's.</param>
    public CaseStatus Status(Ticket ticket, Order? order, Appointment? appointment = null) =>
        ticket.NextStep == NextStep.CustomerAnswer ? Status(ticket.Status)
        : WaitingWords.IsStep(ticket.NextStep) ? waiting.Status(ticket.NextStep!.Value)
        : order is not null ? orders.Status(order)
        : appointment is not null ? appointments.Status(appointment)
        : Status(ticket.Status);

    private CaseStatus Status(TicketStatus status) => new(
        texts["Case.Status" + status],
        status switch { TicketStatus.New => "mail", TicketStatus.Open => "refresh", TicketStatus.Pending => "chat", TicketStatus.Solved => "check-circle", _ => "lock" },
        status switch { TicketStatus.Pending => "status-waiting", TicketStatus.Solved => "status-done", TicketStatus.Closed => "status-closed", _ => "" });

    /// <summary>Whether the company has passed the date that she was told; when it is her turn, it has not.</summary>
    public bool IsLate(Ticket ticket) => ticket.IsOverdue(Now()) && ticket.Status != TicketStatus.Pending && ticket.NextStep is not (NextStep.Appointment or NextStep.WaitingList);

    /// <summary>What happens, and what is next by when: two sentences, the second with the moment it names.</summary>
    /// <param name="order">The order of an order's ticket.</param>
    /// <param name="appointment">The appointment of an appointment's.</param>
    public CaseSentence Sentence(Ticket ticket, Order? order = null, Appointment? appointment = null)
    {
        var queue = desk.Queue(ticket.Queue).Name;
        var late = ticket.IsOverdue(Now());
        if (ticket.Commitment is { } next)
        {
            if (order is not null && OrderWords.IsStep(next.Step))
            {
                return orders.Sentence(order, ticket, next, late);
            }

            if (appointment is not null && AppointmentWords.IsStep(next.Step))
            {
                return appointments.Sentence(appointment, ticket, next, late);
            }

            if (WaitingWords.IsStep(next.Step))
            {
                return waiting.Sentence(next, late);
            }

            var by = spoken.Deadline(next.DueAt);
            var promise = next.Step == NextStep.Promise ? next.Text.TrimEnd('.', ' ') : "";
            return (ticket.Status, late, promise.Length > 0) switch
            {
                (TicketStatus.Pending, false, _) => new(texts["Case.Waiting"], texts["Case.WaitingUntil", by], next.DueAt),
                (TicketStatus.Pending, true, _) => new(texts["Case.Waiting"], texts["Case.WaitingStill", by], next.DueAt),
                (_, false, false) => new(texts["Case.Working", queue], texts["Case.AnswerBy", by], next.DueAt),
                (_, false, true) => new(texts["Case.Working", queue], texts["Case.Promise", promise, by], next.DueAt),
                (_, true, false) => new(texts["Case.Late"], texts["Case.LateAnswer", by, queue], next.DueAt),
                (_, true, true) => new(texts["Case.Late"], texts["Case.LatePromise", promise, by, queue], next.DueAt),
            };
        }

        var what = order is not null ? orders.Ended(order) : appointment is not null ? appointments.Ended(appointment)
            : ticket.Kind == TicketKind.Appointment ? texts["Waiting.Over"] : texts[ticket.Status == TicketStatus.Solved ? "Case.Solved" : "Case.Closed"];
        return ticket.CanReopen(Now())
            ? new(what, texts[appointment is null ? "Case.ReopenUntil" : "Appointment.ReopenUntil", spoken.Deadline(ticket.ReopenUntil!.Value)], ticket.ReopenUntil.Value)
            : new(what, texts["Case.AskAnew"], ticket.EndedAt ?? ticket.UpdatedAt);
    }

    /// <summary>What happened, what is now and what comes, as three steps; those of an order or appointment where it is one.</summary>
    /// <param name="order">The order of an order's ticket, with the history that dates its steps.</param>
    /// <param name="appointment">The appointment of an appointment's.</param>
    public IReadOnlyList<CaseStep> Steps(Ticket ticket, Order? order = null, IReadOnlyList<TicketEvent>? history = null, Appointment? appointment = null)
    {
        if (order is not null)
        {
            return orders.Steps(order, history ?? []);
        }

        if (appointment is not null)
        {
            return appointments.Steps(appointment);
        }

        if (WaitingWords.IsStep(ticket.NextStep))
        {
            return waiting.Steps(ticket);
        }

        var received = Status(TicketStatus.New).Text;
        var inWork = Status(ticket.Status == TicketStatus.Pending ? TicketStatus.Pending : TicketStatus.Open).Text;
        var ended = Status(ticket.Status == TicketStatus.Closed ? TicketStatus.Closed : TicketStatus.Solved).Text;
        var opened = spoken.Moment(ticket.OpenedAt);
        var due = ticket.DueAt is { } by ? spoken.Deadline(by) : "";
        return ticket.Status switch
        {
            TicketStatus.New => [new(received, opened, StepState.Now), new(inWork, due, StepState.Ahead), new(ended, "", StepState.Ahead)],
            TicketStatus.Open or TicketStatus.Pending => [new(received, opened, StepState.Done), new(inWork, due, StepState.Now), new(ended, "", StepState.Ahead)],
            _ => [new(received, opened, StepState.Done), new(inWork, "", StepState.Done), new(ended, spoken.Moment(ticket.EndedAt ?? ticket.UpdatedAt), StepState.Done)],
        };
    }

    /// <summary>One line of the history.</summary>
    /// <param name="kind">Of the ticket: an order is not a case in its customer's words.</param>
    public string Event(TicketEvent happened, TicketKind kind) => happened switch
    {
        { Kind: TicketEventKind.Promised, Detail.Length: > 0 } => texts["Case.EventPromisedWords", happened.Detail],
        { Kind: TicketEventKind.Closed, Actor: ActorKind.Customer } => texts["Case.EventClosedByYou"],
        { Kind: TicketEventKind.Reopened, Actor: ActorKind.Customer } => texts["Case.EventReopenedByYou"],
        { Kind: TicketEventKind.Opened or TicketEventKind.Solved } when kind != TicketKind.Request => texts["Case.Event" + happened.Kind + kind],
        { Kind: var hour } when TicketEvent.IsHourStep(hour) => Moved(happened, appointments.Said(happened)),
        { Kind: TicketEventKind.WaitingPassed, Actor: not ActorKind.Customer } => texts["Case.EventWaitingWithdrawn", appointments.Said(happened)],
        { Kind: TicketEventKind.WaitingLeft, Actor: not ActorKind.Customer } => texts["Case.EventWaitingLeft" + happened.Actor],
        { Kind: TicketEventKind.AppointmentCancelled, Actor: ActorKind.Customer } => texts["Case.EventAppointmentCancelledByYou"],
        { Kind: TicketEventKind.OrderCancelled, Actor: ActorKind.Customer } => texts["Case.EventOrderCancelledByYou"],
        { Kind: TicketEventKind.OrderLineCancelled or TicketEventKind.ReturnRequested or TicketEventKind.ReturnWithdrawn, Actor: ActorKind.Customer, IsDetailedRecordStep: true } =>
            texts["Case.Event" + happened.Kind + "ByYou", happened.Detail],
        { IsDetailedRecordStep: true } => texts["Case.Event" + happened.Kind + "Words", happened.Detail],
        _ => texts["Case.Event" + happened.Kind],
    };

    private string Moved(TicketEvent happened, string when) =>
        when.Length == 0 ? texts["Case.Event" + happened.Kind]
        : texts["Case.Event" + happened.Kind + (happened is { Kind: TicketEventKind.AppointmentMoved, Actor: ActorKind.Customer } ? "ByYou" : "Words"), when];

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;
}

/// <summary>A status as it is shown: never by colour alone.</summary>
/// <param name="Icon">Name in the sprite.</param>
/// <param name="Class">Class of the stylesheet, besides <c>status</c>.</param>
public sealed record CaseStatus(string Text, string Icon, string Class);

/// <summary>What happens and what is next.</summary>
/// <param name="At">The moment that <paramref name="Next"/> names, UTC.</param>
public sealed record CaseSentence(string What, string Next, DateTime At);

/// <summary>Where a step stands.</summary>
public enum StepState
{
    Done,
    Now,
    Ahead,
}

/// <summary>One step of a case.</summary>
public sealed record CaseStep(string Name, string When, StepState State);
