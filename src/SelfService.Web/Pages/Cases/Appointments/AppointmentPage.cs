using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.Appointments;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Cases.Appointments;

/// <summary>A page under <c>/casos/{number}</c> about the appointment of that case; a case that is none has no such page.</summary>
public abstract class AppointmentPage(PortalDbContext db, TimeProvider clock) : PageModel
{
    public CaseSubject Subject => HttpContext.Case();

    /// <summary>The appointment as it stands, not tracked.</summary>
    public Appointment Appointment { get; private set; } = null!;

    /// <summary>Whether its customer may still move or cancel it herself.</summary>
    public bool CanChange => Appointment.CanChange(Now);

    protected DateTime Now => clock.GetUtcNow().UtcDateTime;

    protected AppointmentStep Step => new(Subject.Ticket.Id, Subject.Actor);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        // Before anything is refused: the page that refuses shows the appointment too.
        if (!await LoadAsync(HttpContext.RequestAborted))
        {
            context.Result = NotFound();
            return;
        }

        await next();
    }

    /// <summary>Reads the appointment; false when there is none.</summary>
    protected async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (await db.AppointmentAsync(Subject.Ticket.Id, cancel) is not { } appointment)
        {
            return false;
        }

        Appointment = appointment;
        return true;
    }

    /// <summary>The page again, with what keeps it from being done.</summary>
    protected async Task<PageResult> RefuseAsync(int status, CancellationToken cancel)
    {
        await LoadAsync(cancel);
        var page = Page();
        page.StatusCode = status;
        return page;
    }

    protected LocalRedirectResult Done(string what) => LocalRedirect(Subject.Address + "?hecho=" + what);
}
