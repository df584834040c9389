using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Company;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Core.Sla;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.Desk;
using SelfService.Core.Tickets.Joining;
using SelfService.Core.Tickets.SideQuestions;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Agent;

/// <summary>/agente/casos/{number}: everything about a ticket, and all that can be done with it.</summary>
public sealed class TicketModel(PortalDbContext db, CannedReplies replies, PromiseDates dates, DeskArticles articles, ReplyWords words, ServiceDesk desk, CompanyProfile company, SlaClock sla) : TicketPage(db)
{
    private const int MaxRelated = 6;

    private const int MaxRail = 25;

    private static readonly TimeSpan JustNow = TimeSpan.FromMinutes(10);

    private readonly PortalDbContext db = db;

    /// <summary>The answer to be written.</summary>
    public ReplyForm Form { get; private set; } = new();

    public IReadOnlyList<CannedReply> Replies => replies.For(Ticket.Queue);

    public DateTime Now => Detail.Now;

    /// <summary>What could be offered to somebody whose order is still open.</summary>
    public IReadOnlyList<RelatedGood> Related { get; private set; } = [];

    /// <summary>Who else is at it.</summary>
    public IReadOnlyList<PresentAgent> Others { get; private set; } = [];

    /// <summary>Articles that would answer it.</summary>
    public IReadOnlyList<DeskArticle> Suggested { get; private set; } = [];

    /// <summary>Questions to experts, the latest first.</summary>
    public IReadOnlyList<SideQuestion> Asides { get; private set; } = [];

    /// <summary>Tickets it is linked with.</summary>
    public IReadOnlyList<TicketRow> Linked { get; private set; } = [];

    /// <summary>Number of the ticket in which it goes on; null where it goes on here.</summary>
    public string? MergedInto { get; private set; }

    /// <summary>The list she came from.</summary>
    public DeskList From { get; private set; } = null!;

    /// <summary>The beginning of that list.</summary>
    public IReadOnlyList<TicketRow> Rail { get; private set; } = [];

    /// <summary>What parts to be filled in are filled with.</summary>
    public IReadOnlyDictionary<string, string> Filled { get; private set; } = new Dictionary<string, string>();

    /// <summary>What she has just done, if the history bears it out.</summary>
    public TicketEvent? Done { get; private set; }

    /// <summary>Whether a new link is on its way.</summary>
    public bool LinkSent { get; private set; }

    /// <summary>Address of a ticket of the list beside.</summary>
    public string AddressOf(TicketRow row) => $"{DeskAddress.Of(row.Number)}?{From.ToQuery()}";

    public async Task OnGetAsync([FromQuery(Name = "hecho")] string? done, [FromQuery(Name = "enlace")] Guid? link, CancellationToken cancel)
    {
        Look();
        Form = ReplyForm.Of(Detail, dates);
        if (Detail.Order is { Status: OrderStatus.Placed or OrderStatus.Confirmed or OrderStatus.Preparing } order)
        {
            Related = await db.RelatedAsync(order, MaxRelated, cancel);
        }

        From = DeskList.Read(Request.Query, desk);
        var request = From.Request(Me, Now, company.Country, sla.EndOfDay(Now, null), page: 1, MaxRail);
        // A search is not made again for every ticket.
        Rail = From.Query.Length > 0 ? [] : await db.FirstAsync(db.Tickets.AsNoTracking().VisibleTo(User.Viewer()).NarrowedTo(From.Narrowing), request, cancel);
        Asides = await db.SideQuestions.AsNoTracking().Where(q => q.TicketId == Ticket.Id).OrderByDescending(q => q.AskedAt).ToListAsync(cancel);
        Linked = await db.LinkedAsync(db.Tickets.AsNoTracking().VisibleTo(User.Viewer()), Ticket.Id, cancel);
        MergedInto = Ticket.MergedIntoId is { } into ? await db.Tickets.Where(t => t.Id == into).Select(t => t.Number).SingleOrDefaultAsync(cancel) : null;
        Others = await db.BePresentAsync(Ticket.Id, Me, isWriting: false, Now, cancel);
        Suggested = Ticket.IsUnresolved ? articles.Suggested(Detail) : [];
        Filled = words.Of(Detail, Detail.NameOf(Me));
        Done = done is null ? null : Detail.History.LastOrDefault(e => e.ActorId == Me && e.At > Now - JustNow);
        LinkSent = link is { } job && await db.Jobs.AnyAsync(j => j.Id == job, cancel);
    }
}
