using System.Globalization;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Appointments.Waiting;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Requests;
using SelfService.Core.Tickets;
using SelfService.Web.Pages.Requests;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Appointments;

/// <summary>A booking that is filled in rightly becomes an appointment, and the browser may see it; within the limits that hold for forms too.</summary>
public sealed class SendBooking(
    PortalDbContext db, BookAppointment book, JoinWaitingList join, GuestCases guests, NetworkLimit network, BookingFields fields, SelfServiceOptions options, TimeProvider clock)
{
    /// <summary>How long to wait before this person or this network may book again; null when it need not.</summary>
    public async Task<TimeSpan?> WaitAsync(HttpContext context, Guid key, Core.People.Contact contact, Person? person, CancellationToken cancel) =>
        await ContactLimit.WaitAsync(db, key, contact, person?.Id, clock.GetUtcNow().UtcDateTime, cancel) ?? await network.CountAsync(context);

    /// <summary>Books it, or tells what stands in its way.</summary>
    /// <param name="starts">The hour, and those that follow in the same series.</param>
    public async Task<BookedAppointment> RunAsync(
        HttpContext context, BookingChoice choice, IReadOnlyList<Instant> starts, FormDraft draft, FormAnswers answers, Core.People.Contact contact, Person? person, CancellationToken cancel)
    {
        var request = new BookingRequest(Request(context, choice, draft, answers, contact, person), starts[0]) { Person = choice.Person, Following = [.. starts.Skip(1)] };
        var booked = await book.RunAsync(request, cancel);
        if (booked.Ticket is { IsSame: true } opened)
        {
            await guests.LetInAsync(context, [opened.Id, .. booked.Following.Select(t => t.Id)], cancel);
        }

        return booked;
    }

    /// <summary>Puts her on the waiting list, or tells what stands in its way.</summary>
    public async Task<JoinedList> JoinAsync(
        HttpContext context, BookingChoice choice, WaitingDays days, FormDraft draft, FormAnswers answers, Core.People.Contact contact, Person? person, CancellationToken cancel)
    {
        var joined = await join.RunAsync(new WaitingRequest(Request(context, choice, draft, answers, contact, person), days.First, days.Last) { Part = days.Part }, cancel);
        if (joined.Ticket is { IsSame: true } opened)
        {
            await guests.LetInAsync(context, [opened.Id], cancel);
        }

        return joined;
    }

    private AppointmentRequest Request(HttpContext context, BookingChoice choice, FormDraft draft, FormAnswers answers, Core.People.Contact contact, Person? person) => new()
    {
        SubmissionKey = draft.Key,
        Service = choice.Service.Slug,
        Place = choice.Place!.Key,
        Seats = choice.Seats,
        Address = choice.Service.Mode == ServiceMode.AtHome ? fields.Lines(draft.Values) : [],
        Answers = BookingFields.Answers(answers),
        Message = answers.Message,
        CustomerZone = choice.Clock.Id,
        Contact = contact,
        PersonId = person?.Id,
        VisitorId = Visitor.Known(context.Request, options.IsHttps),
        Language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
        Attachments = [.. draft.Files.Where(f => answers.Asked.Contains(f.Field)).Select(f => f.Id)],
        Actor = Actor.Customer(person?.Id),
    };
}
