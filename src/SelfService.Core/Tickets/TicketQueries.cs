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

    /// <summary>Somebody promised it for today, or for a day that has passed.</summary>
    PromisedToday,

    /// <summary>Solved or closed.</summary>
    Ended,

    All,
}

/// <summary>One line of the desk's list.</summary>
public sealed record TicketRow
{
    public required Guid Id { get; init; }
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

    /// <summary>Its tags between bars; empty without any.</summary>
    public required string TagText { get; init; }

    /// <summary>Whether a target is near and not met.</summary>
    public required bool IsWarned { get; init; }

    /// <summary>Whether its date has passed.</summary>
    public bool IsOverdue(DateTime now) => DueAt <= now;
}

/// <summary>What of the tickets is asked for.</summary>
/// <param name="Me">Who looks.</param>
/// <param name="Page">From 1; beyond the last page is the last.</param>
public sealed record TicketListRequest(TicketFilter Filter, Guid? Me, DateTime Now, int Page, int PageSize)
{
    /// <summary>Words to find; empty for every ticket.</summary>
    public string Text { get; init; } = "";

    /// <summary>When today ends at the company, UTC.</summary>
    public DateTime EndOfToday { get; init; } = Now;

    /// <summary><see cref="Text"/> read as a telephone, in E.164; null when it is none.</summary>
    public string? Phone { get; init; }
}

/// <summary>A page of the list.</summary>
/// <param name="Page">Number of the page, from 1.</param>
/// <param name="PageCount">Number of pages; at least one.</param>
public sealed record TicketList(TicketCounts Counts, int Page, int PageCount, IReadOnlyList<TicketRow> Rows);

