using System.Text;
using SelfService.Core.Tickets.Promises;
using SelfService.Search;

namespace SelfService.Core.Tickets;

public sealed partial class Ticket
{
    /// <summary>The customer wrote. It becomes the company's turn, and a solved ticket is open again while it may be.</summary>
    /// <param name="responseBy">By when the policy promises an answer; a nearer promise stays.</param>
    /// <exception cref="TicketStateException">It ended too long ago.</exception>
    public void CustomerReplied(Message message, Actor actor, DateTime responseBy, DateTime now) =>
        HeardFrom(message, TicketEventKind.CustomerReplied, actor, responseBy, now);

    /// <summary>The customer called, and an agent wrote down what she said. What had ended is open again.</summary>
    /// <inheritdoc cref="CustomerReplied"/>
    public void CustomerCalled(Message message, Actor actor, DateTime responseBy, DateTime now) =>
        HeardFrom(message, TicketEventKind.CustomerCalled, actor, responseBy, now);

    private void HeardFrom(Message message, TicketEventKind kind, Actor actor, DateTime responseBy, DateTime now)
    {
        if (!IsUnresolved)
        {
            Reopen(actor, responseBy, now);
        }
        else if (Status == TicketStatus.Pending)
        {
            Stand(TicketStatus.Open, now);
            Owe(Tickets.NextStep.Response, "", responseBy);
        }
        else if (HasOpenRecord && NextStep is not (Tickets.NextStep.Promise or Tickets.NextStep.Response) && responseBy < DueAt)
        {
            // Whoever asks about an order is answered before it arrives. Its own date stays with the order.
            Owe(Tickets.NextStep.Response, "", responseBy);
        }

        Messages.Add(message);
        Remember(message.Body);
        Record(kind, actor, now);
        UpdatedAt = now;
    }

    /// <summary>An agent answered; what happens next comes with it, also when the ticket had ended.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The next step's date has passed already.</exception>
    public void StaffReplied(Message message, Actor actor, Commitment next, DateTime now)
    {
        TurnTo(next, PromiseOutcome.Kept, actor, now);
        Answered(message, actor, now);
    }

    /// <summary>An agent answered for good.</summary>
    /// <exception cref="TicketStateException">Its order or appointment is not finished.</exception>
    public void StaffSolved(Message message, Actor actor, TimeSpan reopenWindow, DateTime now)
    {
        RequireNoOpenRecord();
        Answered(message, actor, now);
        Solve(actor, reopenWindow, now);
    }

    /// <summary>A note among staff; nothing changes for the customer.</summary>
    public void Note(Message note, Actor actor, DateTime now)
    {
        Messages.Add(note);
        Record(TicketEventKind.Noted, actor, now);
    }

    /// <summary>An agent takes it, or gives it to another.</summary>
    /// <param name="ownerName">For the history.</param>
    public void Assign(Guid? ownerId, string ownerName, Actor actor, DateTime now)
    {
        if (OwnerId == ownerId)
        {
            return;
        }

        OwnerId = ownerId;
        Record(TicketEventKind.Assigned, actor, now, ownerName);
    }

    /// <summary>Another queue answers for it; its date stays what the customer was told.</summary>
    public void MoveTo(string queue, string queueName, Actor actor, DateTime now)
    {
        if (Queue == queue)
        {
            return;
        }

        Queue = Required(queue);
        OwnerId = null;
        Record(TicketEventKind.Moved, actor, now, queueName);
    }

    /// <summary>A new next step and date, without a message.</summary>
    /// <exception cref="TicketStateException">It has ended.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The date has passed already.</exception>
    public void Promise(Commitment next, Actor actor, DateTime now)
    {
        if (!IsUnresolved)
        {
            throw new TicketStateException();
        }

        TurnTo(next, PromiseOutcome.Moved, actor, now);
        Record(TicketEventKind.Promised, actor, now, next.Text);
        UpdatedAt = now;
    }

    /// <summary>Answered for good. Solved again changes nothing.</summary>
    /// <exception cref="TicketStateException">Its order or appointment is not finished.</exception>
    public void Solve(Actor actor, TimeSpan reopenWindow, DateTime now) => End(TicketStatus.Solved, TicketEventKind.Solved, actor, reopenWindow, now);

