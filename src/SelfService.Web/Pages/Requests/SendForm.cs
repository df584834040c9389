using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Requests;
using SelfService.Core.Tickets;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Requests;

/// <summary>A form that is filled in rightly becomes a case, and the browser may see it.</summary>
public sealed class SendForm(PortalDbContext db, OpenTicket open, GuestCases guests, SelfServiceOptions options, TimeProvider clock)
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
        if (opened.IsSame)
        {
            await LetInAsync(context, opened.Id, cancel);
        }

        return opened;
    }

    // Whoever holds the form's key has written what is in it. A guest has nothing else that would show her the case.
    private async Task LetInAsync(HttpContext context, Guid ticketId, CancellationToken cancel)
    {
        var viewer = await guests.ViewerAsync(context, cancel);
        if (await db.Tickets.VisibleTo(viewer).AnyAsync(t => t.Id == ticketId, cancel))
        {
            return;
        }

        var (key, _) = TicketKey.Issue(ticketId, clock.GetUtcNow().UtcDateTime);
        db.TicketKeys.Add(key);
        await db.SaveChangesAsync(cancel);
        guests.Remember(context, key.Id);
    }
}
