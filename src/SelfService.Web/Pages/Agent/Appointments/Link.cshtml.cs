using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Appointments;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Agent.Appointments;

/// <summary>/agente/casos/{number}/cita/enlace: where the video takes place.</summary>
public sealed class LinkModel(PortalDbContext db, ChangeAppointment change) : AppointmentPage(db)
{
    [BindProperty]
    public string? MeetingLink { get; set; }

    public void OnGet()
    {
        Look();
        MeetingLink = Appointment.MeetingLink;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (SafeLink.Read(MeetingLink, Appointment.LinkMaxLength) is { } link)
        {
            return await AfterAsync(await change.MeetAsync(Change, link, cancel), cancel);
        }

        ModelState.AddModelError(nameof(MeetingLink), "Desk.OrderLinkUnsafe");
        return Refuse();
    }
}
