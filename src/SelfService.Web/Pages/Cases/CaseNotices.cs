using SelfService.Core.Tickets;
using SelfService.Web.Components;

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
    public const string Cancel = "cancelado";
    public const string Return = "devolucion";
    public const string Withdraw = "retirada";
    public const string Move = "movida";
    public const string Join = "espera";
    public const string Pass = "paso";
    public const string Leave = "salida";

    /// <summary>Key of the words, or null.</summary>
    public static string? Of(string? done, Ticket ticket, CaseConversation conversation) => done switch
    {
        Reply when conversation.Messages is [.., { Author: ActorKind.Customer }] && conversation.History.Any(e => e.Kind == TicketEventKind.CustomerReplied) => "Case.DoneReply",
        Close when ticket.Status == TicketStatus.Closed => "Case.DoneClose",
        Reopen when ticket.IsUnresolved && conversation.History.Any(e => e.Kind == TicketEventKind.Reopened) => "Case.DoneReopen",
        Rate when ticket.Rating is not null => "Case.DoneRate",
        Cancel when Happened(conversation, TicketEventKind.OrderCancelled, TicketEventKind.OrderLineCancelled) => "Order.DoneCancelled",
        Cancel when Happened(conversation, TicketEventKind.AppointmentCancelled) => "Appointment.DoneCancelled",
        Move when Happened(conversation, TicketEventKind.AppointmentMoved) => "Appointment.DoneMoved",
        Join when ticket.IsUnresolved && WaitingWords.IsStep(ticket.NextStep) => "Waiting.DoneJoined",
        Pass when Happened(conversation, TicketEventKind.WaitingPassed) => "Waiting.DonePassed",
        Leave when Happened(conversation, TicketEventKind.WaitingLeft) => "Waiting.DoneLeft",
        Return when Happened(conversation, TicketEventKind.ReturnRequested) => "Order.DoneReturn",
        Withdraw when Happened(conversation, TicketEventKind.ReturnWithdrawn) => "Order.DoneWithdraw",
        _ => null,
    };

    private static bool Happened(CaseConversation conversation, params TicketEventKind[] kinds) =>
        conversation.History.Any(e => e.Actor == ActorKind.Customer && kinds.Contains(e.Kind));
}
