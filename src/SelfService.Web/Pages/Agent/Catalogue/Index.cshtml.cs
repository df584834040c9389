using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SelfService.Core.Catalog;
using SelfService.Core.Catalog.Csv;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Web.Resources;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Agent.Catalogue;

/// <summary>A file that was brought not long ago.</summary>
public sealed record BroughtFile(Guid Id, CatalogUploadKind Kind, string FileName, string? Person, DateTime BroughtAt, DateTime? AppliedAt);

/// <summary>/agente/catalogo: the catalogue and the stock as files, out and in. Prices and names are for administrators.</summary>
[RequestSizeLimit(MaxRequestBytes), RequestFormLimits(MultipartBodyLengthLimit = MaxRequestBytes)]
public sealed class IndexModel(PortalDbContext db, BringUpload bring, UploadWords words, IStringLocalizer<Texts> texts) : PageModel
{
    public const string Here = "/agente/catalogo";

    // A file somewhat too large is told so beside its field.
    private const int MaxRequestBytes = CatalogUpload.MaxBytes + (1024 * 1024);
    private const int MaxShown = 10;

    [BindProperty]
    public CatalogUploadKind? Kind { get; set; }

    [BindProperty]
    public IFormFile? Upload { get; set; }

    /// <summary>Key of the form: sent twice, the file is kept once.</summary>
    [BindProperty]
    public Guid Key { get; set; }

    public IReadOnlyList<CatalogUploadKind> Kinds => MayBring(CatalogUploadKind.Catalogue) ? [CatalogUploadKind.Catalogue, CatalogUploadKind.Stock] : [CatalogUploadKind.Stock];

    public IReadOnlyList<BroughtFile> Brought { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancel)
    {
        Key = Guid.NewGuid();
        return LoadAsync(cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (Kind is { } kind && !MayBring(kind))
        {
            return NotFound();
        }

        Key = Key == Guid.Empty ? Guid.NewGuid() : Key;
        if (Kind is null)
        {
            ModelState.AddModelError(nameof(Kind), texts["Desk.CatalogKindRequired"]);
        }

        if (Upload is null)
        {
            ModelState.AddModelError(nameof(Upload), texts["Desk.CatalogFileRequired"]);
        }

        if (ModelState.IsValid && await BringAsync(Kind!.Value, Upload!, cancel))
        {
            return LocalRedirect(UploadModel.AddressOf(Key));
        }

        await LoadAsync(cancel);
        var page = Page();
        page.StatusCode = StatusCodes.Status400BadRequest;
        return page;
    }

    private async Task<bool> BringAsync(CatalogUploadKind kind, IFormFile file, CancellationToken cancel)
    {
        try
        {
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, cancel);
            await bring.RunAsync(Key, kind, file.FileName, bytes.ToArray(), User.PersonId()!.Value, cancel);
            return true;
        }
        catch (CsvException problem)
        {
            ModelState.AddModelError(nameof(Upload), words.Problem(problem));
            return false;
        }
    }

    private bool MayBring(CatalogUploadKind kind) => kind == CatalogUploadKind.Stock || User.IsInRole(Roles.Admin);

    private async Task LoadAsync(CancellationToken cancel)
    {
        var kinds = Kinds;
        Brought = await db.CatalogUploads.AsNoTracking().Where(u => EF.Parameter(kinds).Contains(u.Kind)).OrderByDescending(u => u.BroughtAt).Take(MaxShown)
            .Select(u => new BroughtFile(u.Id, u.Kind, u.FileName, db.Users.Where(p => p.Id == u.PersonId).Select(p => p.Name).FirstOrDefault(), u.BroughtAt, u.AppliedAt)).ToListAsync(cancel);
    }
}
