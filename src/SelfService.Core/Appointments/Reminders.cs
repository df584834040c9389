using SelfService.Core.Mail;
using SelfService.Core.Persistence;

namespace SelfService.Core.Appointments;

/// <summary>The mails that leave before an appointment and after it. Each waits as a job with its moment.</summary>
internal static class Reminders
{
    /// <summary>A reminder that would follow the confirmation at once says nothing new.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(30);

    /// <summary>Leaves the reminders of an appointment as it stands now. Those of an earlier hour find that it has moved and say nothing.</summary>
    public static void RemindOf(this PortalDbContext db, Appointment appointment, Service service, string language, DateTime now)
    {
        foreach (var before in service.Reminders.Where(before => appointment.StartsAt - before > now + Soon))
        {
            db.Jobs.Add(new MailRequest(MailKind.AppointmentReminder, language) { TicketId = appointment.TicketId, Sequence = appointment.Sequence }
                .ToJob(now, appointment.StartsAt - before));
        }
    }

    /// <summary>Leaves the question how it went.</summary>
    public static void AskAfter(this PortalDbContext db, Appointment appointment, Service? service, string language, DateTime now)
    {
        if (service?.FollowUp is { } after)
        {
            db.Jobs.Add(new MailRequest(MailKind.AppointmentFollowUp, language) { TicketId = appointment.TicketId }.ToJob(now, now + after));
        }
    }
}
