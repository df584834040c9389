using Microsoft.EntityFrameworkCore;
using SelfService.Core.Mail;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets.Desk;

/// <summary>What became of one of many tickets.</summary>
/// <param name="Result">Null where the database was too busy for it.</param>
public sealed record ChangedTicket(string Number, string Subject, StepResult? Result);

/// <summary>An agent changes many tickets at once, each in a transaction of its own: what one cannot do keeps no other back.</summary>
public sealed class ChangeTickets(HandleTicket handle)
{
    /// <summary>Most tickets at once.</summary>
    public const int MaxCount = 100;

    /// <summary>Changes each ticket. What was so already stays, so that sent twice it is done once.</summary>
    /// <param name="tickets">The ones she may see.</param>
    /// <param name="numbers">Numbers among them, at most <see cref="MaxCount"/>; others are left out.</param>
    /// <param name="change">A change of <see cref="Ticket"/>, given the moment.</param>
    /// <param name="mail">Mail the customer gets if the ticket changed; null for none.</param>
    public async Task<IReadOnlyList<ChangedTicket>> RunAsync(
        IQueryable<Ticket> tickets, IReadOnlyCollection<string> numbers, Guid agentId, Action<Ticket, DateTime> change, MailKind? mail, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(numbers.Count, MaxCount);
        var found = await tickets.Where(t => numbers.Contains(t.Number)).Select(t => new { t.Id, t.Number, t.Subject, t.DueAt }).ToListAsync(cancel);
        var changed = new List<ChangedTicket>();
        foreach (var ticket in found.OrderBy(t => t.DueAt is null).ThenBy(t => t.DueAt))
        {
            StepResult? result;
            try
            {
                result = (await handle.RunAsync(new StaffStep(ticket.Id, agentId, Seen: null), change, mail, cancel)).Result;
            }
            catch (Exception exception) when (DatabaseBusy.Is(exception))
            {
                result = null;
            }

            changed.Add(new ChangedTicket(ticket.Number, ticket.Subject, result));
        }

        return changed;
    }
}
