using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets;

/// <summary>What an agent wants to see of the tickets.</summary>
public enum TicketFilter
{
    /// <summary>Everything that is not solved or closed.</summary>
    Open,

    /// <summary>Open, and hers.</summary>
    Mine,

    /// <summary>Open, and only a queue answers for it.</summary>
    Unowned,

    /// <summary>Open, and its date has passed.</summary>
    Overdue,

    /// <summary>The customer owes the next step.</summary>
    Waiting,

    /// <summary>Solved or closed.</summary>
    Ended,

    All,
}

/// <summary>One line of the desk's list.</summary>
public sealed record TicketRow
{
    public required string Number { get; init; }
    public required string Subject { get; init; }
    public required TicketStatus Status { get; init; }
    public required TicketPriority Priority { get; init; }
    public required TicketKind Kind { get; init; }
    public required string Queue { get; init; }
    public required string ContactName { get; init; }

    /// <summary>Null while only the queue answers for it.</summary>
    public required string? OwnerName { get; init; }

    public required NextStep? NextStep { get; init; }
    public required string NextStepText { get; init; }
    public required DateTime? DueAt { get; init; }
    public required DateTime? EndedAt { get; init; }
    public required DateTime? EscalatedAt { get; init; }
    public required DateTime OpenedAt { get; init; }

    /// <summary>Whether its date has passed.</summary>
    public bool IsOverdue(DateTime now) => DueAt <= now;
}

/// <summary>How many tickets each filter shows.</summary>
public sealed record TicketCounts(int Open, int Mine, int Unowned, int Overdue, int Waiting, int Ended)
{
    public int Of(TicketFilter filter) => filter switch
    {
        TicketFilter.Open => Open,
        TicketFilter.Mine => Mine,
        TicketFilter.Unowned => Unowned,
        TicketFilter.Overdue => Overdue,
        TicketFilter.Waiting => Waiting,
        TicketFilter.Ended => Ended,
        _ => Open + Ended,
    };
}

/// <summary>
/// Lists of tickets for those who answer them. What is open has a date and what has ended has none (the database sees to it),
/// so that an index on the date alone gives the list: what is overdue comes first by itself.
/// </summary>
public static class TicketQueries
{
    private const int MaxWords = 8;

    /// <summary>Tickets of a queue; all for null.</summary>
    public static IQueryable<Ticket> OfQueue(this IQueryable<Ticket> tickets, string? queue) =>
        string.IsNullOrEmpty(queue) ? tickets : tickets.Where(t => t.Queue == queue);

    /// <summary>
    /// Tickets in which every word stands, in subject, answers, messages, number or in who asked. What looks like a number of a
    /// ticket or like a telephone also finds it when it is written another way.
    /// </summary>
    /// <param name="phone">The text read as a telephone, in E.164; null when it is none.</param>
    public static IQueryable<Ticket> Matching(this IQueryable<Ticket> tickets, string? text, string? phone = null)
    {
        var folded = FoldedText.Of(text ?? "");
        if (folded.Length == 0)
        {
            return tickets;
        }

        var number = TicketNumber.Parse(text);
        var digits = Digits(folded);
        var words = folded.Split(' ').Take(MaxWords).Select(LikePattern.Containing).ToList();
        var matching = words.Aggregate(tickets, (found, word) =>
            found.Where(t => EF.Functions.Like(t.ContactText, word, LikePattern.Escape) || EF.Functions.Like(t.SearchText, word, LikePattern.Escape)));
        return number is null && phone is null && digits is null ? matching
            : tickets.Where(t => (number != null && t.Number == number) || (phone != null && t.ContactPhone == phone)
                || (digits != null && EF.Functions.Like(t.ContactText, digits, LikePattern.Escape)) || matching.Any(m => m.Id == t.Id));
    }

    /// <summary>How many of these each filter shows.</summary>
    public static async Task<TicketCounts> CountsAsync(this IQueryable<Ticket> tickets, Guid? me, DateTime now, CancellationToken cancel)
    {
        var open = await tickets.Where(t => t.DueAt != null).GroupBy(_ => 1).Select(g => new
        {
            Open = g.Count(),
            Mine = g.Count(t => t.OwnerId == me),
            Unowned = g.Count(t => t.OwnerId == null),
            Overdue = g.Count(t => t.DueAt <= now),
            Waiting = g.Count(t => t.Status == TicketStatus.Pending),
        }).SingleOrDefaultAsync(cancel);
        var ended = await tickets.CountAsync(t => t.EndedAt != null, cancel);
        return new TicketCounts(open?.Open ?? 0, open?.Mine ?? 0, open?.Unowned ?? 0, open?.Overdue ?? 0, open?.Waiting ?? 0, ended);
    }

    /// <summary>A page of the list: what is open by its date, then what has ended, newest first.</summary>
    /// <param name="open">Number of open tickets among these, from <see cref="CountsAsync"/>.</param>
    public static async Task<IReadOnlyList<TicketRow>> RowsAsync(
        this PortalDbContext db, IQueryable<Ticket> tickets, TicketFilter filter, Guid? me, DateTime now, int open, int skip, int take, CancellationToken cancel)
    {
        var rows = filter == TicketFilter.Ended ? [] : await db.Rows(Owed(tickets, filter, me, now).OrderBy(t => t.DueAt).ThenBy(t => t.Id)).Skip(skip).Take(take).ToListAsync(cancel);
        if (filter is TicketFilter.Ended or TicketFilter.All && rows.Count < take)
        {
            var before = filter == TicketFilter.All ? open : 0;
            rows.AddRange(await db.Rows(tickets.Where(t => t.EndedAt != null).OrderByDescending(t => t.EndedAt).ThenBy(t => t.Id))
                .Skip(Math.Max(0, skip - before)).Take(take - rows.Count).ToListAsync(cancel));
        }

        return rows;
    }

    private static IQueryable<Ticket> Owed(IQueryable<Ticket> tickets, TicketFilter filter, Guid? me, DateTime now) => filter switch
    {
        TicketFilter.Mine => tickets.Where(t => t.DueAt != null && t.OwnerId == me),
        TicketFilter.Unowned => tickets.Where(t => t.DueAt != null && t.OwnerId == null),
        TicketFilter.Overdue => tickets.Where(t => t.DueAt <= now),
        TicketFilter.Waiting => tickets.Where(t => t.DueAt != null && t.Status == TicketStatus.Pending),
        _ => tickets.Where(t => t.DueAt != null),
    };

    internal static IQueryable<TicketRow> Rows(this PortalDbContext db, IQueryable<Ticket> tickets) => tickets.Select(t => new TicketRow
    {
        Number = t.Number,
        Subject = t.Subject,
        Status = t.Status,
        Priority = t.Priority,
        Kind = t.Kind,
        Queue = t.Queue,
        ContactName = t.ContactName,
        OwnerName = db.Users.Where(p => p.Id == t.OwnerId).Select(p => p.Name).FirstOrDefault(),
        NextStep = t.NextStep,
        NextStepText = t.NextStepText,
        DueAt = t.DueAt,
        EndedAt = t.EndedAt,
        EscalatedAt = t.EscalatedAt,
        OpenedAt = t.OpenedAt,
    });

    // Part of a telephone, however it is grouped; fewer digits are a year or a price.
    private static string? Digits(string folded)
    {
        var digits = string.Concat(folded.Where(char.IsAsciiDigit));
        return digits.Length >= 6 && folded.All(c => char.IsAsciiDigit(c) || " +-().".Contains(c)) ? LikePattern.Containing(digits) : null;
    }
}
