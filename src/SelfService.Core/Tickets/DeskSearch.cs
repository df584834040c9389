using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets;

/// <summary>
/// Looks for words in every ticket. No index helps with the middle of a word, so the tickets are gone through once, what the
/// list needs of those found is taken along, and the counts and the page are made from that.
/// </summary>
internal static class DeskSearch
{
    private const int FewestDigits = 6;

    /// <summary>A page of the tickets in which every word stands, in subject, answers, messages, number or in who asked.</summary>
    public static async Task<TicketList> FoundListAsync(this PortalDbContext db, IQueryable<Ticket> tickets, TicketListRequest request, CancellationToken cancel)
    {
        var found = await FindAsync(tickets, request.Text, request.Phone, cancel);
        var counts = new TicketCounts(
            Count(TicketFilter.Open), Count(TicketFilter.Mine), Count(TicketFilter.Unowned), Count(TicketFilter.Overdue), Count(TicketFilter.Waiting), Count(TicketFilter.PromisedToday), Count(TicketFilter.Ended));
        var (page, pages, skip) = TicketQueries.Place(counts, request);
        var ids = found.Where(f => f.Is(request.Filter, request)).OrderBy(f => f.DueAt is null).ThenBy(f => f.DueAt).ThenByDescending(f => f.EndedAt).ThenBy(f => f.Id)
            .Skip(skip).Take(request.PageSize).Select(f => f.Id).ToList();
        return new TicketList(counts, page, pages, await db.RowsAsync(ids, cancel));

        int Count(TicketFilter filter) => found.Count(f => f.Is(filter, request));
    }

    private static async Task<IReadOnlyCollection<Found>> FindAsync(IQueryable<Ticket> tickets, string text, string? phone, CancellationToken cancel)
    {
        var folded = FoldedText.Of(text);
        var found = await Select(tickets.WithWordsOrContact(text)).ToListAsync(cancel);

        // What looks like a number or a telephone may be written another way.
        if (TicketNumber.Parse(text) is { } number)
        {
            found.AddRange(await Select(tickets.Where(t => t.Number == number)).ToListAsync(cancel));
        }

        if (phone is not null)
        {
            found.AddRange(await Select(tickets.Where(t => t.ContactPhone == phone)).ToListAsync(cancel));
        }

        if (Digits(folded) is { } digits)
        {
            found.AddRange(await Select(tickets.Where(t => EF.Functions.Like(t.ContactText, digits, LikePattern.Escape))).ToListAsync(cancel));
        }

        return found.ToHashSet();
    }

    private static IQueryable<Found> Select(IQueryable<Ticket> tickets) => tickets.Select(t => new Found(t.Id, t.DueAt, t.EndedAt, t.Status, t.NextStep, t.OwnerId));

    // Part of a telephone, however it is grouped; fewer digits are a year or a price.
    private static string? Digits(string folded)
    {
        var digits = string.Concat(folded.Where(char.IsAsciiDigit));
        return digits.Length >= FewestDigits && folded.All(c => char.IsAsciiDigit(c) || " +-().".Contains(c)) ? LikePattern.Containing(digits) : null;
    }

    /// <summary>What the list needs of a ticket that was found.</summary>
    private sealed record Found(Guid Id, DateTime? DueAt, DateTime? EndedAt, TicketStatus Status, NextStep? NextStep, Guid? OwnerId)
    {
        /// <summary>Whether a filter shows it; the same rules as in SQL.</summary>
        public bool Is(TicketFilter filter, TicketListRequest request) => filter switch
        {
            TicketFilter.Open => DueAt is not null,
            TicketFilter.Mine => DueAt is not null && OwnerId == request.Me,
            TicketFilter.Unowned => DueAt is not null && OwnerId is null,
            TicketFilter.Overdue => DueAt <= request.Now,
            TicketFilter.Waiting => DueAt is not null && Status == TicketStatus.Pending,
            TicketFilter.PromisedToday => NextStep == Tickets.NextStep.Promise && DueAt < request.EndOfToday,
            TicketFilter.Ended => EndedAt is not null,
            _ => true,
        };
    }
}
