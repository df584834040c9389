using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.Jobs;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Admin;

/// <summary>POST /admin/trabajos/reintentar: one job, or every dead one of a kind, is tried again at once.</summary>
[Authorize(Policy = Accounts.AdminPolicy)]
public sealed class RetryJobsModel(RetryJobs retry) : PageModel
{
    [BindProperty]
    public Guid? Job { get; set; }

    [BindProperty]
    public string? Kind { get; set; }

    public IActionResult OnGet() => LocalRedirect("/admin/trabajos");

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var me = User.PersonId()!.Value;
        if (Job is { } job)
        {
            await retry.OneAsync(job, me, cancel);
        }
        else if (Kind is { Length: > 0 and <= Core.Jobs.Job.KindMaxLength } kind)
        {
            await retry.DeadAsync(kind, me, cancel);
        }
        else
        {
            return BadRequest();
        }

        return LocalRedirect("/admin/trabajos");
    }
}
