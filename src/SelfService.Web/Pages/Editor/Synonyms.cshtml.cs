using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.Persistence;
using SelfService.Core.Synonyms;
using SelfService.Web.Resources;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Editor;

/// <summary>/editor/sinonimos: what editors have the search know. What it would change is shown before it is saved; saved, it counts at once.</summary>
[RequestFormLimits(ValueCountLimit = MaxValues)]
public sealed class SynonymsModel(
    PortalDbContext db, CompanySynonyms company, WriteSynonyms write, PreviewSynonyms preview, EditorWords words, IStringLocalizer<Texts> texts) : PageModel
{
    public const int MaxQuestions = 5;

    // Every line of the file may be switched off.
    private const int MaxValues = 10_000;

    [BindProperty(Name = "")]
    public SynonymForm Form { get; set; } = new();

    public SynonymEdition? Latest { get; private set; }

    public IReadOnlyList<string> Lines => company.Lines;

    /// <summary>What is wrong with the rules, line by line, in words.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

    public SynonymPreview? Preview { get; private set; }

    public SynonymMeeting? Meeting { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Latest = await db.LatestSynonymsAsync(cancel);
        Form.Show(Latest?.Number ?? 0, Latest?.Rules ?? SynonymRules.None);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var rules = await ReadAsync(cancel);
        if (!ModelState.IsValid)
        {
            return Again(StatusCodes.Status400BadRequest);
        }

        var saved = await write.SaveAsync(Form.Base, rules, await db.EditorAsync(User, cancel), cancel);
        if (saved.Result != SaveResult.Overtaken)
        {
            await SearchWords.FollowAsync(HttpContext.RequestServices, cancel);
            return LocalRedirect(EditorAddress.Synonyms + (saved.Result == SaveResult.Saved ? "?hecho=guardado" : "?hecho=igual"));
        }

        Latest = await db.LatestSynonymsAsync(cancel);
        var began = await db.SynonymEditions.AsNoTracking().SingleOrDefaultAsync(e => e.Number == Form.Base, cancel);
        Meeting = SynonymMeeting.Of(began?.Rules ?? SynonymRules.None, Latest!, rules);
        Form.Show(Latest!.Number, Meeting.Mine);
        ModelState.AddModelError("", "Synonyms.Overtaken");
        return Again(StatusCodes.Status409Conflict);
    }

    /// <summary>The page again, with what would change; nothing is saved.</summary>
    public async Task<IActionResult> OnPostVerAsync(CancellationToken cancel)
    {
        var (rules, asked) = (await ReadAsync(cancel), Form.Asked);
        if (asked.Count > MaxQuestions)
        {
            ModelState.AddModelError(nameof(Form.Questions), texts["Synonyms.TooManyQuestions", MaxQuestions]);
        }

        Preview = ModelState.IsValid ? await preview.RunAsync(rules, asked, cancel) : null;
        return Again(Preview is null ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }

    /// <summary>The page again, with both texts in one.</summary>
    public async Task<IActionResult> OnPostJuntarAsync(CancellationToken cancel)
    {
        Form.Rules = Form.Together;
        await ReadAsync(cancel);
        return Again(StatusCodes.Status200OK);
    }

    // What was typed, and beside its field what cannot be used of it.
    private async Task<SynonymRules> ReadAsync(CancellationToken cancel)
    {
        Latest = await db.LatestSynonymsAsync(cancel);
        var rules = Form.Typed(Lines, Latest);
        Form.Show(Form.Base, rules);
        Problems = words.Lines(rules.Problems(company.Language));
        if (Problems.Count > 0)
        {
            ModelState.AddModelError(nameof(Form.Rules), Problems[0]);
        }

        return rules;
    }

    private PageResult Again(int status)
    {
        var page = Page();
        page.StatusCode = status;
        return page;
    }
}
