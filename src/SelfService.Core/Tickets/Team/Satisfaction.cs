using Microsoft.EntityFrameworkCore;
using SelfService.Core.Deflection;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets.Team;

/// <summary>How customers of a queue say it went.</summary>
/// <param name="Asked">Tickets of which the customer was asked in the period.</param>
/// <param name="Answered">Of those, the ones she rated, whenever.</param>
/// <param name="Satisfied">Of those, rated 4 or 5.</param>
/// <param name="WroteAgain">Of those, the ones whose customer wrote or called again within seven days of being asked.</param>
public sealed record SatisfactionSum(string Queue, int Asked, int Answered, int Satisfied, int WroteAgain)
{
    public Share Response => new(Answered, Asked);

    /// <summary>Among those who answered; who keeps silent is not among them.</summary>
    public Share Satisfaction => new(Satisfied, Answered);

    /// <summary>
    /// What the share among all who were asked can be at worst and at best: if everybody who kept silent were dissatisfied, or satisfied
    /// (bounds without assumptions, Manski 1989). Not a number where nobody was asked.
    /// </summary>
    public (double Low, double High) Bounds => Asked == 0 ? (double.NaN, double.NaN) : ((double)Satisfied / Asked, (double)(Satisfied + Asked - Answered) / Asked);

    /// <summary>The sum of both.</summary>
    public SatisfactionSum Plus(SatisfactionSum other) => new(Queue, Asked + other.Asked, Answered + other.Answered, Satisfied + other.Satisfied, WroteAgain + other.WroteAgain);
}

/// <summary>A ticket whose customer was satisfied and wrote again.</summary>
public sealed record WroteAgain(Guid Id, string Number, string Subject, string Queue, DateTime AskedAt);

/// <summary>Satisfaction after solving.</summary>
public static class SatisfactionQueries
{
    /// <summary>Time after being asked in which writing again counts.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromDays(7);

    private const int Good = 4;

    /// <summary>By queue, of the tickets whose customers were asked in a period.</summary>
    /// <param name="start">UTC.</param>
    /// <param name="end">UTC; not part of it.</param>
    public static async Task<IReadOnlyList<SatisfactionSum>> SatisfactionAsync(this PortalDbContext db, DateTime start, DateTime end, CancellationToken cancel)
    {
        var sums = await db.Tickets.Where(t => t.AskedToRateAt >= start && t.AskedToRateAt < end).GroupBy(t => t.Queue)
            .Select(g => new { g.Key, Asked = g.Count(), Answered = g.Count(t => t.Rating != null), Satisfied = g.Count(t => t.Rating >= Good) }).ToListAsync(cancel);
        var again = (await db.WroteAgainAsync(start, end, int.MaxValue, cancel)).CountBy(w => w.Queue).ToDictionary();
        return [.. sums.Select(s => new SatisfactionSum(s.Key, s.Asked, s.Answered, s.Satisfied, again.GetValueOrDefault(s.Key))).OrderByDescending(s => s.Asked)];
    }

    /// <summary>Tickets of a period whose customers said that it went well and wrote again, in it or in another one; newest first.</summary>
    public static async Task<IReadOnlyList<WroteAgain>> WroteAgainAsync(this PortalDbContext db, DateTime start, DateTime end, int most, CancellationToken cancel)
    {
        var latest = end + Again;
        var good = db.Tickets.AsNoTracking().Where(t => t.AskedToRateAt >= start && t.AskedToRateAt < end && t.Rating >= Good);
        var rated = await good.Select(t => new { t.Id, t.Number, t.Subject, t.Queue, t.CustomerId, AskedAt = t.AskedToRateAt!.Value }).ToListAsync(cancel);
        var others = (await db.Tickets.Where(t => t.OpenedAt > start && t.OpenedAt <= latest && good.Any(g => g.CustomerId == t.CustomerId && g.Id != t.Id)).Select(t => new { t.CustomerId, t.OpenedAt }).ToListAsync(cancel))
            .ToLookup(t => t.CustomerId, t => t.OpenedAt);
        var heard = (await db.TicketEvents.Where(e => e.At > start && e.At <= latest
                && (e.Kind == TicketEventKind.CustomerReplied || e.Kind == TicketEventKind.CustomerCalled || e.Kind == TicketEventKind.Reopened) && good.Any(g => g.Id == e.TicketId))
            .Select(e => new { e.TicketId, e.At }).ToListAsync(cancel)).ToLookup(e => e.TicketId, e => e.At);
        return
        [
            .. rated.Where(r => others[r.CustomerId].Concat(heard[r.Id]).Any(at => at > r.AskedAt && at <= r.AskedAt + Again))
                .OrderByDescending(r => r.AskedAt).Take(most).Select(r => new WroteAgain(r.Id, r.Number, r.Subject, r.Queue, r.AskedAt)),
        ];
    }
}
