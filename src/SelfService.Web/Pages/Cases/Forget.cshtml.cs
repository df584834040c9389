using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Cases;

/// <summary>/casos/{number}/olvidar: a browser that others use too no longer opens the case.</summary>
public sealed class ForgetModel(GuestCases guestCases) : PageModel
{
    public CaseSubject Subject => HttpContext.Case();

    public IActionResult OnGet() => Subject.Viewer.OpenedByKey.Contains(Subject.Ticket.Id) ? Page() : LocalRedirect(Subject.Address);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await guestCases.ForgetAsync(HttpContext, Subject.Ticket.Id, cancel);
        return LocalRedirect("/casos");
    }
}
