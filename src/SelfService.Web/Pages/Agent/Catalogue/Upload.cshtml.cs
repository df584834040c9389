using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SelfService.Core.Catalog;
using SelfService.Core.Catalog.Csv;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Resources;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Agent.Catalogue;

/// <summary>/agente/catalogo/archivos/{id}: what a file would change, line by line, before anything does.</summary>
public sealed class UploadModel(PortalDbContext db, PlanUpload plans, ApplyUpload apply, IStringLocalizer<Texts> texts) : PageModel
{
    /// <summary>Lines at most that are shown of each list; all of them are applied.</summary>
    public const int MaxShown = 200;

    /// <summary><see cref="UploadPlan.Mark"/> of what the page showed.</summary>
    [BindProperty]
    public string? Mark { get; set; }

    /// <summary>Why pieces change.</summary>
    [BindProperty]
    public string? Note { get; set; }

    public CatalogUpload Upload { get; private set; } = null!;

    /// <summary>What it would change now; null when it has been applied.</summary>
    public UploadPlan? Plan { get; private set; }

    /// <summary>It would do something else now than what was looked at.</summary>
    public bool HasMoved { get; private set; }

    public bool NeedsNote => Upload.Kind == CatalogUploadKind.Stock;

    /// <summary>Address of a file.</summary>
    public static string AddressOf(Guid id) => $"{IndexModel.Here}/archivos/{id}";

    // Before the form is read: also a page that says it cannot be read shows the file.
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (Guid.TryParse((string?)context.RouteData.Values["id"], out var id) && await LoadAsync(id))
        {
            await next();
        }
        else
        {
            context.Result = NotFound();
        }
    }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Note = PlainText.Line(Note);
        if (Plan is not null && NeedsNote && Note.Length is 0 or > StockMovement.NoteMaxLength)
        {
            ModelState.AddModelError(nameof(Note), texts[Note.Length == 0 ? "Desk.StockNoteRequired" : "Desk.PromiseTooLong"]);
            return Refuse(StatusCodes.Status400BadRequest);
        }

        var outcome = await apply.RunAsync(Upload.Id, Mark ?? "", Note, User.PersonId()!.Value, cancel);
        if (outcome != UploadOutcome.Moved)
        {
            return outcome == UploadOutcome.Unknown ? NotFound() : LocalRedirect(AddressOf(Upload.Id));
        }

        HasMoved = true;
        return await LoadAsync(Upload.Id) ? Refuse(StatusCodes.Status409Conflict) : NotFound();
    }

    private PageResult Refuse(int status)
    {
        var page = Page();
        page.StatusCode = status;
        return page;
    }

    private async Task<bool> LoadAsync(Guid id)
    {
        var cancel = HttpContext.RequestAborted;
        if (await db.CatalogUploads.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancel) is not { } upload || (upload.Kind == CatalogUploadKind.Catalogue && !User.IsInRole(Roles.Admin)))
        {
            return false;
        }

        Upload = upload;
        Plan = upload.AppliedAt is null ? await plans.RunAsync(upload, cancel) : null;
        return true;
    }
}
