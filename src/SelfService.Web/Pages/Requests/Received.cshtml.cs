using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;
using SelfService.Core.Requests;
using SelfService.Core.Tickets;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Requests;

/// <summary>/solicitudes/recibida/{number}: what was received, what happens next and by when. Only for who may see the case.</summary>
public sealed class ReceivedModel(PortalDbContext db, GuestCases guests, RequestForms forms) : PageModel
{
    public Ticket Ticket { get; private set; } = null!;

    /// <summary>What the form says of what happens next, or nothing.</summary>
    public string Next { get; private set; } = "";

    /// <summary>Answers that look wrong and were taken all the same.</summary>
    public IReadOnlyList<TicketAnswer> Doubtful => [.. Ticket.Answers.Where(a => a.Warning)];

    /// <summary>Confirmation of a case.</summary>
    public static string AddressOf(string number) => $"/solicitudes/recibida/{number}";

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken cancel)
    {
        var viewer = await guests.ViewerAsync(HttpContext, cancel);
        var wanted = TicketNumber.Parse(number);
        var ticket = wanted is null ? null
            : await db.Tickets.AsNoTracking().VisibleTo(viewer).SingleOrDefaultAsync(t => t.Number == wanted, cancel);
        if (ticket is null)
        {
            return NotFound();
        }

        Ticket = ticket;
        Next = forms.Find(ticket.Form)?.Next ?? "";
        Response.Headers.CacheControl = "no-store";
        return Page();
    }
}
