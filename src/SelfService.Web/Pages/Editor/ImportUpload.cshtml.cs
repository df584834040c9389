using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.KnowledgeBase.Uploads;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Editor;

/// <summary>/editor/importar/{id}: what an archive would do, before anything is written; how far it is; and what it did.</summary>
public sealed class ImportUploadModel(BringArticles bring) : PageModel
{
    /// <summary>Lines at most that are shown of each list; all of them are imported.</summary>
    public const int MaxShown = 200;

    // What takes no longer is shown at once, without a script that asks again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    public BroughtArchive Upload { get; private set; } = null!;

    /// <summary>What it did, or would do; null while that is not known.</summary>
    public UploadReport? Shown => Upload.FinishedAt is not null ? Upload.Report : Upload.Plan;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        for (var waited = TimeSpan.Zero; ; waited += LookEvery)
        {
            if (await bring.FindAsync(id, User.PersonId()!.Value, cancel) is not { } upload)
            {
                return NotFound();
            }

            Upload = upload;
            if (!upload.IsAtWork || waited >= Patience)
            {
                return Page();
            }

            await Task.Delay(LookEvery, cancel);
        }
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel)
    {
        await bring.ConfirmAsync(id, User.PersonId()!.Value, cancel);
        return LocalRedirect(EditorAddress.OfUpload(id));
    }

    public async Task<IActionResult> OnPostDescartarAsync(Guid id, CancellationToken cancel)
    {
        await bring.DropAsync(id, User.PersonId()!.Value, cancel);
        return LocalRedirect(EditorAddress.Import);
    }
}
