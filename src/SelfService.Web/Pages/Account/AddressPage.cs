using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Web.Components;

namespace SelfService.Web.Pages.Account;

/// <summary>
/// A page that takes an address and leaves one job for it. Nothing here depends on whether it has an account, so that nobody
/// learns that from the answer or the time it takes.
/// </summary>
/// <param name="job">Kind of the job.</param>
/// <param name="sent">Address of the page that says what comes by mail.</param>
public abstract class AddressPage(PortalDbContext db, TimeProvider clock, string job, string sent) : PageModel
{
    [BindProperty, Required(ErrorMessage = "SignIn.EmailRequired"), StringLength(EmailAddress.MaxLength, ErrorMessage = "SignIn.EmailInvalid")]
    public string Email { get; set; } = "";

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (EmailAddress.Parse(Email) is not { } address)
        {
            return this.Refuse(nameof(Email), "SignIn.EmailInvalid");
        }

        db.Jobs.Add(new AccountRequest(address, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName).ToJob(job, clock.GetUtcNow().UtcDateTime));
        await db.SaveChangesAsync(cancel);
        return LocalRedirect(sent);
    }
}
