using Microsoft.EntityFrameworkCore;

namespace SelfService.Core.Tickets;

/// <summary>Looking through the tickets one may see; where to look was decided before.</summary>
public static class TicketSearch
{
    private const int MaxWords = 8;

    /// <summary>Tickets that have every word somewhere. The signs of LIKE are letters like any other.</summary>
    public static IQueryable<Ticket> WithWords(this IQueryable<Ticket> tickets, string typed)
    {
        foreach (var word in FoldedText.Of(typed).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MaxWords))
        {
            var pattern = LikePattern.Containing(word);
            tickets = tickets.Where(t => EF.Functions.Like(t.SearchText, pattern, LikePattern.Escape));
        }

        return tickets;
    }
}
