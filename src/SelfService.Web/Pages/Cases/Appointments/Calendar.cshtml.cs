using System.Text;
using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Persistence;
using SelfService.Web.Components;

namespace SelfService.Web.Pages.Cases.Appointments;

/// <summary>GET /casos/{number}/cita.ics: the appointment for a calendar, to download; as private as the page it is on.</summary>
public sealed class CalendarModel(PortalDbContext db, AppointmentCalendar calendar, TimeProvider clock) : AppointmentPage(db, clock)
{
    public FileContentResult OnGet() =>
        File(Encoding.UTF8.GetBytes(calendar.File(Appointment, Subject.Ticket)), "text/calendar; charset=utf-8", AppointmentCalendar.NameOf(Appointment));
}
