using Microsoft.EntityFrameworkCore;
using SelfService.Core.Company;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets.Rules;

/// <summary>A past event at which a rule would have acted.</summary>
public sealed record WouldHave(string Number, string Subject, TicketEventKind Kind, DateTime At);

/// <summary>What a rule would have done.</summary>
/// <param name="Events">Events that were looked at.</param>
/// <param name="Matches">Those at which it would have acted, newest first; at most <see cref="PreviewRule.MaxShown"/>.</param>
/// <param name="Total">All of them.</param>
public sealed record RulePreview(int Events, int Tickets, int Total, IReadOnlyList<WouldHave> Matches);

/// <summary>
/// Asks a rule about what has happened already, and does nothing. A ticket is looked at as it stands today, since its queue, priority, owner
/// and tags of that day are not kept; what it was about, how it came and who asked are as they were.
/// </summary>
public sealed class PreviewRule(PortalDbContext db, CompanyProfile company, TimeProvider clock)
{
    /// <summary>How far back it looks.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromDays(30);

    /// <summary>Events it looks at, the newest.</summary>
    public const int MaxEvents = 5_000;

    /// <summary>Events it shows.</summary>
    public const int MaxShown = 50;

    /// <summary>Asks the rule.</summary>
    public async Task<RulePreview> RunAsync(Rule rule, CancellationToken cancel)
    {
        var since = clock.GetUtcNow().UtcDateTime - Period;
        var kinds = rule.Events.ToList();
        var happened = await db.TicketEvents.AsNoTracking().Where(e => e.At > since && EF.Parameter(kinds).Contains(e.Kind)).OrderByDescending(e => e.At).Take(MaxEvents)
            .Select(e => new { e.TicketId, e.Kind, e.At }).ToListAsync(cancel);
        var (matches, total, tickets) = (new List<WouldHave>(), 0, new HashSet<Guid>());
        foreach (var batch in happened.Select(e => e.TicketId).Distinct().Chunk(500))
        {
            var loaded = await db.Tickets.AsNoTracking().Where(t => batch.Contains(t.Id)).ToDictionaryAsync(t => t.Id, cancel);
            var said = (await db.Messages.AsNoTracking().Where(m => batch.Contains(m.TicketId) && m.Author == ActorKind.Customer).Select(m => new { m.TicketId, m.Body, m.WrittenAt }).ToListAsync(cancel))
                .GroupBy(m => m.TicketId).ToDictionary(g => g.Key, g => g.MaxBy(m => m.WrittenAt)!.Body);
            foreach (var one in happened.Where(e => loaded.ContainsKey(e.TicketId)))
            {
                var ticket = loaded[one.TicketId];
                if (RuleFacts.Of(ticket, said.GetValueOrDefault(ticket.Id, ""), one.At, company).Fulfil(rule))
                {
                    total++;
                    tickets.Add(ticket.Id);
                    matches.Add(new WouldHave(ticket.Number, ticket.Subject, one.Kind, one.At));
                }
            }
        }

        return new RulePreview(happened.Count, tickets.Count, total, [.. matches.OrderByDescending(m => m.At).Take(MaxShown)]);
    }
}
