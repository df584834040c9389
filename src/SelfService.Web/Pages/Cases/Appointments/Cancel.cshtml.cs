using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using SelfService.Core.Appointments;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Cases.Appointments;

/// <summary>/casos/{number}/cita/cancelar: what is given back, and the button; or whom to call when it is too late.</summary>
[EnableRateLimiting(RateLimits.CaseMessages)]
public sealed class CancelModel(PortalDbContext db, ChangeAppointment change, TimeProvider clock) : AppointmentPage(db, clock)
{
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>She tried what is no longer possible.</summary>
    public bool IsTooLate { get; private set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Reason = PlainText.Line(Reason);
        if (Reason.Length > Appointment.ReasonMaxLength)
        {
            ModelState.AddModelError(nameof(Reason), "Appointment.ReasonTooLong");
            return await RefuseAsync(StatusCodes.Status400BadRequest, cancel);
        }

        if ((await change.CancelAsync(Step, Reason, cancel)).Result == StepResult.NotPossible)
        {
            IsTooLate = true;
            return await RefuseAsync(StatusCodes.Status409Conflict, cancel);
        }

        return Done(CaseNotices.Cancel);
    }
}
