using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets;

/// <summary>Something an agent does with a ticket she has been looking at.</summary>
/// <param name="Seen">
/// Number of events in the history she saw. More than the ticket's version it also tells of notes; null where it does not matter
/// what others did since.
/// </param>
public sealed record StaffStep(Guid TicketId, Guid AgentId, int? Seen)
{
    // Nobody needs to read these before she goes on: they change neither what was asked nor what was promised.
    private static readonly TicketEventKind[] Quiet =
    [
        TicketEventKind.Escalated, TicketEventKind.LinkRequested, TicketEventKind.Rated, TicketEventKind.SlaWarned, TicketEventKind.EscalatedTo, TicketEventKind.PriorityChanged,
        TicketEventKind.Tagged, TicketEventKind.Untagged, TicketEventKind.RuleApplied, TicketEventKind.Linked, TicketEventKind.Unlinked, TicketEventKind.SideAsked, TicketEventKind.SideWithdrawn,
    ];

    private static readonly TicketEventKind[] QuietIfHers = [TicketEventKind.Noted, TicketEventKind.Assigned, TicketEventKind.Moved];

    public Actor Actor => Actor.Staff(AgentId);

    /// <summary>What others did since that she should know before her step counts, oldest first.</summary>
    public async Task<IReadOnlyList<TicketEvent>> NewsAsync(PortalDbContext db, CancellationToken cancel)
    {
        if (Seen is not { } seen)
        {
            return [];
        }

        var history = await db.TicketEvents.AsNoTracking().Where(e => e.TicketId == TicketId).ToListAsync(cancel);
        return [.. history.InOrder().Skip(seen).Where(e => !Quiet.Contains(e.Kind) && !(e.ActorId == AgentId && QuietIfHers.Contains(e.Kind)))];
    }
}

/// <summary>What became of a step.</summary>
public enum StepResult
{
    Done,

    /// <summary>It was so already; nothing changed and nobody is told anything.</summary>
    DoneBefore,

    /// <summary>Others did something she has not seen; nothing is stored.</summary>
    Overtaken,

    /// <summary>The ticket's state does not allow it; nothing is stored.</summary>
    NotPossible,
}

/// <summary>What became of a step, and what she had not seen.</summary>
public sealed record StepOutcome(StepResult Result, IReadOnlyList<TicketEvent> News)
{
    /// <summary>An outcome that needs no more words.</summary>
    public static StepOutcome Of(StepResult result) => new(result, []);
}

/// <summary>The history of a ticket in the order in which it happened.</summary>
public static class TicketHistory
{
    /// <summary>By the moment; what one transaction wrote, in the order of its kinds, and a step of an order before the end it brings; of one kind, as they were made.</summary>
    public static IEnumerable<TicketEvent> InOrder(this IEnumerable<TicketEvent> events) =>
        events.OrderBy(e => e.At).ThenBy(e => e.Kind == TicketEventKind.Opened ? 0 : TicketEvent.IsRecordStep(e.Kind) ? 1 : 2).ThenBy(e => e.Kind).ThenBy(e => e.Id);
}
