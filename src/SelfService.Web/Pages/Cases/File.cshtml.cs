using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Cases;

/// <summary>
/// GET /casos/{number}/archivos/{id}: a file of the case, as a download in which nothing runs. Of messages that she may read:
/// files of notes are for the desk, and those of a form that was not accepted for nobody.
/// </summary>
public sealed class FileModel(PortalDbContext db, AttachmentFolder folder) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        var subject = HttpContext.Case();
        var readable = db.Messages.Where(m => m.TicketId == subject.Ticket.Id && (subject.Viewer.IsDesk || !m.IsNote)).Select(m => (Guid?)m.Id);
        var file = await db.Attachments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && readable.Contains(a.MessageId), cancel);
        if (file is null)
        {
            return NotFound();
        }

        try
        {
            var content = folder.Open(file);
            Response.Headers.ContentSecurityPolicy = SecurityHeaders.FilePolicy;
            return File(content, file.ContentType, file.Name);
        }
        catch (IOException exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // Restored without its files, say: the page is the one of what is not there.
            return NotFound();
        }
    }
}
