using Microsoft.Extensions.Localization;
using SelfService.Core.Tickets;
using SelfService.Web.Resources;

namespace SelfService.Web.Components;

/// <summary>Where a case stands, said to its customer.</summary>
public sealed class CaseWords(SpokenMoment spoken, ServiceDesk desk, TimeProvider clock, IStringLocalizer<Texts> texts)
{
    /// <summary>The status in one word or two, with the sign that goes with it.</summary>
    public CaseStatus Status(TicketStatus status) => new(
        texts["Case.Status" + status],
        status switch { TicketStatus.New => "mail", TicketStatus.Open => "refresh", TicketStatus.Pending => "chat", TicketStatus.Solved => "check-circle", _ => "lock" },
        status switch { TicketStatus.Pending => "status-waiting", TicketStatus.Solved => "status-done", TicketStatus.Closed => "status-closed", _ => "" });

    /// <summary>Whether the company has passed the date that she was told; when it is her turn, it has not.</summary>
    public bool IsLate(Ticket ticket) => ticket.IsOverdue(Now()) && ticket.Status != TicketStatus.Pending;

    /// <summary>What happens, and what is next by when: two sentences, the second with the moment it names.</summary>
    public CaseSentence Sentence(Ticket ticket)
    {
        var queue = desk.Queue(ticket.Queue).Name;
        var late = ticket.IsOverdue(Now());
        if (ticket.Commitment is { } next)
        {
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

        var what = texts[ticket.Status == TicketStatus.Solved ? "Case.Solved" : "Case.Closed"];
        return ticket.CanReopen(Now())
            ? new(what, texts["Case.ReopenUntil", spoken.Deadline(ticket.ReopenUntil!.Value)], ticket.ReopenUntil.Value)
            : new(what, texts["Case.AskAnew"], ticket.EndedAt ?? ticket.UpdatedAt);
    }

    /// <summary>What happened, what is now and what comes, as three steps.</summary>
    public IReadOnlyList<CaseStep> Steps(Ticket ticket)
    {
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
    public string Event(TicketEvent happened) => happened switch
    {
        { Kind: TicketEventKind.Promised, Detail.Length: > 0 } => texts["Case.EventPromisedWords", happened.Detail],
        { Kind: TicketEventKind.Closed, Actor: ActorKind.Customer } => texts["Case.EventClosedByYou"],
        { Kind: TicketEventKind.Reopened, Actor: ActorKind.Customer } => texts["Case.EventReopenedByYou"],
        _ => texts["Case.Event" + happened.Kind],
    };

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
