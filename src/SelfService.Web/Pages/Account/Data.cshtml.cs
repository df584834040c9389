using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using SelfService.Core.People;
using SelfService.Web.Filters;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Account;

/// <summary>/cuenta/datos: a copy of everything we hold of the person, and the way to delete the account.</summary>
[OwnAccount, EnableRateLimiting(RateLimits.SignIns)]
public sealed class DataModel(PersonalCopy copy, UserManager<Person> users, SelfServiceOptions options, TimeProvider clock) : PageModel
{
    /// <summary>Whether she works here, by the roles she has and not by those her session shows.</summary>
    public bool IsStaff { get; private set; }

    public async Task OnGetAsync() => IsStaff = (await users.GetRolesAsync(HttpContext.Owner())).Any(Roles.Staff.Contains);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        // Whole before the first byte leaves, so that a failure is an error page and not a broken file; gone when it is closed.
        var path = Path.Combine(options.DataDirectory, $"copy-{Guid.NewGuid():N}.zip");
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        try
        {
            await copy.WriteAsync(HttpContext.Owner(), file, cancel);
            file.Position = 0;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }

        Response.Headers.CacheControl = "no-store";
        return File(file, "application/zip", $"{clock.GetUtcNow():yyyy-MM-dd}.zip");
    }
}
