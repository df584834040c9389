using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Pages.Cases;
using SelfService.Web.Resources;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Agent;

/// <summary>/agente/casos/{number}/responder: an answer to the customer, with what happens next.</summary>
[RequestSizeLimit(MaxRequestBytes), RequestFormLimits(MultipartBodyLengthLimit = MaxRequestBytes)]
public sealed class ReplyModel(PortalDbContext db, AnswerTicket answers, ReplyFiles files, CannedReplies replies, PromiseDates dates, SelfServiceOptions options, IStringLocalizer<Texts> texts) : TicketPage(db)
{
    // The files, the longest text as a form writes it, and what surrounds them.
    private const int MaxRequestBytes = (Attachment.MaxCount * Attachment.MaxBytes) + (1024 * 1024);

    [BindProperty(Name = "")]
    public ReplyForm Form { get; set; } = new();

    /// <summary>Files of an attempt that was not accepted; they go with the next one.</summary>
    public IReadOnlyList<Attachment> Kept { get; private set; } = [];

    /// <summary>Texts to begin with, for this customer.</summary>
    public IReadOnlyList<CannedReply> Replies => replies.For(Ticket.Queue);

    /// <summary>A canned reply by its slug, where no script puts it in.</summary>
    [BindProperty(Name = "plantilla", SupportsGet = true)]
    public string? Template { get; set; }

    public void OnGet()
    {
        Look();
        Form = ReplyForm.Of(Detail, dates, replies.Find(Template)?.For(Ticket.ContactName, Ticket.Number) ?? "");
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Form.CheckBody(ModelState, (key, values) => texts[key, values]);
        var earlier = await answers.EarlierAsync(Ticket.Id, Text(""), cancel);
        if (earlier == StepResult.DoneBefore)
        {
            return await AfterAsync(StepOutcome.Of(StepResult.DoneBefore), cancel);
        }

        if (earlier is not null || Form.Key == Guid.Empty)
        {
            // That form was sent with other words; these need a key of their own, once she has seen the others.
            Form.Key = Guid.NewGuid();
        }

        Kept = await files.TakeAsync(Form.Key, Form.Files, Form.Remove, ModelState, cancel);
        var next = Form.ReadNext(Detail, dates, ModelState);
        if (!ModelState.IsValid)
        {
            return Refuse();
        }

        if (earlier is not null)
        {
            return await AfterAsync(new StepOutcome(StepResult.Overtaken, []), cancel);
        }

        var text = Text(await MyNameAsync(cancel));
        return await AfterAsync(
            Form.Next == ReplyForm.Record ? await answers.AnswerOnRecordAsync(Step, text, cancel) : await answers.AnswerAsync(Step, text, next, cancel), cancel);
    }

    private StaffText Text(string name) => new(Form.Key, name, SentLinks.Mark(Form.Body ?? "", options.PublicUrl), [.. Kept.Select(f => f.Id)]);
}
