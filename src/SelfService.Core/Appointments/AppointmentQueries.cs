using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Appointments;

/// <summary>How appointments are looked up.</summary>
public static class AppointmentQueries
{
    /// <summary>The appointment of a ticket, to be looked at; null where the ticket has none.</summary>
    public static Task<Appointment?> AppointmentAsync(this PortalDbContext db, Guid ticketId, CancellationToken cancel) =>
        db.Appointments.AsNoTracking().SingleOrDefaultAsync(a => a.TicketId == ticketId, cancel);

    /// <summary>The other appointments of a series that somebody may see, in order; none for a single one.</summary>
    public static async Task<IReadOnlyList<Appointment>> SeriesOfAsync(this PortalDbContext db, Appointment appointment, TicketViewer viewer, CancellationToken cancel)
    {
        if (appointment.SeriesId is not { } series)
        {
            return [];
        }

        var visible = db.Tickets.VisibleTo(viewer);
        return await db.Appointments.AsNoTracking().Where(a => a.SeriesId == series && a.Id != appointment.Id && visible.Any(t => t.Id == a.TicketId))
            .OrderBy(a => a.StartsAt).ToListAsync(cancel);
    }
}
