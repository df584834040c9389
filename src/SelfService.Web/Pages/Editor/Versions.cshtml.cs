using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.KnowledgeBase.Variants;
using SelfService.Core.Persistence;
using SelfService.Web.Components;

namespace SelfService.Web.Pages.Editor;

/// <summary>/editor/versiones: articles that are missing in a language or for a country; each can be begun from the article itself.</summary>
public sealed class VersionsModel(PortalDbContext db, WriteArticle write, CompanyProfile company) : ListPage
{
    /// <summary>Language or country that is looked at, such as <c>en</c> or <c>CO</c>.</summary>
    [BindProperty(Name = "en", SupportsGet = true)]
    public string? In { get; set; }

    /// <summary>What can be missing: other languages than the company's own, and countries where it serves several.</summary>
    public IReadOnlyList<string> Choices => [.. company.Languages.Where(l => l != company.ContentLang()), .. company.Countries.Count > 1 ? company.Countries : []];

    public Page<MissingVariant> Found { get; private set; } = new([], 1, PageSize, 0);

    public Paging Paging => new(Found.Number, Found.Count, page => Address(EditorAddress.Versions, page, ("en", In)));

    public async Task OnGetAsync(CancellationToken cancel)
    {
        In = Choices.Contains(In) ? In : Choices.Count > 0 ? Choices[0] : null;
        if (In is { } chosen)
        {
            var (language, country) = Split(chosen);
            Found = await ReadAsync(page => db.MissingVariantsAsync(language, country, page, PageSize, cancel));
        }
    }

    /// <summary>Begins the version with the text of the article.</summary>
    public async Task<IActionResult> OnPostAsync(string? slug, CancellationToken cancel)
    {
        if (!Choices.Contains(In) || await db.Articles.Where(a => a.Slug == slug && a.VariantOf == "").Select(a => a.PublishedRevision).SingleOrDefaultAsync(cancel) is not { } shown)
        {
            return LocalRedirect(EditorAddress.Versions);
        }

        var (language, country) = Split(In!);
        var content = shown.FullContent with { Language = language, Country = country, VariantOf = slug!, Slug = null, RedirectFrom = [], Date = null, PublishAt = null };
        var begun = await write.CreateAsync(content, await db.EditorAsync(User, cancel), cancel, existing: () =>
            db.Articles.Where(a => a.VariantOf == slug && a.Language == language && a.Country == country && a.TrashedAt == null).Select(a => a.Slug).FirstOrDefaultAsync(cancel));
        return LocalRedirect(begun is null ? EditorAddress.Versions : EditorAddress.Of(begun));
    }

    private static (string Language, string Country) Split(string chosen) => char.IsAsciiLetterUpper(chosen[0]) ? ("", chosen) : (chosen, "");
}
