using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.KnowledgeBase.Library;
using SelfService.Core.Persistence;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Editor;

/// <summary>/editor/biblioteca/{hash}: an image, everything that uses it, and how to use it. It can be deleted when nothing does.</summary>
public sealed class LibraryImageModel(PortalDbContext db, DeleteImage delete) : PageModel
{
    public MediaRow Image { get; private set; } = null!;

    public MediaUses Uses { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string hash, CancellationToken cancel)
    {
        if (await db.MediaAsync(hash, cancel) is not { } image)
        {
            return NotFound();
        }

        (Image, Uses) = (image, await MediaUses.ReadAsync(db, hash, cancel));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string hash, CancellationToken cancel)
    {
        switch (await delete.RunAsync(hash, User.PersonId()!.Value, cancel))
        {
            case DeleteImageResult.Deleted:
                return LocalRedirect(EditorAddress.Library + "?borrada=true");
            case DeleteImageResult.Gone:
                return NotFound();
            default:
                // What uses it is on the page.
                ModelState.AddModelError("", "Library.InUse");
                var answer = await OnGetAsync(hash, cancel);
                if (answer is PageResult page)
                {
                    page.StatusCode = StatusCodes.Status409Conflict;
                }

                return answer;
        }
    }
}
