using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Appointments;

/// <summary>/citas/reservada/{number}: when, where, what to bring, what arrives by mail. Only for who may see the case.</summary>
public sealed class ReceivedModel(PortalDbContext db, GuestCases guests, Agenda agenda) : PageModel
{
    public Appointment Appointment { get; private set; } = null!;

    public Ticket Ticket => Appointment.Ticket;

    /// <summary>The other appointments of the series that she may see, in order; none for a single one.</summary>
    public IReadOnlyList<Appointment> Series { get; private set; } = [];

    /// <summary>The service as it is offered now; null when it is not any more.</summary>
    public Service? Service => agenda.Service(Appointment.Service);

    /// <summary>The time, on the clock of the place.</summary>
    public Slot Slot => new(AgreedTime.Of(Appointment).Start, Appointment.EndsAt - Appointment.StartsAt, Appointment.Seats);

    /// <summary>The clock on which she chose it.</summary>
    public DateTimeZone Clock => DateTimeZoneProviders.Tzdb.GetZoneOrNull(Appointment.CustomerZone) ?? Slot.Start.Zone;

    /// <summary>Confirmation of an appointment.</summary>
    public static string AddressOf(string number) => $"/citas/reservada/{number}";

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken cancel)
    {
        var viewer = await guests.ViewerAsync(HttpContext, cancel);
        var wanted = TicketNumber.Parse(number);
        var visible = db.Tickets.VisibleTo(viewer).Where(t => t.Number == wanted);
        var appointment = wanted is null ? null : await db.Appointments.AsNoTracking().Include(a => a.Ticket).SingleOrDefaultAsync(a => visible.Any(t => t.Id == a.TicketId), cancel);
        if (appointment is null)
        {
            return NotFound();
        }

        Appointment = appointment;
        Series = await db.SeriesOfAsync(appointment, viewer, cancel);
        Response.Headers.CacheControl = "no-store";
        return Page();
    }
}
