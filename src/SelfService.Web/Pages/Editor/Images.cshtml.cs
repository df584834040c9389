using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Persistence;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Editor;

/// <summary>POST /editor/imagenes: an image that was pasted, dropped or chosen. The answer is what to write into the text.</summary>
[RequestSizeLimit(MaxRequestBytes), RequestFormLimits(MultipartBodyLengthLimit = MaxRequestBytes)]
public sealed class ImagesModel(PortalDbContext db, IStringLocalizer<Texts> texts) : PageModel
{
    private const int MaxRequestBytes = Media.MaxBytes + (256 * 1024);

    [BindProperty(Name = "imagen")]
    public IFormFile? Image { get; set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (Image is null || Image.Length > Media.MaxBytes)
        {
            return BadRequest(texts["Editor.ImageTooLarge", Media.MaxBytes / 1024 / 1024].Value);
        }

        using var bytes = new MemoryStream();
        await Image.CopyToAsync(bytes, cancel);
        if (ImageFile.Read(Image.FileName, bytes.ToArray()) is not { } media)
        {
            return BadRequest(texts["Editor.ImageUnknown"].Value);
        }

        if (await db.Media.AnyAsync(m => m.Hash == media.Hash, cancel))
        {
            // Sent before under this or another name: it is the same image.
            media = await db.Media.AsNoTracking().SingleAsync(m => m.Hash == media.Hash, cancel);
        }
        else
        {
            try
            {
                db.Media.Add(media);
                await db.InTransactionAsync(() => Task.CompletedTask, cancel);
            }
            catch (DbUpdateException exception) when (db.IsDuplicateKey(exception))
            {
                // At the same moment by somebody else.
                db.ChangeTracker.Clear();
            }
        }

        return new JsonResult(new { url = media.Url, media.Width, media.Height });
    }
}
