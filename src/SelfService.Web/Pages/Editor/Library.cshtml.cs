using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Library;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Components;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Editor;

/// <summary>/editor/biblioteca: every stored image and where it is shown, and new ones.</summary>
[RequestSizeLimit(MaxRequestBytes), RequestFormLimits(MultipartBodyLengthLimit = MaxRequestBytes)]
public sealed class LibraryModel(PortalDbContext db, BringImage bring, IStringLocalizer<Texts> texts) : PageModel
{
    public const int PageSize = 24;
    public const int QueryMaxLength = 100;

    /// <summary>Most images that are brought at once.</summary>
    public const int MaxFiles = 10;

    /// <summary>Name of <see cref="MediaView.Unused"/> in the address.</summary>
    public const string Unused = "sin-uso";

    private const int MaxRequestBytes = (MaxFiles * Media.MaxBytes) + (256 * 1024);

    [BindProperty(Name = "ver", SupportsGet = true)]
    public string? ViewName { get; set; }

    [BindProperty(Name = "q", SupportsGet = true)]
    public string? Query { get; set; }

    [BindProperty]
    public List<IFormFile> Upload { get; set; } = [];

    public MediaView View => ViewName == Unused ? MediaView.Unused : MediaView.All;

    public Page<MediaRow> Images { get; private set; } = new([], 1, PageSize, 0);

    /// <summary>How many were just brought.</summary>
    [BindProperty(Name = "nuevas", SupportsGet = true)]
    public int New { get; set; }

    /// <summary>Whether one was just deleted.</summary>
    [BindProperty(Name = "borrada", SupportsGet = true)]
    public bool IsDeleted { get; set; }

    public Paging Paging => new(Images.Number, Images.Count, page => Address(View, page));

    public Task OnGetAsync([FromQuery(Name = "pagina")] string? page, CancellationToken cancel) => LoadAsync(PageNumber.Parse(page), cancel);

    /// <summary>The same list for the editor's own choice, as JSON.</summary>
    public async Task<IActionResult> OnGetListaAsync(CancellationToken cancel)
    {
        await LoadAsync(1, cancel);
        return new JsonResult(Images.Items.Select(i => new { name = i.Name, url = i.Url, width = i.Width, height = i.Height }));
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (Upload.Count is 0 or > MaxFiles)
        {
            ModelState.AddModelError(nameof(Upload), texts["Library.UploadRequired", MaxFiles]);
        }

        var stored = 0;
        foreach (var file in ModelState.IsValid ? Upload : [])
        {
            if (file.Length <= Media.MaxBytes && await bring.RunAsync(file.FileName, await file.BytesAsync(cancel), cancel) is not null)
            {
                stored++;
            }
            else
            {
                ModelState.AddModelError(nameof(Upload), texts["Library.UploadRefused", PlainText.Line(file.FileName), Media.MaxBytes / 1024 / 1024]);
            }
        }

        if (ModelState.IsValid)
        {
            return LocalRedirect($"{EditorAddress.Library}?nuevas={stored.ToString(CultureInfo.InvariantCulture)}");
        }

        await LoadAsync(1, cancel);
        var page = Page();
        page.StatusCode = StatusCodes.Status400BadRequest;
        return page;
    }

    /// <summary>Address of the list in another view.</summary>
    public string Address(MediaView view, int page = 1) => QueryHelpers.AddQueryString(EditorAddress.Library, new Dictionary<string, string?>
    {
        ["ver"] = view == MediaView.Unused ? Unused : null,
        ["q"] = Query,
        ["pagina"] = page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null,
    }.Where(p => !string.IsNullOrEmpty(p.Value)));

    private async Task LoadAsync(int page, CancellationToken cancel)
    {
        Query = PlainText.Line(Query).Cut(QueryMaxLength);
        Images = await db.MediaAsync(View, Query, page, PageSize, cancel);
    }
}
