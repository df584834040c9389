using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Cases;

/// <summary>The files of a reply: stored as they arrive, so that a mistake in the form does not lose them.</summary>
public sealed class ReplyFiles(PortalDbContext db, AttachmentFolder folder, IStringLocalizer<Texts> texts)
{
    /// <summary>Field that errors about files belong to.</summary>
    public const string Field = "Files";

    /// <summary>Takes off what is not wanted any more, stores what came, and says what could not be taken.</summary>
    /// <returns>The files that go with the reply, in the order they came.</returns>
    public async Task<IReadOnlyList<Attachment>> TakeAsync(
        Guid key, IReadOnlyList<IFormFile> files, IReadOnlyList<Guid> remove, ModelStateDictionary state, CancellationToken cancel)
    {
        foreach (var id in remove.Take(Attachment.MaxCount))
        {
            await folder.RemoveAsync(id, key, cancel);
        }

        foreach (var file in files)
        {
            await using var content = file.OpenReadStream();
            var stored = await folder.StoreAsync(content, file.FileName, key, cancel);
            if (stored.Problem is { } problem)
            {
                state.AddModelError(Field, texts["Case.File" + problem, stored.Name, Attachment.MaxCount, Attachment.MaxBytes / (1024 * 1024)]);
            }

            if (stored.Problem == AttachmentProblem.TooMany)
            {
                break;
            }
        }

        return await db.Attachments.AsNoTracking().Where(a => a.SubmissionKey == key && a.MessageId == null).OrderBy(a => a.StoredAt).ThenBy(a => a.Id).ToListAsync(cancel);
    }
}
