using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.People;
using SelfService.Core.Requests;
using SelfService.Web.Components;
using SelfService.Web.Pages.Orders;
using SelfService.Web.Pages.Requests;

namespace SelfService.Web.Pages.Appointments;

/// <summary>A page with the questions of a service: who comes, and what has to be known.</summary>
public abstract class BookingPage(Agenda agenda, BookingFields fields, SpamTrap trap, SendBooking send, KnownBuyer known, TimeProvider clock) : PageModel
{
    public BookingChoice Choice { get; private set; } = null!;

    public RequestForm Form { get; private set; } = null!;

    public FormDraft Draft { get; protected set; } = null!;

    public FormAnswers? Answers { get; protected set; }

    /// <summary>Who has signed in with a confirmed address.</summary>
    public Person? Person { get; private set; }

    public FormNotice? Notice { get; private set; }

    /// <summary>Number of the case that this form has opened with other words.</summary>
    public string EarlierNumber { get; protected set; } = "";

    /// <summary>Whether it asks for a file.</summary>
    public bool HasFiles => Form.Fields.Any(f => f.Type == FieldType.File);

    protected Instant Now => Instant.FromDateTimeOffset(clock.GetUtcNow());

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Response.Headers.CacheControl = "no-store";
        if (agenda.Service(RouteData.Values["service"] as string) is not { } service || !Offers(service))
        {
            context.Result = NotFound();
            return;
        }

        Form = FormOf(service);
        Person = await known.PersonAsync(HttpContext, HttpContext.RequestAborted);
        Draft = await known.DraftAsync(Person, trap.Stamp(), HttpContext.RequestAborted);
        Choose(service, name => Request.Query[name]);
        await next();
    }

    /// <summary>One field as the page shows it.</summary>
    public FieldView View(FormField field) => new(Form, field, Draft, Answers?.Answers.Any(a => a.Name == field.Name && a.Warning) == true, fields.Lang(field));

    /// <summary>Whether the page is there for a service.</summary>
    protected virtual bool Offers(Service service) => true;

    /// <summary>The questions.</summary>
    protected virtual RequestForm FormOf(Service service) => fields.Of(service);

    /// <summary>Reads what is chosen.</summary>
    protected void Choose(Service service, Func<string, string?> value) => Choice = BookingChoice.Read(agenda, service, value);

    /// <summary>What keeps a form that is filled in rightly from being taken: the trap, or too many of them.</summary>
    /// <param name="contact">Null when something in the form has to be mended.</param>
    /// <returns>The status and words of the refusal; null when it is taken.</returns>
    protected async Task<(int Status, FormNotice? Notice)?> RefusedAsync(Core.People.Contact? contact, CancellationToken cancel)
    {
        var notice = contact is null ? null : trap.Look(Draft);
        if (contact is null || notice is not null)
        {
            Draft = notice == FormNotice.TooOld ? Draft with { Opened = trap.Stamp() } : Draft;
            return (StatusCodes.Status400BadRequest, notice);
        }

        if (await send.WaitAsync(HttpContext, Draft.Key, contact, Person, cancel) is { } wait)
        {
            Response.TellToWait(wait);
            return (StatusCodes.Status429TooManyRequests, FormNotice.TooMany);
        }

        return null;
    }

    /// <summary>The page again, with what keeps the form from being taken.</summary>
    protected PageResult Again(int status, FormNotice? notice = null)
    {
        Notice = notice;
        return this.Answer(status);
    }
}
