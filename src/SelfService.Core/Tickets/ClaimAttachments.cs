using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets;

/// <summary>Files become part of a message.</summary>
public static class ClaimAttachments
{
    /// <summary>
    /// Claims the files that were stored with the message's own key and that nobody has claimed; ids of other people's files
    /// claim nothing.
    /// </summary>
    public static async Task ClaimAttachmentsAsync(this PortalDbContext db, Message message, IReadOnlyList<Guid> ids, CancellationToken cancel)
    {
        if (ids.Count == 0)
        {
            return;
        }

        var files = await db.Attachments
            .Where(a => ids.Contains(a.Id) && a.SubmissionKey == message.SubmissionKey && a.MessageId == null)
            .Take(Attachment.MaxCount).ToListAsync(cancel);
        foreach (var file in files)
        {
            file.MessageId = message.Id;
        }
    }
}
