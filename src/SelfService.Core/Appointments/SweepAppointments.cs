using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Mail;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Appointments;

/// <summary>Appointments that begin: from then on somebody owes it to say how they went.</summary>
public sealed class BeginAppointments(PortalDbContext db, ServiceDesk desk, TimeProvider clock)
{
    private const int BatchSize = 100;

    public async Task RunAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var due = await db.Appointments.Where(a => a.Stage == NextStep.Appointment && a.StageDueAt <= now)
            .OrderBy(a => a.StageDueAt).Select(a => a.TicketId).Take(BatchSize).ToListAsync(cancel);
        foreach (var ticketId in due)
        {
            await db.ChangeTicketAsync(
                ticketId,
                async ticket =>
                {
                    var appointment = await db.Appointments.SingleAsync(a => a.TicketId == ticketId, cancel);
                    appointment.Follow(BookAppointment.OutcomeTime, now);
                    if (appointment.Next is { } next && next.Step != ticket.NextStep)
                    {
                        ticket.RecordMoved(null, next, Actor.System, desk.ReopenWindow, now);
                    }

                    return true;
                },
                cancel);
        }
    }
}

/// <summary>
/// Keeps the agreed hours when the rules of a zone change: a newer zone database moves the moments, with the time that is held for
/// them, and the customer gets a new calendar entry for the same hour.
/// </summary>
public sealed class AlignAppointments(PortalDbContext db, Agenda agenda, ServiceDesk desk, IDateTimeZoneProvider zones, TimeProvider clock)
{
    /// <summary>Aligns whatever is still to come.</summary>
    /// <returns>Number of appointments whose moment changed.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var booked = await db.Appointments.AsNoTracking().Where(a => a.Status == AppointmentStatus.Booked && a.StartsAt > now)
            .OrderBy(a => a.StartsAt).Select(a => new { a.TicketId, a.Zone, a.LocalStart, a.OffsetMinutes, a.StartsAt, a.SessionId }).ToListAsync(cancel);
        var moved = booked.Where(a => Now(a.Zone, a.LocalStart, a.OffsetMinutes) is { } start && start.ToDateTimeUtc() != a.StartsAt).ToList();
        if (moved.Count == 0)
        {
            return 0;
        }

        // All at once: those of one zone move together, and none has to wait for another's time.
        await db.InTransactionAsync(
            async () =>
            {
                var tickets = moved.Select(m => m.TicketId).ToList();
                var appointments = await db.Appointments.Include(a => a.Ticket).Where(a => tickets.Contains(a.TicketId)).OrderBy(a => a.StartsAt).ToListAsync(cancel);
                foreach (var holder in appointments.Select(a => a.SessionId ?? a.Id).Distinct())
                {
                    await db.ReleaseAsync(holder, cancel);
                }

                // Out of each other's way first: one may go where another was.
                var sessions = appointments.Select(a => a.SessionId).OfType<Guid>().Distinct().ToList();
                await db.SharedSessions.Where(s => sessions.Contains(s.Id)).ExecuteUpdateAsync(set => set.SetProperty(s => s.StartGrain, s => -s.StartGrain), cancel);
                foreach (var group in appointments.GroupBy(a => a.SessionId ?? a.Id))
                {
                    foreach (var appointment in group)
                    {
                        appointment.Align(Now(appointment.Zone, appointment.LocalStart, appointment.OffsetMinutes)!.Value);
                        appointment.Follow(BookAppointment.OutcomeTime, now);
                        appointment.Ticket.RecordMoved((TicketEventKind.AppointmentAligned, AgreedTime.Of(appointment).ToString()), appointment.Next, Actor.System, desk.ReopenWindow, now);
                        db.Jobs.Add(new MailRequest(MailKind.AppointmentMoved, appointment.Ticket.Language)
                        {
                            TicketId = appointment.TicketId,
                            EventId = appointment.Ticket.Events.Last(e => e.Kind == TicketEventKind.AppointmentAligned).Id,
                        }.ToJob(now));
                        if (agenda.Service(appointment.Service) is { } service)
                        {
                            db.RemindOf(appointment, service, appointment.Ticket.Language, now);
                        }
                    }

                    await RetakeAsync(group.First(), cancel);
                }
            },
            cancel);
        return moved.Count;
    }

    private ZonedDateTime? Now(string zone, LocalDateTime local, int offsetMinutes) =>
        zones.GetZoneOrNull(zone) is { } known ? AgreedTime.Resolve(local, offsetMinutes, known) : null;

    private async Task RetakeAsync(Appointment appointment, CancellationToken cancel)
    {
        var isShared = appointment.SessionId is not null;
        if (appointment.SessionId is { } sessionId)
        {
            var grain = Grain.Of(Instant.FromDateTimeUtc(appointment.StartsAt));
            // A session to which nobody comes any more makes room.
            await db.SharedSessions.Where(s => s.Service == appointment.Service && s.Place == appointment.Place && s.StartGrain == grain && s.Taken == 0)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.StartGrain, s => -s.StartGrain), cancel);
            await db.SharedSessions.Where(s => s.Id == sessionId).ExecuteUpdateAsync(set => set.SetProperty(s => s.StartGrain, grain), cancel);
        }

        foreach (var resource in appointment.Resources)
        {
            // Where another zone's appointment has the time already, both stay agreed and staff see them beside each other.
            await db.TakeFreeAsync(
                new Hold
                {
                    HolderId = appointment.SessionId ?? appointment.Id,
                    Reason = isShared ? HoldReason.Session : HoldReason.Appointment,
                    Resource = resource.Key,
                    Unit = resource.Unit,
                    FromGrain = appointment.FromGrain,
                    ToGrain = appointment.ToGrain,
                },
                cancel);
        }
    }
}
