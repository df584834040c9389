using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Cases;

/// <summary>/casos/{number}: where it stands, what was said, and the reply.</summary>
[EnableRateLimiting(RateLimits.CaseMessages)]
[RequestSizeLimit(MaxRequestBytes), RequestFormLimits(MultipartBodyLengthLimit = MaxRequestBytes)]
public sealed class CaseModel(PortalDbContext db, ReplyToTicket replies, ReplyFiles files) : PageModel
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

    /// <summary>Public messages, oldest first.</summary>
    public IReadOnlyList<Message> Thread { get; private set; } = [];

    /// <summary>Public history, oldest first.</summary>
    public IReadOnlyList<TicketEvent> History { get; private set; } = [];

    /// <summary>Files of an attempt that was not accepted; they go with the next one.</summary>
    public IReadOnlyList<Attachment> Kept { get; private set; } = [];

    /// <summary>The case ended too long ago for the reply she sent; its words are still there.</summary>
    public bool IsTooLate { get; private set; }

    /// <summary>What she has just done, where it is so.</summary>
    public string? Done { get; private set; }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        // Before anything is refused: the page that refuses shows the case too.
        var cancel = HttpContext.RequestAborted;
        Thread = await db.Messages.AsNoTracking().Where(m => m.TicketId == Ticket.Id && !m.IsNote).Include(m => m.Attachments).OrderBy(m => m.WrittenAt).ThenBy(m => m.Id).ToListAsync(cancel);
        History = await db.TicketEvents.AsNoTracking().Where(e => e.TicketId == Ticket.Id && TicketEvent.Public.Contains(e.Kind)).OrderBy(e => e.At).ThenBy(e => e.Id).ToListAsync(cancel);
        await next();
    }

    public void OnGet([FromQuery(Name = "hecho")] string? done)
    {
        Key = Guid.NewGuid();
        Done = CaseNotices.Of(done, Ticket, Thread, History);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Body = PlainText.Body(Body);
        var earlier = Key == Guid.Empty ? ReplyOutcome.KeyUsed : await replies.EarlierAsync(Ticket.Id, Key, Body, cancel);
        if (earlier == ReplyOutcome.StoredBefore)
        {
            return Sent();
        }

        Key = earlier is null ? Key : Guid.NewGuid();
        Kept = await files.TakeAsync(Key, Files, Remove, ModelState, cancel);
        if (earlier is not null)
        {
            ModelState.AddModelError(nameof(Body), "Case.ReplySentBefore");
        }
        else if (Body.Length > Message.BodyMaxLength)
        {
            ModelState.AddModelError(nameof(Body), "Case.ReplyTooLong");
        }
        else if (Body.Length == 0 && Kept.Count == 0 && ModelState.IsValid)
        {
            ModelState.AddModelError(nameof(Body), "Case.ReplyRequired");
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

    private PageResult Refuse(int status)
    {
        var page = Page();
        page.StatusCode = status;
        return page;
    }
}
