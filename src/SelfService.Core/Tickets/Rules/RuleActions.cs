using Microsoft.EntityFrameworkCore;
using SelfService.Core.Company;
using SelfService.Core.Mail;
using SelfService.Core.People;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets.Rules;

/// <summary>Does what a rule says. What cannot be done is said and keeps nothing else back.</summary>
public sealed class RuleActions(PortalDbContext db, ServiceDesk desk, CannedReplies replies, CompanyProfile company)
{
    /// <summary>Does the actions of a rule to a ticket, in its transaction.</summary>
    /// <returns>What was done; and what could not be, each with a reason.</returns>
    public async Task<(IReadOnlyList<string> Done, IReadOnlyList<string> Failed)> ApplyAsync(Rule rule, Ticket ticket, DateTime now, CancellationToken cancel)
    {
        var (done, failed) = (new List<string>(), new List<string>());
        foreach (var action in rule.Actions)
        {
            var said = $"{action.Kind}: {action.Value}";
            try
            {
                (await ApplyAsync(rule, action, ticket, now, cancel) ? done : failed).Add(said);
            }
            catch (TicketStateException)
            {
                failed.Add(said);
            }
        }

        return (done, failed);
    }

    private async Task<bool> ApplyAsync(Rule rule, RuleAction action, Ticket ticket, DateTime now, CancellationToken cancel)
    {
        switch (action.Kind)
        {
            case RuleActionKind.Assign when await AgentAsync(action.Value, cancel) is { } agent:
                ticket.Assign(agent.Id, agent.Name, Actor.System, now);
                return true;
            case RuleActionKind.Move when desk.Queues.FirstOrDefault(q => q.Key == action.Value) is { } queue:
                ticket.MoveTo(queue.Key, queue.Name, Actor.System, now);
                return true;
            case RuleActionKind.Prioritise when Enum.TryParse<TicketPriority>(action.Value, ignoreCase: true, out var priority):
                ticket.ChangePriority(priority, Actor.System, now);
                return true;
            case RuleActionKind.Tag:
                ticket.Tag(TicketTags.Read(action.Value), Actor.System, now);
                return true;
            case RuleActionKind.Untag:
                ticket.Untag(TicketTags.Read(action.Value), Actor.System, now);
                return true;
            case RuleActionKind.Note:
                ticket.Note(Written(ticket, action.Value, rule.Name, isNote: true, now), Actor.System, now);
                return true;
            case RuleActionKind.Notify when await AgentAsync(action.Value, cancel) is { } agent:
                ticket.RuleActed(rule.Name, now);
                db.NotifyDesk(ticket, agent.Id, company, now);
                return true;
            case RuleActionKind.Reply when replies.Find(action.Value) is { } reply:
                return await ReplyAsync(rule, reply, ticket, now, cancel);
            default:
                return false;
        }
    }

    // Once a ticket: who writes five times in a row is not answered five times by a machine.
    private async Task<bool> ReplyAsync(Rule rule, CannedReply reply, Ticket ticket, DateTime now, CancellationToken cancel)
    {
        var text = reply.For(new Dictionary<string, string>
        {
            [CannedReply.Name] = ticket.ContactName,
            [CannedReply.Number] = ticket.Number,
            [CannedReply.Subject] = ticket.Subject,
            [CannedReply.Team] = desk.Queue(ticket.Queue).Name,
            [CannedReply.Agent] = company.Name,
            [CannedReply.Company] = company.Name,
        });
        if (!ticket.IsUnresolved || CannedReply.Unfilled(text) is not null || await db.RuleRuns.AnyAsync(r => r.RuleId == rule.Id && r.TicketId == ticket.Id && r.Result == RuleResult.Applied, cancel))
        {
            return false;
        }

        var message = Written(ticket, text, "", isNote: false, now);
        ticket.AutoReplied(message, now);
        db.Jobs.Add(new MailRequest(MailKind.CaseAnswered, ticket.Language) { TicketId = ticket.Id, MessageId = message.Id }.ToJob(now));
        return true;
    }

    private static Message Written(Ticket ticket, string text, string author, bool isNote, DateTime now) => new()
    {
        TicketId = ticket.Id,
        Author = ActorKind.System,
        AuthorName = author,
        Body = text,
        Html = MessageMarkdown.Html(text),
        IsNote = isNote,
        WrittenAt = now,
        SubmissionKey = Guid.NewGuid(),
    };

    private async Task<DeskPerson?> AgentAsync(string address, CancellationToken cancel)
    {
        var normal = EmailAddress.Parse(address)?.ToUpperInvariant();
        var id = await db.Users.Where(p => p.NormalizedEmail == normal).Select(p => p.Id).FirstOrDefaultAsync(cancel);
        return (await db.DeskPeopleAsync(cancel)).FirstOrDefault(p => p.Id == id);
    }
}
