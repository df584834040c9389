using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NodaTime.Text;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Filters;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Editor;

/// <summary>
/// /editor/articulos/{slug}/publicar: what is told before publishing (what to mend, how it will be found), what others say of it, and
/// the steps to the readers.
/// </summary>
public sealed class PublishModel(PortalDbContext db, PublishArticle publish, ReadBeforePublishing read, CompanyProfile company, TimeProvider clock, IStringLocalizer<Texts> texts) : ArticlePage(db), IShowsMore
{
    public const int MaxQuestions = 5;

    private readonly PortalDbContext db = db;

    /// <summary>Questions that customers would type, one a line.</summary>
    [BindProperty(Name = "preguntas", SupportsGet = true)]
    public string? Questions { get; set; }

    /// <summary>The revision that she has before her.</summary>
    [BindProperty]
    public int Seen { get; set; }

    /// <summary>When to publish, on the company's clocks; empty for now.</summary>
    [BindProperty]
    public string? Moment { get; set; }

    [BindProperty] public string? Quote { get; set; }
    [BindProperty] public string? Comment { get; set; }
    [BindProperty] public string? Why { get; set; }

    public ReadyReport Ready { get; private set; } = null!;

    public IReadOnlyList<ReviewComment> Comments { get; private set; } = [];

    public IReadOnlyList<string> Asked => [.. (Questions ?? "").Split('\n').Select(PlainText.Line).Where(q => q.Length > 0).Distinct().Take(MaxQuestions)];

    public Task OnGetAsync(CancellationToken cancel)
    {
        Seen = Latest.Number;
        return LoadAsync(cancel);
    }

    public Task<IActionResult> OnPostAsync(CancellationToken cancel) => StepAsync(null, "publicado", cancel);

    public Task<IActionResult> OnPostProgramarAsync(CancellationToken cancel)
    {
        var parsed = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse((Moment ?? "").Trim());
        var moment = parsed.Success ? company.TimeZone.AtLeniently(parsed.Value).ToDateTimeUtc() : (DateTime?)null;
        if (moment is null || moment <= clock.GetUtcNow().UtcDateTime)
        {
            ModelState.AddModelError(nameof(Moment), texts["Editor.MomentRequired"]);
        }

        return StepAsync(moment, "programado", cancel);
    }

    public async Task<IActionResult> OnPostEnviarAsync(CancellationToken cancel) => await AfterAsync(await publish.SubmitAsync(Article.Id, Seen, await MeAsync(cancel), cancel), "enviado", cancel);

    public async Task<IActionResult> OnPostAprobarAsync(CancellationToken cancel) => await AfterAsync(await publish.ApproveAsync(Article.Id, Seen, await MeAsync(cancel), cancel), "aprobado", cancel);

    public async Task<IActionResult> OnPostDevolverAsync(CancellationToken cancel) => await AfterAsync(await publish.ReturnAsync(Article.Id, Seen, PlainText.Line(Why), await MeAsync(cancel), cancel), "devuelto", cancel);

    public async Task<IActionResult> OnPostDetenerAsync(CancellationToken cancel) => await AfterAsync(await publish.UnscheduleAsync(Article.Id, await MeAsync(cancel), cancel), "sin-programar", cancel);

    public async Task<IActionResult> OnPostComentarAsync(CancellationToken cancel)
    {
        var (text, quote) = (PlainText.Body(Comment), PlainText.Line(Quote));
        if (text.Length is 0 or > ReviewComment.TextMaxLength)
        {
            ModelState.AddModelError(nameof(Comment), texts["Editor.CommentRequired", ReviewComment.TextMaxLength]);
            await LoadAsync(cancel);
            return Refuse();
        }

        db.ReviewComments.Add(ReviewComment.Of(Latest, quote, text, await MeAsync(cancel), clock.GetUtcNow().UtcDateTime));
        await db.InTransactionAsync(() => Task.CompletedTask, cancel);
        return LocalRedirect(Address("publicar") + "?hecho=comentado");
    }

    public async Task<IActionResult> OnPostResueltoAsync(Guid comment, CancellationToken cancel)
    {
        await db.InTransactionAsync(async () => (await db.ReviewComments.SingleOrDefaultAsync(c => c.Id == comment && c.ArticleId == Article.Id, cancel))?.Settle(clock.GetUtcNow().UtcDateTime), cancel);
        return LocalRedirect(Address("publicar"));
    }

    private async Task<IActionResult> StepAsync(DateTime? moment, string done, CancellationToken cancel)
    {
        await LoadAsync(cancel);
        if (Ready.Blocks)
        {
            ModelState.AddModelError("", "Editor.Blocked");
        }

        return ModelState.IsValid ? After(await publish.PublishAsync(Article.Id, Seen, moment, await MeAsync(cancel), cancel), done) : Refuse();
    }

    private async Task<IActionResult> AfterAsync(PublishResult result, string done, CancellationToken cancel)
    {
        await LoadAsync(cancel);
        return After(result, done);
    }

    public async Task LoadAsync(CancellationToken cancel)
    {
        Comments = await db.ReviewComments.AsNoTracking().Where(c => c.ArticleId == Article.Id).OrderBy(c => c.At).ToListAsync(cancel);
        Questions ??= string.Join('\n', Latest.Content.Keywords.Take(3));
        Ready = await read.RunAsync(Article, Latest, Asked, cancel);
    }
}
