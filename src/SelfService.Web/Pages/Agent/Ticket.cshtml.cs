using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Agent;

/// <summary>/agente/casos/{number}: everything about a ticket, and all that can be done with it.</summary>
public sealed class TicketModel(PortalDbContext db, CannedReplies replies, PromiseDates dates) : TicketPage(db)
{
    private const int MaxRelated = 6;

    private static readonly TimeSpan JustNow = TimeSpan.FromMinutes(10);

    private readonly PortalDbContext db = db;

    /// <summary>The answer to be written.</summary>
    public ReplyForm Form { get; private set; } = new();

    public IReadOnlyList<CannedReply> Replies => replies.For(Ticket.Queue);

    public DateTime Now => Detail.Now;

    /// <summary>What could be offered to somebody whose order is still open.</summary>
    public IReadOnlyList<RelatedGood> Related { get; private set; } = [];

    /// <summary>What she has just done, if the history bears it out.</summary>
    public TicketEvent? Done { get; private set; }

    /// <summary>Whether a new link is on its way.</summary>
    public bool LinkSent { get; private set; }

    public async Task OnGetAsync([FromQuery(Name = "hecho")] string? done, [FromQuery(Name = "enlace")] Guid? link, CancellationToken cancel)
    {
        Look();
        Form = ReplyForm.Of(Detail, dates);
        if (Detail.Order is { Status: OrderStatus.Placed or OrderStatus.Confirmed or OrderStatus.Preparing } order)
        {
            Related = await db.RelatedAsync(order, MaxRelated, cancel);
        }

        Done = done is null ? null : Detail.History.LastOrDefault(e => e.ActorId == Me && e.At > Now - JustNow);
        LinkSent = link is { } job && await db.Jobs.AnyAsync(j => j.Id == job, cancel);
    }
}
