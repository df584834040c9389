using SelfService.Core.Tickets.Promises;

namespace SelfService.Core.Tickets;

public sealed partial class Ticket
{
    /// <summary>When an agent promised the next step; null when it is not a promise, or one whose date has passed.</summary>
    public DateTime? PromisedAt { get; private set; }

    /// <summary>Who promised it.</summary>
    public Guid? PromisedById { get; private set; }

    /// <summary>Promises that have come to their end.</summary>
    public List<Promise> Promises { get; } = [];

    // The promise that is owed ends: as it is told, unless its date has passed.
    private void Settle(PromiseOutcome inTime, DateTime now)
    {
        if (PromisedAt is not { } madeAt || DueAt is not { } due)
        {
            return;
        }

        var outcome = now > due ? PromiseOutcome.Broken : inTime;
        Promises.Add(new Promise
        {
            TicketId = Id,
            AgentId = PromisedById,
            Queue = Queue,
            Text = NextStepText,
            MadeAt = madeAt,
            DueAt = due,
            Outcome = outcome,
            SettledAt = outcome == PromiseOutcome.Broken ? Next(due, now) : now,
        });
        PromisedAt = null;
        PromisedById = null;
    }

    // What an agent says that she will do, by when, counts.
    private void Pledge(Commitment next, Actor actor, DateTime now)
    {
        if (next.Step == Tickets.NextStep.Promise)
        {
            (PromisedAt, PromisedById) = (Next(Promises.Select(p => p.MadeAt).DefaultIfEmpty().Max(), now), actor.PersonId);
        }
    }

    // What comes after another is after it, also within one moment; databases keep microseconds.
    private static DateTime Next(DateTime former, DateTime now) => now > former ? now : former.AddMicroseconds(1);
}