    /// <summary>Nothing more is expected: the customer says so, or the days to reopen it are over.</summary>
    public void Close(Actor actor, TimeSpan reopenWindow, DateTime now)
    {
        if (Status == TicketStatus.Solved)
        {
            Stand(TicketStatus.Closed, now);
            Record(TicketEventKind.Closed, actor, now);
            return;
        }

        End(TicketStatus.Closed, TicketEventKind.Closed, actor, reopenWindow, now);
    }

    /// <summary>Back to the company, with a date.</summary>
    /// <exception cref="TicketStateException">It ended too long ago.</exception>
    public void Reopen(Actor actor, DateTime responseBy, DateTime now)
    {
        if (IsUnresolved)
        {
            return;
        }

        // Staff may take up anything again; a customer only within the window she was told.
        if (actor.Kind == ActorKind.Customer && !CanReopen(now))
        {
            throw new TicketStateException();
        }

        Stand(TicketStatus.Open, now);
        EndedAt = ReopenUntil = null;
        Owe(Tickets.NextStep.Response, "", responseBy);
        Record(TicketEventKind.Reopened, actor, now);
        UpdatedAt = now;
    }

    /// <summary>Its order or appointment moved on, and with it what is owed. Nothing owed solves it.</summary>
    /// <param name="step">What happened; null at the beginning.</param>
    /// <param name="next">What the record owes next, or its customer; it may be late already.</param>
    public void RecordMoved((TicketEventKind Kind, string Detail)? step, Commitment? next, Actor actor, TimeSpan reopenWindow, DateTime now)
    {
        var isUnderWay = HasOpenRecord || step is not null;
        HasOpenRecord = next is not null;
        if (step is { } happened)
        {
            Record(happened.Kind, actor, now, happened.Detail);
            FirstRespondedAt ??= actor.Kind == ActorKind.Staff ? now : null;
        }

        if (next is null)
        {
            Solve(actor, reopenWindow, now);
            return;
        }

        UpdatedAt = now;
        // A question of hers stays owed, whatever she or the portal does besides; only who answers can promise something else.
        if (isUnderWay && actor.Kind != ActorKind.Staff && NextStep is Tickets.NextStep.Response or Tickets.NextStep.Promise)
        {
            return;
        }

        var isNew = Status == TicketStatus.New && (step is null || actor.Kind != ActorKind.Staff);
        Stand(Orders.Order.IsCustomersTurn(next.Step) ? TicketStatus.Pending : isNew ? TicketStatus.New : TicketStatus.Open, now);
        EndedAt = ReopenUntil = null;
        if (NextStep != next.Step || DueAt != next.DueAt)
        {
            Settle(PromiseOutcome.Kept, now);
            Owe(next.Step, next.Text, next.DueAt);
        }
    }

    /// <summary>What was to come of it came to nothing, and the customer is owed an answer as with any request.</summary>
    public void RecordLeft(TicketEventKind kind, Commitment next, Actor actor, DateTime now)
    {
        HasOpenRecord = false;
        Record(kind, actor, now);
        TurnTo(next, PromiseOutcome.Withdrawn, actor, now);
        UpdatedAt = now;
    }

    /// <summary>Its date passed: it is listed first until somebody gives it another.</summary>
    public void Escalate(DateTime now)
    {
        if (EscalatedAt is not null || !IsOverdue(now))
        {
            return;
        }

        EscalatedAt = now;
        Settle(PromiseOutcome.Broken, now);
        Record(TicketEventKind.Escalated, Actor.System, now);
    }

    /// <summary>The customer rates how it went. Rated once, it stays.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 to 5.</exception>
    /// <exception cref="TicketStateException">It has not ended.</exception>
    public void Rate(int rating, string comment, Actor actor, DateTime now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rating, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rating, 5);
        if (IsUnresolved)
        {
            throw new TicketStateException();
        }

        if (Rating is not null)
        {
            return;
        }

