using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Company;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.Calls;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Agent;

/// <summary>/agente/nuevo/quien: the cases of who calls, for the page that the call is written down on.</summary>
public sealed class CallersModel(PortalDbContext db, RecordCall calls, CompanyProfile company) : PageModel
{
    public IReadOnlyList<TicketRow> Cases { get; private set; } = [];

    public IActionResult OnGet() => NotFound();

    // By POST: telephones do not belong in addresses, which end in logs.
    public async Task OnPostAsync([FromForm] CallForm form, CancellationToken cancel) =>
        Cases = await calls.CasesOfAsync(db.Tickets.AsNoTracking().VisibleTo(User.Viewer()), form.PhoneNumber(company), form.EmailAddress, cancel);
}
