using System.Globalization;
using SelfService.Core.Journeys;
using SelfService.Core.People;
using SelfService.Core.Requests;
using SelfService.Core.Tickets;
using SelfService.Search;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Requests;

/// <summary>A form that is filled in rightly becomes a case, and the browser may see it.</summary>
public sealed class SendForm(OpenTicket open, GuestCases guests, StepLog steps, SelfServiceOptions options, TimeProvider clock)
{
    /// <summary>Opens the case. What the browser sent besides answers, contact and files has no part in it.</summary>
    public async Task<OpenedTicket> RunAsync(
        HttpContext context, RequestForm form, FormDraft draft, FormAnswers answers, Core.People.Contact contact, Person? person, CancellationToken cancel)
    {
        var opened = await open.RunAsync(
            new TicketRequest
            {
                SubmissionKey = draft.Key,
                Queue = answers.Queue,
                Sla = answers.Sla,
                Priority = answers.Priority,
                Subject = answers.Subject,
                Form = form.Slug,
                FormTitle = form.Title,
                Message = answers.Message,
                Answers = answers.Answers,
                Contact = contact,
                PersonId = person?.Id,
                VisitorId = Visitor.Known(context.Request, options.IsHttps),
                Language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
                Attachments = [.. draft.Files.Where(f => answers.Asked.Contains(f.Field)).Select(f => f.Id)],
                Actor = Actor.Customer(person?.Id),
            },
            cancel);
        if (opened.IsNew && context.User.Audience() < Audience.Staff)
        {
            steps.Add(VisitStep.OnForm(VisitStepKind.SentForm, Visitor.Known(context.Request, options.IsHttps), form.Slug, clock.GetUtcNow().UtcDateTime));
        }

        if (opened.IsSame)
        {
            await guests.LetInAsync(context, [opened.Id], cancel);
        }

        return opened;
    }
}
