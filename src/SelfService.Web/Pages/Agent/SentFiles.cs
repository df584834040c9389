using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Agent;

/// <summary>Files of an agent's form: stored as they arrive, so that a mistake in the form does not lose them.</summary>
public sealed class SentFiles(PortalDbContext db, AttachmentFolder folder, IStringLocalizer<Texts> texts)
{
    /// <summary>The files, the longest text as a form writes it, and what surrounds them.</summary>
    public const int MaxRequestBytes = (Attachment.MaxCount * Attachment.MaxBytes) + (1024 * 1024);

    /// <summary>Takes off what is not wanted any more, stores what came, and says at <c>Files</c> what could not be taken.</summary>
    /// <returns>The files that go with the form, in the order they came.</returns>
    public async Task<IReadOnlyList<Attachment>> TakeAsync(Guid key, IReadOnlyList<IFormFile> files, IReadOnlyList<Guid> remove, ModelStateDictionary state, CancellationToken cancel)
    {
        foreach (var id in remove.Take(Attachment.MaxCount))
        {
            await folder.RemoveAsync(id, key, cancel);
        }

        foreach (var file in files.Take(Attachment.MaxCount + 1))
        {
            await using var content = file.OpenReadStream();
            var stored = await folder.StoreAsync(content, file.FileName, key, cancel);
            if (stored.Problem is { } problem)
            {
                state.AddModelError("Files", texts["Desk.File" + problem, stored.Name, Attachment.MaxCount, Attachment.MaxBytes / (1024 * 1024)]);
            }
        }

        return await db.Attachments.AsNoTracking().Where(a => a.SubmissionKey == key && a.MessageId == null).OrderBy(a => a.StoredAt).ThenBy(a => a.Id).ToListAsync(cancel);
    }
}
