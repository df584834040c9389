using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Appointments;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Components;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Cases;

/// <summary>GET /casos: the cases of the account, and those that this browser has opened with a link.</summary>
public sealed class IndexModel(PortalDbContext db, GuestCases guestCases) : PageModel
{
    public const int PageSize = 20;

    /// <summary>Longest search, in characters; what is beyond is left out.</summary>
    public const int SearchMaxLength = 100;

    private static readonly TicketStatus[] Ended = [TicketStatus.Solved, TicketStatus.Closed];

    [BindProperty(Name = "q", SupportsGet = true)]
    public string? Search { get; set; }

    /// <summary><c>abiertos</c>, <c>terminados</c> or <c>todos</c>; the open ones when she has any, otherwise all.</summary>
    [BindProperty(Name = "estado", SupportsGet = true)]
    public string? State { get; set; }

    /// <summary><c>solicitud</c>, <c>pedido</c> or <c>cita</c>; all otherwise.</summary>
    [BindProperty(Name = "tipo", SupportsGet = true)]
    public string? Kind { get; set; }

    /// <summary>Kinds as addresses write them.</summary>
    public static readonly IReadOnlyList<(string Name, TicketKind Kind)> Kinds =
        [("solicitud", TicketKind.Request), ("pedido", TicketKind.Order), ("cita", TicketKind.Appointment)];

    /// <summary>Kinds she has cases of; a filter is shown from two on.</summary>
    public IReadOnlyList<TicketKind> HerKinds { get; private set; } = [];

    public int OpenCount { get; private set; }

    public int AllCount { get; private set; }

    /// <summary>Cases that fit the filters, on all pages.</summary>
    public int Total { get; private set; }

    /// <summary>Number of the page shown, from 1.</summary>
    public int Number { get; private set; } = 1;

    public int PageCount => Math.Max(1, (Total + PageSize - 1) / PageSize);

    public IReadOnlyList<Ticket> Cases { get; private set; } = [];

    /// <summary>Orders of those cases, by their tickets; without lines.</summary>
    public IReadOnlyDictionary<Guid, Order> Orders { get; private set; } = new Dictionary<Guid, Order>();

    /// <summary>Appointments of those cases, by their tickets.</summary>
    public IReadOnlyDictionary<Guid, Appointment> Appointments { get; private set; } = new Dictionary<Guid, Appointment>();

    public async Task OnGetAsync([FromQuery(Name = "pagina")] string? page, CancellationToken cancel)
    {
        // Her own also for who works at the desk: the others' are on the desk's pages.
        var viewer = await guestCases.ViewerAsync(HttpContext, cancel) with { IsDesk = false };
        var hers = db.Tickets.AsNoTracking().VisibleTo(viewer);
        var counts = await hers.GroupBy(t => new { t.Kind, IsOpen = !Ended.Contains(t.Status) }).Select(g => new { g.Key.Kind, g.Key.IsOpen, Count = g.Count() }).ToListAsync(cancel);
        (OpenCount, AllCount) = (counts.Where(c => c.IsOpen).Sum(c => c.Count), counts.Sum(c => c.Count));
        HerKinds = [.. counts.Select(c => c.Kind).Distinct().Order()];
        Search = Shortened(PlainText.Line(Search));
        State = State is "abiertos" or "terminados" or "todos" ? State : OpenCount > 0 && Search.Length == 0 ? "abiertos" : "todos";
        Kind = Kinds.Any(k => k.Name == Kind) ? Kind : null;
        var found = await SearchedAsync(Filtered(hers), cancel);
        Total = await found.CountAsync(cancel);
        Number = Math.Min(PageNumber.Parse(page), PageCount);
        Cases = await found.OrderBy(t => Ended.Contains(t.Status)).ThenByDescending(t => t.UpdatedAt).ThenBy(t => t.Id)
            .Skip((Number - 1) * PageSize).Take(PageSize).ToListAsync(cancel);
        var orders = Cases.Where(t => t.Kind == TicketKind.Order).Select(t => t.Id).ToList();
        Orders = orders.Count == 0 ? Orders : await db.Orders.AsNoTracking().Include(o => o.Parcels).Where(o => orders.Contains(o.TicketId)).ToDictionaryAsync(o => o.TicketId, cancel);
        var appointments = Cases.Where(t => t.Kind == TicketKind.Appointment).Select(t => t.Id).ToList();
        Appointments = appointments.Count == 0 ? Appointments : await db.Appointments.AsNoTracking().Where(a => appointments.Contains(a.TicketId)).ToDictionaryAsync(a => a.TicketId, cancel);
    }

    private IQueryable<Ticket> Filtered(IQueryable<Ticket> tickets)
    {
        tickets = State switch { "abiertos" => tickets.Where(t => !Ended.Contains(t.Status)), "terminados" => tickets.Where(t => Ended.Contains(t.Status)), _ => tickets };
        if (Kind is not null)
        {
            var kind = Kinds.First(k => k.Name == Kind).Kind;
            tickets = tickets.Where(t => t.Kind == kind);
        }

        return tickets;
    }

    // "garantia" could be a number too; it is one when she has such a case.
    private async Task<IQueryable<Ticket>> SearchedAsync(IQueryable<Ticket> tickets, CancellationToken cancel) =>
        TicketNumber.Parse(Search) is { } number && await tickets.AnyAsync(t => t.Number == number, cancel)
            ? tickets.Where(t => t.Number == number)
            : tickets.WithWords(Search!);

    // Never through the middle of an emoji.
    private static string Shortened(string text) =>
        text.Length <= SearchMaxLength ? text : text[..(char.IsHighSurrogate(text[SearchMaxLength - 1]) ? SearchMaxLength - 1 : SearchMaxLength)];
}