/// <summary>How many tickets each filter shows.</summary>
public sealed record TicketCounts(int Open, int Mine, int Unowned, int Overdue, int Waiting, int PromisedToday, int Ended)
{
    public int Of(TicketFilter filter) => filter switch
    {
        TicketFilter.Open => Open,
        TicketFilter.Mine => Mine,
        TicketFilter.Unowned => Unowned,
        TicketFilter.Overdue => Overdue,
        TicketFilter.Waiting => Waiting,
        TicketFilter.PromisedToday => PromisedToday,
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
    /// <summary>Tickets of a queue; all for null.</summary>
    public static IQueryable<Ticket> OfQueue(this IQueryable<Ticket> tickets, string? queue) =>
        string.IsNullOrEmpty(queue) ? tickets : tickets.Where(t => t.Queue == queue);

    /// <summary>A page of these tickets: what is open by its date, then what has ended, newest first.</summary>
    public static async Task<TicketList> ListAsync(this PortalDbContext db, IQueryable<Ticket> tickets, TicketListRequest request, CancellationToken cancel)
    {
        if (request.Text.Length > 0)
        {
            return await db.FoundListAsync(tickets, request, cancel);
        }

        var counts = await CountsAsync(tickets, request, cancel);
        var (page, pages, skip) = Place(counts, request);
        var rows = request.Filter == TicketFilter.Ended ? []
            : await db.PageAsync(Owed(tickets, request).OrderBy(t => t.DueAt).ThenBy(t => t.Id), skip, request.PageSize, cancel);
        if (request.Filter is TicketFilter.Ended or TicketFilter.All && rows.Count < request.PageSize)
        {
            var before = request.Filter == TicketFilter.All ? counts.Open : 0;
            rows.AddRange(await db.PageAsync(
                tickets.Where(t => t.EndedAt != null).OrderByDescending(t => t.EndedAt).ThenBy(t => t.Id), Math.Max(0, skip - before), request.PageSize - rows.Count, cancel));
        }

        return new TicketList(counts, page, pages, rows);
    }

    /// <summary>The first of these tickets, without counting the others.</summary>
    public static async Task<IReadOnlyList<TicketRow>> FirstAsync(this PortalDbContext db, IQueryable<Ticket> tickets, TicketListRequest request, CancellationToken cancel) =>
        await db.Rows(request.Filter == TicketFilter.Ended
            ? tickets.Where(t => t.EndedAt != null).OrderByDescending(t => t.EndedAt).ThenBy(t => t.Id)
            : Owed(tickets, request).OrderBy(t => t.DueAt).ThenBy(t => t.Id)).Take(request.PageSize).ToListAsync(cancel);

    internal static (int Page, int Pages, int Skip) Place(TicketCounts counts, TicketListRequest request)
    {
        var pages = Math.Max(1, (counts.Of(request.Filter) + request.PageSize - 1) / request.PageSize);
        var page = Math.Clamp(request.Page, 1, pages);
        return (page, pages, (page - 1) * request.PageSize);
    }

    // The ids first: PostgreSQL makes whole rows, owner's name and all, of those that are passed over too.
    private static async Task<List<TicketRow>> PageAsync(this PortalDbContext db, IQueryable<Ticket> tickets, int skip, int take, CancellationToken cancel) =>
        await db.RowsAsync(await tickets.Select(t => t.Id).Skip(skip).Take(take).ToListAsync(cancel), cancel);

    /// <summary>What lists show of the tickets with these ids, in the order of the ids.</summary>
    public static async Task<List<TicketRow>> RowsAsync(this PortalDbContext db, IReadOnlyList<Guid> ids, CancellationToken cancel)
    {
        var rows = await db.Rows(db.Tickets.AsNoTracking().Where(t => ids.Contains(t.Id))).ToDictionaryAsync(r => r.Id, cancel);
        return [.. ids.Where(rows.ContainsKey).Select(id => rows[id])];
    }

    /// <summary>What lists show of these tickets.</summary>
    public static IQueryable<TicketRow> Rows(this PortalDbContext db, IQueryable<Ticket> tickets) => tickets.Select(t => new TicketRow
    {
        Id = t.Id,
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
        TagText = t.TagText,
        IsWarned = t.DueAt != null && t.WarnedAt != null && t.WarnedAt >= t.WarnAt,
    });

    private static async Task<TicketCounts> CountsAsync(IQueryable<Ticket> tickets, TicketListRequest request, CancellationToken cancel)
    {
        var (me, now, tonight) = (request.Me, request.Now, request.EndOfToday);
        var open = await tickets.Where(t => t.DueAt != null).GroupBy(_ => 1).Select(g => new
        {
            Open = g.Count(),
            Mine = g.Count(t => t.OwnerId == me),
            Unowned = g.Count(t => t.OwnerId == null),
            Overdue = g.Count(t => t.DueAt <= now),
            Waiting = g.Count(t => t.Status == TicketStatus.Pending),
            PromisedToday = g.Count(t => t.NextStep == NextStep.Promise && t.DueAt < tonight),
        }).SingleOrDefaultAsync(cancel);
        var ended = await tickets.CountAsync(t => t.EndedAt != null, cancel);
        return new TicketCounts(open?.Open ?? 0, open?.Mine ?? 0, open?.Unowned ?? 0, open?.Overdue ?? 0, open?.Waiting ?? 0, open?.PromisedToday ?? 0, ended);
    }

    private static IQueryable<Ticket> Owed(IQueryable<Ticket> tickets, TicketListRequest request)
    {
        var (me, now, tonight) = (request.Me, request.Now, request.EndOfToday);
        return request.Filter switch
        {
            TicketFilter.Mine => tickets.Where(t => t.DueAt != null && t.OwnerId == me),
            TicketFilter.Unowned => tickets.Where(t => t.DueAt != null && t.OwnerId == null),
            TicketFilter.Overdue => tickets.Where(t => t.DueAt <= now),
            TicketFilter.Waiting => tickets.Where(t => t.DueAt != null && t.Status == TicketStatus.Pending),
            TicketFilter.PromisedToday => tickets.Where(t => t.NextStep == NextStep.Promise && t.DueAt < tonight),
            _ => tickets.Where(t => t.DueAt != null),
        };
    }
}
