using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Library;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Editor;

/// <summary>POST /editor/imagenes: an image that was pasted, dropped or chosen. The answer is what to write into the text.</summary>
[RequestSizeLimit(MaxRequestBytes), RequestFormLimits(MultipartBodyLengthLimit = MaxRequestBytes)]
public sealed class ImagesModel(BringImage bring, IStringLocalizer<Texts> texts) : PageModel
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

        return await bring.RunAsync(Image.FileName, await Image.BytesAsync(cancel), cancel) is { } media
            ? new JsonResult(new { url = media.Url, media.Width, media.Height })
            : BadRequest(texts["Editor.ImageUnknown"].Value);
    }
}
