using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.Promises;
using SelfService.Web.Pages.Cases;
using SelfService.Web.Resources;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Agent;

/// <summary>/agente/casos/{number}/responder: an answer to the customer, with what happens next.</summary>
[RequestSizeLimit(MaxRequestBytes), RequestFormLimits(MultipartBodyLengthLimit = MaxRequestBytes)]
public sealed class ReplyModel(PortalDbContext db, AnswerTicket answers, ReplyFiles files, CannedReplies replies, PromiseDates dates, DeskArticles articles, PromiseReader promises, PromiseWords said, SelfServiceOptions options, ReplyWords words, IStringLocalizer<Texts> texts) : TicketPage(db)
{
    // The files, the longest text as a form writes it, and what surrounds them.
    private const int MaxRequestBytes = (Attachment.MaxCount * Attachment.MaxBytes) + (1024 * 1024);

    [BindProperty(Name = "")]
    public ReplyForm Form { get; set; } = new();

    /// <summary>Files of an attempt that was not accepted; they go with the next one.</summary>
    public IReadOnlyList<Attachment> Kept { get; private set; } = [];

    /// <summary>Texts to begin with, for this customer.</summary>
    public IReadOnlyList<CannedReply> Replies => replies.For(Ticket.Queue);

    /// <summary>What parts of those are filled with.</summary>
    public IReadOnlyDictionary<string, string> Filled => words.Of(Detail, Detail.NameOf(Me));

    /// <summary>A canned reply by its slug, where no script puts it in.</summary>
    [BindProperty(Name = "plantilla", SupportsGet = true)]
    public string? Template { get; set; }

    public void OnGet()
    {
        Look();
        Form = ReplyForm.Of(Detail, dates, replies.Find(Template) is { } reply ? reply.For(Filled) : "");
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
        Form.Compare(promises.Read(Form.Body ?? ""), next, dates, ModelState, said.Told);
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

    /// <summary>The page again, with the answer as it will be read.</summary>
    public Task<IActionResult> OnPostVistaAsync(CancellationToken cancel) => AgainAsync(() => Form.Preview = MessageMarkdown.Html(PlainText.Body(Form.Body)), cancel);

    /// <summary>The page again, with articles to put into the answer.</summary>
    public Task<IActionResult> OnPostBuscarAsync(CancellationToken cancel) => AgainAsync(() => Form.Found = articles.Find(Ticket, Form.ArticleQuery), cancel);

    /// <summary>The page again, with an article at the end of the answer.</summary>
    /// <param name="article">What stands in the answer, as it was offered; the agent could have typed it.</param>
    public Task<IActionResult> OnPostInsertarAsync(string? article, CancellationToken cancel) => AgainAsync(() => Form.Body = $"{PlainText.Body(Form.Body)}\n\n{PlainText.Line(article)}".Trim(), cancel);

    // Nothing is checked yet: she is still writing. Files that came along are kept.
    private async Task<IActionResult> AgainAsync(Action change, CancellationToken cancel)
    {
        Form.Key = Form.Key == Guid.Empty ? Guid.NewGuid() : Form.Key;
        Kept = await files.TakeAsync(Form.Key, Form.Files, Form.Remove, ModelState, cancel);
        change();
        return Page();
    }

    private StaffText Text(string name) => new(Form.Key, name, SentLinks.Mark(Form.Body ?? "", options.PublicUrl), [.. Kept.Select(f => f.Id)]);
}
