using SelfService.Core.Company;
using SelfService.Core.Tickets;
using SelfService.Web.Components;

namespace SelfService.Web.Pages.Agent;

/// <summary>What the parts of a canned reply stand for, in the words of a ticket.</summary>
public sealed class ReplyWords(ServiceDesk desk, CompanyProfile company, SpokenMoment spoken)
{
    /// <summary>The parts by their names; one that a ticket has not is left for the agent.</summary>
    /// <param name="agent">Name of who answers.</param>
    public IReadOnlyDictionary<string, string> Of(TicketDetail detail, string agent)
    {
        var ticket = detail.Ticket;
        var values = new Dictionary<string, string>
        {
            [CannedReply.Name] = ticket.ContactName,
            [CannedReply.Number] = ticket.Number,
            [CannedReply.Subject] = ticket.Subject,
            [CannedReply.Agent] = agent,
            [CannedReply.Team] = DeskWords.Queue(desk, ticket.Queue),
            [CannedReply.Company] = company.Name,
        };
        if (ticket.DueAt is { } due && due > detail.Now)
        {
            values[CannedReply.Date] = spoken.Moment(due);
        }

        return values;
    }
}