        (Rating, RatingComment, RatedAt) = (rating, comment, now);
        Record(TicketEventKind.Rated, actor, now);
    }

    /// <summary>Somebody who knew number and address asks for the link; by telephone, only a person can give it.</summary>
    /// <param name="way"><c>mail</c> or <c>phone</c>, for the history.</param>
    public void RequestLink(DateTime now, string way = "") => Record(TicketEventKind.LinkRequested, Actor.Customer(null), now, way);

    /// <summary>The requester asked to be forgotten. What was asked and answered stays, without who asked.</summary>
    public void Anonymize(DateTime now)
    {
        ContactName = "";
        ContactEmail = ContactPhone = null;
        OpenedById = null;
        Answers = [];
        Trail = [];
        (SearchText, SearchStems) = (Number, " ");
        ContactText = "";
        Record(TicketEventKind.Anonymized, Actor.System, now);
    }

    /// <summary>Gives a ticket that was written before stems were kept the stems of its words.</summary>
    public void FindByStems() => RememberStems(SearchText);

    private void Answered(Message message, Actor actor, DateTime now)
    {
        OwnerId ??= actor.PersonId;
        FirstRespondedAt ??= now;
        Messages.Add(message);
        Remember(message.Body);
        Record(TicketEventKind.StaffReplied, actor, now);
        UpdatedAt = now;
    }

    private void End(TicketStatus status, TicketEventKind kind, Actor actor, TimeSpan reopenWindow, DateTime now)
    {
        if (!IsUnresolved)
        {
            return;
        }

        RequireNoOpenRecord();
        Settle(actor.Kind == ActorKind.Staff ? PromiseOutcome.Kept : PromiseOutcome.Withdrawn, now);
        Stand(status, now);
        NextStep = null;
        NextStepText = "";
        DueAt = EscalatedAt = EscalateNextAt = null;
        EndedAt = UpdatedAt = now;
        // The mail that says it is solved asks how it went. Who ended it herself, or was never answered, is not asked.
        AskedToRateAt ??= status == TicketStatus.Solved && actor.Kind == ActorKind.Staff && FirstRespondedAt is not null ? now : null;
        ReopenUntil = now + reopenWindow;
        Record(kind, actor, now);
    }

    private void RequireNoOpenRecord()
    {
        if (HasOpenRecord)
        {
            throw new TicketStateException();
        }
    }

    // Whose turn it is follows from who owes the next step.
    private void TurnTo(Commitment next, PromiseOutcome former, Actor actor, DateTime now)
    {
        var due = Future(next.DueAt, now);
        Settle(former, now);
        Owe(next.Step, next.Text, due);
        Pledge(next, actor, now);
        Stand(Orders.Order.IsCustomersTurn(next.Step) ? TicketStatus.Pending : TicketStatus.Open, now);
        EndedAt = ReopenUntil = null;
    }

    private void Owe(NextStep step, string text, DateTime dueAt)
    {
        (NextStep, NextStepText, DueAt, EscalatedAt) = (step, text, dueAt, null);
        (EscalationLevel, EscalateNextAt) = (0, null);
    }

    private static DateTime Future(DateTime dueAt, DateTime now) =>
        dueAt > now ? dueAt : throw new ArgumentOutOfRangeException(nameof(dueAt), "A promise is kept in the future.");

    private void Record(TicketEventKind kind, Actor actor, DateTime now, string detail = "") => Events.Add(new TicketEvent
    {
        TicketId = Id,
        Kind = kind,
        At = now,
        Actor = actor.Kind,
        ActorId = actor.PersonId,
        Detail = detail[..Math.Min(detail.Length, TicketEvent.DetailMaxLength)],
    });

    private void Remember(params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            SearchText = $"{SearchText} {FoldedText.Of(text)}".Trim();
            RememberStems(text);
        }

        SearchText = SearchText[..Math.Min(SearchText.Length, SearchTextMaxLength)];
    }

    private void RememberStems(string text)
    {
        var known = SearchStems.Split(' ').ToHashSet(StringComparer.Ordinal);
        var stems = new StringBuilder(SearchStems.Length > 0 ? SearchStems : " ");
        foreach (var stem in SearchLanguage.Stems(text).SelectMany(s => s).Where(s => stems.Length + s.Length < SearchStemsMaxLength && known.Add(s)))
        {
            stems.Append(stem).Append(' ');
        }

        SearchStems = stems.ToString();
    }
}

/// <summary>The ticket is in a state in which this cannot be done.</summary>
public sealed class TicketStateException() : InvalidOperationException("The ticket's state does not allow this.");
