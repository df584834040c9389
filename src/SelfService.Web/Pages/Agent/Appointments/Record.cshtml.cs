using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Appointments;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Agent.Appointments;

/// <summary>/agente/casos/{number}/cita/registro: the customer is there, it was given, or nobody came.</summary>
public sealed class RecordModel(PortalDbContext db, ChangeAppointment change) : AppointmentPage(db)
{
    /// <summary>What it is about: said by the form, so that sent twice it does not record two things.</summary>
    [BindProperty]
    public AppointmentMove? Move { get; set; }

    public IReadOnlyList<AppointmentMove> Moves => [.. AppointmentAction.Moves(Appointment, Detail.Now)];

    public void OnGet() => Look();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (Move is not { } move || !Enum.IsDefined(move))
        {
            ModelState.AddModelError(nameof(Move), "Desk.AppointmentMoveRequired");
            return Refuse();
        }

        return await AfterAsync(
            move switch
            {
                AppointmentMove.Arrive => await change.ArriveAsync(Change, cancel),
                AppointmentMove.Attend => await change.AttendAsync(Change, cancel),
                _ => await change.MissAsync(Change, cancel),
            },
            cancel);
    }
}
