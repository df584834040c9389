namespace SelfService.Core.Tickets;

/// <summary>Who looks at tickets, and what opens them for her.</summary>
/// <param name="PersonId">The account that is signed in.</param>
/// <param name="IsDesk">Agents and administrators see every ticket.</param>
/// <param name="OpenedByKey">Tickets that this browser opened with a key that is still good.</param>
public sealed record TicketViewer(Guid? PersonId, bool IsDesk, IReadOnlyList<Guid> OpenedByKey);

/// <summary>Every query for tickets starts here.</summary>
public static class TicketVisibility
{
    /// <summary>The tickets that this person may see.</summary>
    public static IQueryable<Ticket> VisibleTo(this IQueryable<Ticket> tickets, TicketViewer viewer)
    {
        if (viewer.IsDesk)
        {
            return tickets;
        }

        var (personId, opened) = (viewer.PersonId, viewer.OpenedByKey);
        return tickets.Where(t => (personId != null && t.Customer.PersonId == personId) || opened.Contains(t.Id));
    }
}
