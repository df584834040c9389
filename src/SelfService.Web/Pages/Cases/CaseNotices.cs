using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Cases;

/// <summary>
/// What a page says it has done. The address only asks for the words; they are said when the case itself bears them out, so
/// that no link and no reload claims what has not happened.
/// </summary>
public static class CaseNotices
{
    public const string Reply = "respuesta";
    public const string Close = "cierre";
    public const string Reopen = "reapertura";
    public const string Rate = "valoracion";

    /// <summary>Key of the words, or null.</summary>
    public static string? Of(string? done, Ticket ticket, CaseConversation conversation) => done switch
    {
        Reply when conversation.Messages is [.., { Author: ActorKind.Customer }] && conversation.History.Any(e => e.Kind == TicketEventKind.CustomerReplied) => "Case.DoneReply",
        Close when ticket.Status == TicketStatus.Closed => "Case.DoneClose",
        Reopen when ticket.IsUnresolved && conversation.History.Any(e => e.Kind == TicketEventKind.Reopened) => "Case.DoneReopen",
        Rate when ticket.Rating is not null => "Case.DoneRate",
        _ => null,
    };
}
