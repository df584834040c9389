using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Requests;
using SelfService.Core.Tickets;
using SelfService.Web.Components;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Requests;

/// <summary>/solicitudes/{form}: one form, from its first sight to the case it opens.</summary>
[RequestSizeLimit(MaxBytes), RequestFormLimits(MultipartBodyLengthLimit = MaxBytes, ValueLengthLimit = MaxValueLength)]
public sealed class FormModel(RequestForms forms, PortalDbContext db, ReadForm read, SpamTrap trap, NetworkLimit network, SendForm send, FormFiles files, Trials trials, TimeProvider clock) : PageModel, IKeepsInput
{
    /// <summary>The form to leave one's number with, which every other form offers.</summary>
    public const string CallBackForm = "llamada";

    // All files at their largest, one that is too large, and what is typed.
    internal const int MaxBytes = (Attachment.MaxCount + 1) * Attachment.MaxBytes + 1024 * 1024;

    private const int MaxValueLength = 256 * 1024;

    public RequestForm Form { get; private set; } = null!;

    public FormDraft Draft { get; private set; } = null!;

    /// <summary>What was read from the draft; null while nobody has sent it.</summary>
    public FormAnswers? Answers { get; private set; }

    /// <summary>Who has signed in with a confirmed address.</summary>
    public Person? Person { get; private set; }

    public FormNotice? Notice { get; private set; }

    /// <summary>Number of the case that this form has opened with other words.</summary>
    public string EarlierNumber { get; private set; } = "";

    /// <summary>Articles to offer before anything is typed.</summary>
    public IReadOnlyList<ArticleCard> Articles { get; private set; } = [];

    public bool OffersCall => Form.Slug != CallBackForm && forms.Find(CallBackForm) is not null;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (forms.Find(RouteData.Values["form"] as string) is not { } form)
        {
            context.Result = NotFound();
            return;
        }

        var (personId, cancel) = (User.PersonId(), HttpContext.RequestAborted);
        Form = form;
        Articles = await db.ArticlesNamedAsync(form.Articles, User.Audience(), cancel);
        Articles = Articles.Count == 0 || trials.ShowsBesideForm(HttpContext, form.Slug, Articles[0].Slug) ? Articles : [];
        Person = personId is null ? null : await db.Users.AsNoTracking().SingleOrDefaultAsync(p => p.Id == personId && p.EmailConfirmed, cancel);
        await next();
    }

    public void OnGet() => Draft = FormDraft.New(trap.Stamp(), ContactDraft.Of(Person));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var sent = await Request.ReadFormAsync(cancel);
        Draft = FormDraft.Read(sent);
        // Files cost space before anything is known to be right; the rest is counted when it would open a case.
        var bringsFiles = FormFiles.Bring(Form, sent);
        if (bringsFiles && await network.CountAsync(HttpContext) is { } pause)
        {
            Draft = await files.TakeAsync(Form, Draft, new FormFileCollection(), ModelState, cancel);
            return Wait(pause);
        }

        (Draft, Answers, var contact) = await read.RunAsync(Form, Draft, sent.Files, Person, ModelState, cancel);
        if (contact is null)
        {
            return Again(StatusCodes.Status400BadRequest);
        }

        if (trap.Look(Draft) is { } notice)
        {
            Draft = notice == FormNotice.TooOld ? Draft with { Opened = trap.Stamp() } : Draft;
            return Again(StatusCodes.Status400BadRequest, notice);
        }

        var wait = await ContactLimit.WaitAsync(db, Draft.Key, contact, Person?.Id, clock.GetUtcNow().UtcDateTime, cancel);
        wait ??= bringsFiles ? null : await network.CountAsync(HttpContext);
        if (wait is not null)
        {
            return Wait(wait.Value);
        }

        var opened = await send.RunAsync(HttpContext, Form, Draft, Answers, contact, Person, cancel);
        if (opened.IsSame)
        {
            return Redirect(ReceivedModel.AddressOf(opened.Number));
        }

        EarlierNumber = opened.Number;
        Draft = await files.StartOverAsync(Draft, cancel);
        return Again(StatusCodes.Status409Conflict, FormNotice.SentBefore);
    }

    public Task<IActionResult> NotStoredAsync(CancellationToken cancel) => Task.FromResult<IActionResult>(Again(StatusCodes.Status503ServiceUnavailable, FormNotice.NotStored));

    private PageResult Wait(TimeSpan wait)
    {
        Response.TellToWait(wait);
        return Again(StatusCodes.Status429TooManyRequests, FormNotice.TooMany);
    }

    private PageResult Again(int status, FormNotice? notice = null)
    {
        Notice = notice;
        return this.Answer(status);
    }
}
