using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.Joining;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Agent;

/// <summary>/agente/casos/{number}/unir: links it with another ticket, merges it into one, or splits a part off.</summary>
public sealed class JoinModel(PortalDbContext db, JoinTickets join, ServiceDesk desk) : TicketPage(db)
{
    private readonly PortalDbContext db = db;

    /// <summary>Number of the other ticket.</summary>
    [BindProperty]
    public string? Other { get; set; }

    /// <summary>Whether merging is meant although they are of different people.</summary>
    [BindProperty]
    public bool IsMeant { get; set; }

    /// <summary>Key of the form that splits: sent twice, one ticket.</summary>
    [BindProperty]
    public Guid Key { get; set; }

    [BindProperty]
    public string? Subject { get; set; }

    [BindProperty]
    public string? Queue { get; set; }

    /// <summary>Ids of the messages that begin the new ticket.</summary>
    [BindProperty]
    public List<Guid> Parts { get; set; } = [];

    /// <summary>Whether merging has to be confirmed, since they are of different people.</summary>
    public bool Asks { get; private set; }

    public IReadOnlyList<Queue> Queues => desk.Queues;

    /// <summary>What the customer wrote, of which a part can be split off.</summary>
    public IReadOnlyList<Message> Written => [.. Detail.Thread.Where(m => m.Author == ActorKind.Customer && !m.IsNote)];

    /// <summary>Tickets it is linked with.</summary>
    public IReadOnlyList<TicketRow> Linked { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Look();
        (Key, Queue) = (Guid.NewGuid(), Ticket.Queue);
        Linked = await db.LinkedAsync(Visible, Ticket.Id, cancel);
    }

    public Task<IActionResult> OnPostRelacionarAsync(bool remove, CancellationToken cancel) =>
        WithOtherAsync(other => join.LinkAsync(Ticket.Id, other, isLinked: !remove, Me, cancel), _ => Address, cancel);

    public Task<IActionResult> OnPostUnirAsync(CancellationToken cancel) =>
        WithOtherAsync(other => join.MergeAsync(Ticket.Id, other, IsMeant, Me, cancel), DeskAddress.Of, cancel);

    public async Task<IActionResult> OnPostSepararAsync(CancellationToken cancel)
    {
        Subject = PlainText.Line(Subject);
        if (Subject.Length is 0 or > Ticket.SubjectMaxLength)
        {
            ModelState.AddModelError(nameof(Subject), "Join.SubjectRequired");
        }

        if (!Written.Any(m => Parts.Contains(m.Id)) || desk.Queues.All(q => q.Key != Queue))
        {
            ModelState.AddModelError(nameof(Parts), "Join.PartsRequired");
        }

        if (!ModelState.IsValid)
        {
            return await AgainAsync(StatusCodes.Status400BadRequest, cancel);
        }

        var split = await join.SplitAsync(Ticket.Id, Key == Guid.Empty ? Guid.NewGuid() : Key, Subject, Queue!, Parts, Me, await MyNameAsync(cancel), cancel);
        return split is null ? NotFound() : LocalRedirect(DeskAddress.Of(split.Number) + "?hecho=1");
    }

    private IQueryable<Ticket> Visible => db.Tickets.AsNoTracking().VisibleTo(User.Viewer());

    private async Task<IActionResult> WithOtherAsync(Func<Guid, Task<JoinResult>> run, Func<string, string> leadsTo, CancellationToken cancel)
    {
        var number = TicketNumber.Parse(Other);
        var other = number is null ? null : await Visible.Where(t => t.Number == number && t.Id != Ticket.Id).Select(t => new { t.Id, t.Number }).SingleOrDefaultAsync(cancel);
        var result = other is null ? (JoinResult?)null : await run(other.Id);
        if (result is JoinResult.Done or JoinResult.DoneBefore)
        {
            return LocalRedirect(leadsTo(other!.Number));
        }

        Asks = result == JoinResult.OtherCustomer;
        ModelState.AddModelError(nameof(Other), result switch { null => "Join.OtherRequired", JoinResult.OtherCustomer => "Join.OtherCustomer", _ => "Join.NotPossible" });
        return await AgainAsync(result is null ? StatusCodes.Status400BadRequest : StatusCodes.Status409Conflict, cancel);
    }

    private async Task<IActionResult> AgainAsync(int status, CancellationToken cancel)
    {
        Linked = await db.LinkedAsync(Visible, Ticket.Id, cancel);
        Key = Key == Guid.Empty ? Guid.NewGuid() : Key;
        return Refuse(status);
    }
}
