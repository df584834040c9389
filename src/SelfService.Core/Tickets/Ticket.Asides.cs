namespace SelfService.Core.Tickets;

public sealed partial class Ticket
{
    /// <summary>The ticket that this one was merged into; null for all others.</summary>
    public Guid? MergedIntoId { get; private set; }

    /// <summary>An expert was asked or is asked no more.</summary>
    /// <param name="expert">Her name, for the history.</param>
    public void AsideHappened(TicketEventKind kind, Actor actor, string expert, DateTime now) => Record(kind, actor, now, expert);

    /// <summary>An expert answered; what she wrote is a note.</summary>
    public void AsideAnswered(Message note, Actor actor, string expert, DateTime now)
    {
        Messages.Add(note);
        Record(TicketEventKind.SideAnswered, actor, now, expert);
    }

    /// <summary>Another ticket was linked, split off, or is linked no more.</summary>
    /// <param name="number">Of the other ticket.</param>
    public void Joined(TicketEventKind kind, string number, Actor actor, DateTime now) => Record(kind, actor, now, number);

    /// <summary>It goes on in another ticket: nothing is owed here any more, and it cannot be opened again.</summary>
    /// <exception cref="TicketStateException">It has an order or appointment, or was merged before.</exception>
    public void MergeInto(Ticket other, Actor actor, DateTime now)
    {
        if (Kind != TicketKind.Request || HasOpenRecord || MergedIntoId is not null || other.MergedIntoId is not null || other.Id == Id || !other.IsUnresolved)
        {
            throw new TicketStateException();
        }

        if (IsUnresolved)
        {
            End(TicketStatus.Closed, TicketEventKind.Closed, actor, TimeSpan.Zero, now);
        }

        (MergedIntoId, ReopenUntil) = (other.Id, now);
        Record(TicketEventKind.MergedInto, actor, now, other.Number);
    }

    /// <summary>Takes over what was asked in another ticket: it is our turn, unless it was before.</summary>
    /// <param name="responseBy">By when the policy promises an answer.</param>
    public void TakeOver(Ticket merged, DateTime responseBy, Actor actor, DateTime now)
    {
        if (Status == TicketStatus.Pending && !HasOpenRecord)
        {
            Stand(TicketStatus.Open, now);
            Owe(Tickets.NextStep.Response, "", responseBy);
        }

        Remember(merged.Number, merged.SearchText);
        Record(TicketEventKind.MergedFrom, actor, now, merged.Number);
    }
}
