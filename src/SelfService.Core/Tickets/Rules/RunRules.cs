using Microsoft.EntityFrameworkCore;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets.Rules;

/// <summary>
/// Asks the rules after every event of a ticket, in the order of the events, once: the event is marked in the transaction in which the rules
/// act, while the ticket's row is held. What rules do are events too, of the same chain and one deeper; a chain ends at
/// <see cref="MaxDepth"/>, and no rule acts in it twice.
/// </summary>
public sealed class RunRules(PortalDbContext db, RuleActions actions, CompanyProfile company, TimeProvider clock)
{
    /// <summary>How deep rules set off rules.</summary>
    public const int MaxDepth = 5;

    private const int BatchSize = 500;

    /// <summary>Asks the rules about what has happened since the last time, a batch at a time.</summary>
    /// <returns>Number of events asked about.</returns>
    /// <exception cref="AggregateException">Some tickets could not be changed; they will be asked about again.</exception>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var (asked, failures) = (0, new List<Exception>());
        var waiting = await db.TicketEvents.AsNoTracking().Where(e => e.RulesRunAt == null).OrderBy(e => e.At).Select(e => e.TicketId).Take(BatchSize).ToListAsync(cancel);
        foreach (var ticket in waiting.Distinct())
        {
            try
            {
                asked += await AskAsync(ticket, cancel);
            }
            catch (Exception exception) when (exception is DbUpdateException or InvalidOperationException)
            {
                // One ticket that cannot be changed keeps no other waiting.
                failures.Add(exception);
            }
        }

        return failures.Count == 0 ? asked : throw new AggregateException(failures);
    }

    /// <summary>Forgets what was written down long ago.</summary>
    public Task<int> ForgetAsync(CancellationToken cancel)
    {
        var before = clock.GetUtcNow().UtcDateTime - RuleRun.Lifetime;
        return db.RuleRuns.Where(r => r.At < before).ExecuteDeleteAsync(cancel);
    }

    private Task<int> AskAsync(Guid ticketId, CancellationToken cancel) => db.ChangeTicketAsync(
        ticketId,
        async ticket =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var rules = await db.Rules.AsNoTracking().Where(r => r.State != RuleState.Off).OrderBy(r => r.Position).ThenBy(r => r.Id).ToListAsync(cancel);
            var events = (await db.TicketEvents.Where(e => e.TicketId == ticketId && e.RulesRunAt == null).ToListAsync(cancel)).InOrder().ToList();
            var message = await db.Messages.AsNoTracking().Where(m => m.TicketId == ticketId && m.Author == ActorKind.Customer).OrderByDescending(m => m.WrittenAt).Select(m => m.Body).FirstOrDefaultAsync(cancel) ?? "";
            foreach (var happened in events)
            {
                happened.RulesRunAt = now;
                foreach (var rule in rules.Where(r => r.Events.Contains(happened.Kind) && RuleFacts.Of(ticket, message, happened.At, company).Fulfil(r)))
                {
                    await ActAsync(rule, ticket, happened, now, cancel);
                }
            }

            return events.Count;
        },
        cancel);

    private async Task ActAsync(Rule rule, Ticket ticket, TicketEvent happened, DateTime now, CancellationToken cancel)
    {
        var root = happened.RuleRootId ?? happened.Id;
        var (result, detail) = (RuleResult.Watched, string.Join("; ", rule.Actions.Select(a => $"{a.Kind}: {a.Value}")));
        var hasActed = db.RuleRuns.Local.Any(r => r.RuleId == rule.Id && r.RootId == root && r.Result != RuleResult.Cut)
            || await db.RuleRuns.AnyAsync(r => r.RuleId == rule.Id && r.RootId == root && r.Result != RuleResult.Cut, cancel);
        if (hasActed || happened.RuleDepth >= MaxDepth)
        {
            result = RuleResult.Cut;
        }
        else if (rule.State == RuleState.On)
        {
            var before = ticket.Events.ToHashSet();
            var (done, failed) = await actions.ApplyAsync(rule, ticket, now, cancel);
            result = failed.Count > 0 && done.Count == 0 ? RuleResult.Failed : RuleResult.Applied;
            detail = string.Join("; ", done.Concat(failed.Select(f => "✗ " + f)));
            if (done.Count > 0 && rule.Actions.All(a => a.Kind != RuleActionKind.Notify))
            {
                ticket.RuleActed(rule.Name, now);
            }

            foreach (var caused in ticket.Events.Where(e => !before.Contains(e)))
            {
                (caused.RuleDepth, caused.RuleRootId) = (happened.RuleDepth + 1, root);
                // That a rule acted is no event that another waits for.
                caused.RulesRunAt = caused.Kind == TicketEventKind.RuleApplied ? now : null;
            }
        }

        db.RuleRuns.Add(new RuleRun { RuleId = rule.Id, RuleName = rule.Name, TicketId = ticket.Id, EventId = happened.Id, RootId = root, At = now, Result = result, Detail = detail.Cut(1000) });
    }
}
