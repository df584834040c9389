using Microsoft.AspNetCore.Mvc.Filters;
using SelfService.Core.Appointments;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Agent.Appointments;

/// <summary>A page about one step of an appointment. There is none for a ticket that is no appointment.</summary>
public abstract class AppointmentPage(PortalDbContext db) : TicketPage(db)
{
    public Appointment Appointment => Detail.Appointment!;

    protected AppointmentStep Change => AppointmentStep.Of(Step);

    protected override string NotPossible => "Desk.AppointmentNotPossible";

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (Detail.Appointment is null)
        {
            context.Result = NotFound();
        }
    }
}
