using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using SelfService.Core;
using SelfService.Core.KnowledgeBase.Uploads;
using SelfService.Web.Resources;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Editor;

/// <summary>/editor/importar: articles and images as a ZIP, or as files or a folder chosen in the browser; and everything as a ZIP.</summary>
[RequestSizeLimit(MaxRequestBytes), RequestFormLimits(MultipartBodyLengthLimit = MaxRequestBytes, ValueCountLimit = ArticleArchive.MaxFiles + 100)]
public sealed class ImportModel(BringArticles bring, EditorWords words, IStringLocalizer<Texts> texts) : PageModel
{
    // A file somewhat too large is told so beside its field; thousands of files have thousands of heads.
    private const int MaxRequestBytes = ArticleArchive.MaxBytes + (8 * 1024 * 1024);
    private const int MaxShown = 5;

    [BindProperty]
    public List<IFormFile> Upload { get; set; } = [];

    /// <summary>Key of the form: sent twice, what was chosen is kept once.</summary>
    [BindProperty]
    public Guid Key { get; set; }

    public IReadOnlyList<BroughtArchive> Brought { get; private set; } = [];

    /// <summary>The limits of an archive, for who makes one.</summary>
    public object[] Limits =>
    [
        ArticleArchive.MaxBytes / 1024 / 1024, ArticleArchive.MaxUnpacked / 1024 / 1024, ArticleArchive.MaxFiles.ToString("N0", CultureInfo.CurrentCulture),
    ];

    public Task OnGetAsync(CancellationToken cancel)
    {
        Key = OrderedId.New();
        return LoadAsync(cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Key = Key == Guid.Empty ? OrderedId.New() : Key;
        if (Upload.Count == 0)
        {
            ModelState.AddModelError(nameof(Upload), texts["Import.Required"]);
        }

        if (ModelState.IsValid && await BringAsync(cancel))
        {
            return LocalRedirect(EditorAddress.OfUpload(Key));
        }

        await LoadAsync(cancel);
        var page = Page();
        page.StatusCode = StatusCodes.Status400BadRequest;
        return page;
    }

    private async Task<bool> BringAsync(CancellationToken cancel)
    {
        try
        {
            var first = Upload[0].FileName;
            var isArchive = Upload.Count == 1 && first.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
            var name = isArchive ? first[(first.LastIndexOfAny(['/', '\\']) + 1)..] : Upload.Count == 1 ? first : texts["Import.FilesNamed", Upload.Count.ToString("N0", CultureInfo.CurrentCulture)].Value;
            var bytes = Upload.Sum(f => f.Length) > ArticleArchive.MaxBytes ? throw new ArchiveException(ArchiveProblem.TooLarge)
                : isArchive ? await Upload[0].BytesAsync(cancel)
                : await ArticleArchive.PackAsync(Upload.Select(f => (f.FileName, f.OpenReadStream())), cancel);
            await bring.RunAsync(Key, name, bytes, User.PersonId()!.Value, cancel);
            return true;
        }
        catch (ArchiveException problem)
        {
            ModelState.AddModelError(nameof(Upload), words.Problem(problem));
            return false;
        }
    }

    private async Task LoadAsync(CancellationToken cancel) => Brought = await bring.NewestAsync(User.PersonId()!.Value, MaxShown, cancel);
}
