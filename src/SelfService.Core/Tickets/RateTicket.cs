using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets;

/// <summary>What became of a rating.</summary>
public enum RatingOutcome
{
    Stored,

    /// <summary>It had been rated; the first vote stays.</summary>
    RatedBefore,

    /// <summary>It is open, perhaps again: there is nothing to rate yet.</summary>
    NotEnded,
}

/// <summary>The customer says how it went: one vote, however often and from wherever it is sent.</summary>
public sealed class RateTicket(PortalDbContext db, TimeProvider clock)
{
    /// <summary>Stores the rating unless there is one.</summary>
    /// <param name="rating">1 (bad) to 5 (good).</param>
    /// <param name="comment">Cleaned by <see cref="PlainText.Body"/>; may be empty.</param>
    public Task<RatingOutcome> RunAsync(Guid ticketId, int rating, string comment, Actor actor, CancellationToken cancel) => db.ChangeTicketAsync(
        ticketId,
        ticket =>
        {
            if (ticket.Rating is not null)
            {
                return RatingOutcome.RatedBefore;
            }

            if (ticket.IsUnresolved)
            {
                return RatingOutcome.NotEnded;
            }

            ticket.Rate(rating, comment, actor, clock.GetUtcNow().UtcDateTime);
            return RatingOutcome.Stored;
        },
        cancel);
}
