using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Appointments;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Agent.Appointments;

/// <summary>/agente/casos/{number}/cita/cancelar: it does not take place; the customer reads why.</summary>
public sealed class CancelModel(PortalDbContext db, ChangeAppointment change) : AppointmentPage(db)
{
    [BindProperty]
    public string? Reason { get; set; }

    public void OnGet() => Look();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Reason = PlainText.Line(Reason);
        if (Reason.Length is 0 or > Appointment.ReasonMaxLength)
        {
            ModelState.AddModelError(nameof(Reason), Reason.Length == 0 ? "Desk.OrderReasonRequired" : "Appointment.ReasonTooLong");
            return Refuse();
        }

        return await AfterAsync(await change.CancelAsync(Change, Reason, cancel), cancel);
    }
}
