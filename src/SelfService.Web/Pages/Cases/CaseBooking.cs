using SelfService.Core.Appointments;
using SelfService.Core.Appointments.Waiting;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Cases;

/// <summary>What a case has booked, or waits for.</summary>
/// <param name="Appointment">Null where there is none, or none yet.</param>
/// <param name="Series">The other appointments of its series that she may see, in order.</param>
/// <param name="Waiting">The entry of the waiting list, as long as no appointment has come of it.</param>
public sealed record CaseBooking(Appointment? Appointment, IReadOnlyList<Appointment> Series, WaitingEntry? Waiting)
{
    /// <summary>A case about something else.</summary>
    public static readonly CaseBooking None = new(null, [], null);

    /// <summary>Reads it, as it stands.</summary>
    public static async Task<CaseBooking> LoadAsync(PortalDbContext db, CaseSubject subject, CancellationToken cancel) =>
        subject.Ticket.Kind != TicketKind.Appointment ? None
        : await db.AppointmentAsync(subject.Ticket.Id, cancel) is { } appointment ? new CaseBooking(appointment, await db.SeriesOfAsync(appointment, subject.Viewer, cancel), null)
        : new CaseBooking(null, [], await db.WaitingAsync(subject.Ticket.Id, cancel));
}
