using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SelfService.Core.Persistence;
using SelfService.Core.Requests;
using SelfService.Core.Tickets;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Requests;

/// <summary>The files of a form: stored as soon as they arrive, under the form's key, so that a mistake elsewhere loses none.</summary>
public sealed class FormFiles(PortalDbContext db, AttachmentFolder folder, TimeProvider clock, IStringLocalizer<Texts> texts)
{
    // Two requests of one double click store every file twice; only one of them is accepted.
    private const int StoredAtMost = 3 * Attachment.MaxCount;

    // The other request of a double click is over by then.
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    /// <summary>Name of the control that says which files stay.</summary>
    public static string KeptControl(FormField field) => field.Name + ".kept";

    /// <summary>Whether files came with the request.</summary>
    public static bool Bring(RequestForm form, IFormCollection sent) => sent.Files.Any(file => form.Fields.Any(f => f.Type == FieldType.File && f.Name == file.Name));

    /// <summary>The draft with the files that stay and those that came. Files of other forms are none of this one.</summary>
    /// <param name="arriving">Files that came with the request.</param>
    public async Task<FormDraft> TakeAsync(RequestForm form, FormDraft draft, IFormFileCollection arriving, ModelStateDictionary state, CancellationToken cancel)
    {
        var fields = form.Fields.Where(f => f.Type == FieldType.File).ToList();
        if (fields.Count == 0)
        {
            return draft;
        }

        var stored = await db.Attachments.AsNoTracking().Where(a => a.SubmissionKey == draft.Key).ToListAsync(cancel);
        var kept = new List<KeptFile>(
            from field in fields
            from file in stored
            where draft.Values.All(KeptControl(field)).Any(id => Guid.TryParse(id, out var stays) && stays == file.Id)
            select new KeptFile(field.Name, file.Id, file.Name, file.Size, file.MessageId is not null));
        kept = [.. kept.DistinctBy(file => file.Id)];
        var settled = clock.GetUtcNow().UtcDateTime - Settled;
        foreach (var left in stored.Where(a => a.MessageId is null && a.StoredAt < settled && kept.All(k => k.Id != a.Id)))
        {
            await folder.RemoveAsync(left.Id, draft.Key, cancel);
        }

        foreach (var field in fields)
        {
            await StoreAsync(field, draft.Key, kept, arriving.GetFiles(field.Name), state, cancel);
        }

        return draft with { Files = kept };
    }

    /// <summary>The draft under a key of its own, with the files that no case has claimed.</summary>
    public async Task<FormDraft> StartOverAsync(FormDraft draft, CancellationToken cancel)
    {
        var key = Guid.NewGuid();
        var claimed = await db.Attachments.Where(a => a.SubmissionKey == draft.Key && a.MessageId != null).Select(a => a.Id).ToListAsync(cancel);
        var free = draft.Files.Where(file => !claimed.Contains(file.Id)).ToList();
        await folder.MoveAsync([.. free.Select(f => f.Id)], draft.Key, key, cancel);
        return draft with { Key = key, Files = free };
    }

    private async Task StoreAsync(FormField field, Guid key, List<KeptFile> kept, IReadOnlyList<IFormFile> files, ModelStateDictionary state, CancellationToken cancel)
    {
        var refused = new List<string>();
        foreach (var file in files.Take(StoredAtMost))
        {
            // A form without files sends one without a name.
            if (file is { Length: 0, FileName: "" })
            {
                continue;
            }

            if (kept.Count >= Attachment.MaxCount)
            {
                refused.Add(Refusal(AttachmentProblem.TooMany, AttachmentFolder.CleanName(file.FileName)));
                continue;
            }

            await using var content = file.OpenReadStream();
            var stored = await folder.StoreAsync(content, file.FileName, key, cancel, StoredAtMost);
            if (stored.Attachment is { } attachment)
            {
                kept.Add(new KeptFile(field.Name, attachment.Id, attachment.Name, attachment.Size, IsClaimed: false));
            }
            else
            {
                refused.Add(Refusal(stored.Problem!.Value, stored.Name));
            }
        }

        if (refused.Count > 0)
        {
            state.AddModelError(FormDraft.IdOf(field.Name), string.Join(' ', refused));
        }
    }

    private string Refusal(AttachmentProblem problem, string name) =>
        texts["Request.File" + problem, name, Attachment.MaxCount, Attachment.MaxBytes / (1024 * 1024)];
}
