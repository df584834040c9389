using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Persistence;
using SelfService.Core.Requests;
using SelfService.Core.Tickets;
using SelfService.Web.Pages.Appointments;
using SelfService.Web.Pages.Requests;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Agent.Planning;

/// <summary>What an agent has written down of a call becomes an appointment of who calls.</summary>
public sealed class BookForCaller(PortalDbContext db, Agenda agenda, BookAppointment book, BookingFields fields)
{
    /// <summary>Reads what an address or a form says; staff choose the person also where the customer does not, and speak of the clock of the place.</summary>
    /// <returns>Null until a service is chosen.</returns>
    public BookingChoice? Choose(Func<string, string?> value)
    {
        if (agenda.Service(value(AgendaAddress.ServiceName)) is not { } service)
        {
            return null;
        }

        var choice = BookingChoice.Read(agenda, service, value);
        var person = choice.Place is { } place ? BookingChoice.People(agenda, service, place).FirstOrDefault(p => p.Key == value(BookingChoice.PersonName)) : null;
        return choice with { Person = person?.Key, Zone = null, Series = null };
    }

    /// <summary>What is asked about a service; nobody sends a file over the phone.</summary>
    public RequestForm FormOf(Service service)
    {
        var form = fields.Of(service);
        return form with { Fields = [.. form.Fields.Where(f => f.Type != FieldType.File)] };
    }

    /// <summary>Books it once for each form, or tells what stands in its way.</summary>
    public async Task<BookedAppointment> RunAsync(
        ClaimsPrincipal agent, BookingChoice choice, Instant start, FormDraft draft, FormAnswers answers, Core.People.Contact contact, string language, CancellationToken cancel)
    {
        var me = agent.PersonId()!.Value;
        return await book.RunAsync(
            new BookingRequest
            {
                SubmissionKey = draft.Key,
                Service = choice.Service.Slug,
                Place = choice.Place!.Key,
                Start = start,
                Person = choice.Person,
                Seats = choice.Seats,
                Address = choice.Service.Mode == ServiceMode.AtHome ? fields.Lines(draft.Values) : [],
                Answers = BookingFields.Answers(answers),
                Message = answers.Message,
                CustomerZone = choice.Place.Zone.Id,
                Contact = contact,
                Language = language,
                Channel = Channel.Phone,
                Actor = Actor.Staff(me),
                StaffName = await db.Users.Where(p => p.Id == me).Select(p => p.Name).SingleAsync(cancel),
            },
            cancel);
    }
}
