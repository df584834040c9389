using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Components;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Cases;

/// <summary>/casos/{number}: where it stands, what was said, and the reply.</summary>
[EnableRateLimiting(RateLimits.CaseMessages)]
[RequestSizeLimit(MaxRequestBytes), RequestFormLimits(MultipartBodyLengthLimit = MaxRequestBytes)]
public sealed class CaseModel(PortalDbContext db, ReplyToTicket replies, ReplyFiles files) : PageModel, IKeepsInput
{
    // The files, the longest text as a form writes it, and what surrounds them.
    private const int MaxRequestBytes = (Attachment.MaxCount * Attachment.MaxBytes) + (1024 * 1024);

    /// <summary>Key of the form: sent twice, one message.</summary>
    [BindProperty]
    public Guid Key { get; set; }

    [BindProperty]
    public string? Body { get; set; }

    [BindProperty]
    public List<IFormFile> Files { get; set; } = [];

    /// <summary>Files of an earlier attempt that she takes off again.</summary>
    [BindProperty]
    public List<Guid> Remove { get; set; } = [];

    public CaseSubject Subject => HttpContext.Case();

    public Ticket Ticket => Subject.Ticket;

    /// <summary>What was said and what happened, as far as it is hers to read.</summary>
    public CaseConversation Conversation { get; private set; } = CaseConversation.Empty;

    public CaseOrder? Order { get; private set; }

    public CaseBooking Booking { get; private set; } = CaseBooking.None;

    /// <summary>Files of an attempt that was not accepted; they go with the next one.</summary>
    public IReadOnlyList<Attachment> Kept { get; private set; } = [];

    /// <summary>The case ended too long ago for the reply she sent; its words are still there.</summary>
    public bool IsTooLate { get; private set; }

    /// <summary>What she has just done, where it is so.</summary>
    public string? Done { get; private set; }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        // Before anything is refused: the page that refuses shows the case too.
        Conversation = await CaseConversation.LoadAsync(db, Ticket, HttpContext.RequestAborted);
        Order = await CaseOrder.LoadAsync(db, Ticket, HttpContext.RequestAborted);
        Booking = await CaseBooking.LoadAsync(db, Subject, HttpContext.RequestAborted);
        // No field of hers; the handler gives her another form with what she wrote.
        if (ModelState.GetFieldValidationState(nameof(Key)) == ModelValidationState.Invalid)
        {
            ModelState.Remove(nameof(Key));
        }

        await next();
    }

    public void OnGet([FromQuery(Name = "hecho")] string? done)
    {
        Key = Guid.NewGuid();
        Done = CaseNotices.Of(done, Ticket, Conversation);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Body = PlainText.Body(Body);
        var hasKey = Key != Guid.Empty;
        var earlier = !hasKey ? ReplyOutcome.KeyUsed : await replies.EarlierAsync(Ticket.Id, Key, Body, cancel);
        if (earlier == ReplyOutcome.StoredBefore)
        {
            return Sent();
        }

        Key = earlier is null ? Key : Guid.NewGuid();
        Kept = await files.TakeAsync(Key, Files, Remove, ModelState, cancel);
        var problem = earlier is not null ? (hasKey ? "Case.ReplySentBefore" : "Case.ReplyBroken")
            : Body.Length > Message.BodyMaxLength ? "Case.ReplyTooLong"
            : Body.Length == 0 && Kept.Count == 0 && ModelState.IsValid ? "Case.ReplyRequired" : null;
        if (problem is not null)
        {
            ModelState.AddModelError(nameof(Body), problem);
        }

        if (!ModelState.IsValid)
        {
            return Refuse(StatusCodes.Status400BadRequest);
        }

        var reply = new TicketReply(Ticket.Id, Key, Subject.Actor, Ticket.ContactName, Body, [.. Kept.Select(f => f.Id)]);
        switch (await replies.RunAsync(reply, cancel))
        {
            case ReplyOutcome.TooLate:
                IsTooLate = true;
                return Refuse(StatusCodes.Status409Conflict);
            case ReplyOutcome.KeyUsed:
                Key = Guid.NewGuid();
                ModelState.AddModelError(nameof(Body), "Case.ReplySentBefore");
                return Refuse(StatusCodes.Status400BadRequest);
            default:
                return Sent();
        }
    }

    private LocalRedirectResult Sent() => LocalRedirect(Subject.Address + "?hecho=" + CaseNotices.Reply);

    private PageResult Refuse(int status) => this.Answer(status);
}
