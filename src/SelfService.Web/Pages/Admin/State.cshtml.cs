using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.Audit;
using SelfService.Core.Persistence;
using SelfService.Core.Persistence.Backups;
using SelfService.Web.Operations;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Admin;

/// <summary>/admin/estado: every part of the portal on this node, its last error, and a button where a person can help.</summary>
[Authorize(Policy = Accounts.AdminPolicy)]
public sealed class StateModel(PortalState state, WorkLog work, ScheduledBackups backups, ContentImporter importer, PortalDbContext db, TimeProvider clock) : PageModel
{
    private const string Address = "/admin/estado";

    public PortalState State => state;

    /// <summary>What is done again and again, what fails first.</summary>
    public IReadOnlyList<WorkRun> Work => work.All;

    public bool IsImporting => importer.IsAsked;

    public bool IsBackingUp => backups.IsAsked;

    public Task OnGetAsync(CancellationToken cancel)
    {
        Response.Headers.CacheControl = "no-cache, no-store";
        return state.LookAsync(cancel);
    }

    /// <summary>Has the content folder read again, beside everything else.</summary>
    public Task<IActionResult> OnPostImportAsync(CancellationToken cancel) => AskAsync(importer.Ask, "import", cancel);

    /// <summary>Has a backup made, beside everything else.</summary>
    public Task<IActionResult> OnPostBackupAsync(CancellationToken cancel) => AskAsync(backups.Ask, "backup", cancel);

    private async Task<IActionResult> AskAsync(Action ask, string detail, CancellationToken cancel)
    {
        db.Audit(AuditKind.Maintained, clock.GetUtcNow().UtcDateTime, User.PersonId(), detail: detail);
        await db.SaveChangesAsync(cancel);
        ask();
        return LocalRedirect(Address);
    }
}
