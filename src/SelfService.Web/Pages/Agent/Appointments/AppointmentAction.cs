using SelfService.Core.Appointments;

namespace SelfService.Web.Pages.Agent.Appointments;

/// <summary>What can be recorded of an appointment with one press of a button.</summary>
public enum AppointmentMove
{
    Arrive,
    Attend,
    Miss,
}

/// <summary>Something that can be done with an appointment now.</summary>
/// <param name="Page">Last part of the address behind <c>cita/</c>.</param>
/// <param name="Move">What one press of a button records; null for what needs a form.</param>
public sealed record AppointmentAction(string Page, AppointmentMove? Move = null)
{
    public const string Record = "registro";
    public const string Link = "enlace";
    public const string Cancel = "cancelar";
    public const string MoveTime = "mover";

    // Whoever comes earlier than this comes on the wrong day.
    private static readonly TimeSpan Early = TimeSpan.FromHours(4);

    /// <summary>What can be recorded, the obvious first.</summary>
    public static IEnumerable<AppointmentMove> Moves(Appointment appointment, DateTime now)
    {
        if (appointment.IsOpen && appointment.StartsAt - Early <= now)
        {
            if (appointment.Status == AppointmentStatus.Booked)
            {
                yield return AppointmentMove.Arrive;
            }

            yield return AppointmentMove.Attend;
            if (appointment.Status == AppointmentStatus.Booked && appointment.StartsAt <= now)
            {
                yield return AppointmentMove.Miss;
            }
        }
    }

    /// <summary>Everything that can be done, in the order of a day's work.</summary>
    public static IEnumerable<AppointmentAction> All(Appointment appointment, DateTime now) =>
    [
        .. Moves(appointment, now).Select(move => new AppointmentAction(Record, move)),
        .. new[]
        {
            appointment is { IsOpen: true, Mode: ServiceMode.Video } ? new AppointmentAction(Link) : null,
            appointment.Status == AppointmentStatus.Booked ? new AppointmentAction(MoveTime) : null,
            appointment.Status == AppointmentStatus.Booked ? new AppointmentAction(Cancel) : null,
        }.OfType<AppointmentAction>(),
    ];

    /// <summary>Key of what it is called.</summary>
    public string TextKey => Page switch
    {
        Record => "Desk.Appointment" + Move,
        Link => "Desk.AppointmentLink",
        MoveTime => "Desk.AppointmentMove",
        _ => "Desk.AppointmentCancel",
    };
}
