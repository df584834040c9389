using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets;

/// <summary>Lets tickets from before stems were kept be found by other forms of their words too.</summary>
public sealed class StemOldTickets(PortalDbContext db)
{
    /// <summary>Gives each of them its stems, once.</summary>
    /// <returns>Number of tickets changed.</returns>
    public Task<int> RunAsync(CancellationToken cancel) => db.ChangeDueAsync(
        t => t.SearchStems == "",
        ticket =>
        {
            ticket.FindByStems();
            return true;
        },
        cancel);
}
