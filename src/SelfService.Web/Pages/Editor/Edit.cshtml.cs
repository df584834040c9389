using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.Persistence;
using SelfService.Web.Resources;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Editor;

/// <summary>
/// /editor/articulos/{slug}: where an article is written. Saved as a revision with a button; what is typed in between is kept by itself,
/// and shown as readers will see it. Who saves second sees both texts.
/// </summary>
public sealed class EditModel(PortalDbContext db, WriteArticle write, CompanyProfile company, IStringLocalizer<Texts> texts) : TextPage(db, company)
{
    private readonly PortalDbContext db = db;
    private readonly CompanyProfile company = company;

    /// <summary>Both texts in one, where she asks for them instead of hers.</summary>
    [BindProperty]
    public string? Together { get; set; }

    public IReadOnlyList<TopicName> Topics { get; private set; } = [];

    /// <summary>When what is shown was kept without being saved; null when it is the newest revision.</summary>
    public DateTime? KeptAt { get; private set; }

    /// <summary>The text as readers will see it, where it was asked for without a script.</summary>
    public RenderedArticle? Preview { get; private set; }

    /// <summary>What another saved meanwhile, beside hers.</summary>
    public Meeting? Meeting { get; private set; }

    /// <summary>Comments on the way to publication that are open.</summary>
    public IReadOnlyList<ReviewComment> Comments { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        var me = User.PersonId()!.Value;
        var kept = await db.Autosaves.AsNoTracking().SingleOrDefaultAsync(a => a.ArticleId == Article.Id && a.PersonId == me, cancel);
        KeptAt = kept?.SavedAt;
        Form = FormOf(kept?.FullContent ?? Latest.FullContent, kept?.BaseNumber ?? Latest.Number);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        Form.Check(ModelState, Topics.Select(t => t.Slug).ToHashSet(), company, (key, values) => texts[key, values]);
        if (EditForm.SlugOf(Form.VariantOf) is { Length: > 0 } main && !await db.Articles.AnyAsync(a => a.Slug == main && a.VariantOf == "" && a.Id != Article.Id, cancel))
        {
            ModelState.AddModelError(nameof(Form.VariantOf), texts["Editor.VariantUnknown"]);
        }

        if (!ModelState.IsValid)
        {
            return Refuse();
        }

        var (me, content) = (await MeAsync(cancel), Typed());
        var saved = await write.SaveAsync(Article.Id, Form.Base, content, me, cancel);
        if (saved.Result is SaveResult.Saved or SaveResult.Same)
        {
            return LocalRedirect(Address() + (saved.Result == SaveResult.Saved ? "?hecho=guardado" : "?hecho=igual"));
        }

        if (saved.Result == SaveResult.Gone)
        {
            return NotFound();
        }

        // Nothing of hers depends on this page staying open.
        await write.KeepAsync(Article.Id, Form.Base, content, me.Id, cancel);
        Form = FormOf(content, Form.Base);
        Meeting = await Meeting.ReadAsync(db, Article.Id, Form.Base, Form, r => FormOf(r.FullContent, r.Number), cancel);
        Form.Base = Meeting.Theirs.Number;
        ModelState.AddModelError("", "Editor.Overtaken");
        return Refuse(StatusCodes.Status409Conflict);
    }

    /// <summary>The page again, with the text as readers will see it.</summary>
    public async Task<IActionResult> OnPostVistaAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        Preview = await write.RenderAsync(Article.Id, Typed(), cancel);
        return Page();
    }

    /// <summary>The page again, with both texts in one.</summary>
    public async Task<IActionResult> OnPostJuntarAsync(CancellationToken cancel)
    {
        Form.Body = Together;
        return await OnPostVistaAsync(cancel);
    }

    /// <summary>Forgets what was kept and not saved.</summary>
    public async Task<IActionResult> OnPostDescartarAsync(CancellationToken cancel)
    {
        await write.DropAsync(Article.Id, User.PersonId()!.Value, cancel);
        return LocalRedirect(Address() + "?hecho=descartado");
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        Topics = await db.TopicNamesAsync(cancel);
        Comments = await db.ReviewComments.AsNoTracking().Where(c => c.ArticleId == Article.Id && c.SettledAt == null).OrderBy(c => c.At).ToListAsync(cancel);
    }
}
