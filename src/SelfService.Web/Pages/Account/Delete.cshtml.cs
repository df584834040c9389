using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Components;
using SelfService.Web.Filters;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Account;

/// <summary>/cuenta/datos/eliminar: says what deleting means, asks for the password, and deletes. Not for staff, whose work others depend on.</summary>
[OwnAccount, EnableRateLimiting(RateLimits.SignIns)]
public sealed class DeleteModel(ForgetPerson forget, PasswordCheck passwords, PortalDbContext db, UserManager<Person> users, SignInManager<Person> signIn) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Account.CurrentRequired"), StringLength(PasswordRules.MaxLength, ErrorMessage = "Account.CurrentWrong")]
    public string Password { get; set; } = "";

    /// <summary>Cases that would be closed unanswered.</summary>
    public int Unresolved { get; private set; }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        // By the roles she has: a session of staff without its second factor shows none.
        if ((await users.GetRolesAsync(HttpContext.Owner())).Any(Roles.Staff.Contains))
        {
            context.Result = NotFound();
            return;
        }

        await next();
    }

    public async Task OnGetAsync(CancellationToken cancel) => await CountAsync(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var person = HttpContext.Owner();
        if (!await passwords.IsOwnAsync(person, Password, cancel))
        {
            await CountAsync(cancel);
            return this.Refuse(nameof(Password), "Account.CurrentWrong");
        }

        await forget.RunAsync(person.Id, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, cancel);
        await signIn.SignOutAsync();
        return LocalRedirect("/cuenta/aviso/eliminada");
    }

    private async Task CountAsync(CancellationToken cancel)
    {
        var id = HttpContext.Owner().Id;
        Unresolved = await db.Tickets.CountAsync(t => t.Customer.PersonId == id && t.Status != TicketStatus.Solved && t.Status != TicketStatus.Closed, cancel);
    }
}
