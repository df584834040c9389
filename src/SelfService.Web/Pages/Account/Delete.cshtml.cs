using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Orders;
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

    /// <summary>Store credit that she accepts to lose, in minor units; nothing while she has not.</summary>
    [BindProperty]
    public string? GivenUp { get; set; }

    /// <summary>Store credit that is lost with the account, in minor units.</summary>
    public long StoreCredit { get; private set; }

    /// <summary>Cases that would be closed unanswered.</summary>
    public int Unresolved { get; private set; }

    /// <summary>An order or appointment that has to be finished before.</summary>
    public OpenRecord? Open { get; private set; }

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

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Open = await db.OpenRecordAsync(HttpContext.Owner().Id, cancel);
        await CountAsync(cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var person = HttpContext.Owner();
        await CountAsync(cancel);
        if (!await passwords.IsOwnAsync(person, Password, cancel))
        {
            return this.Refuse(nameof(Password), "Account.CurrentWrong");
        }

        _ = long.TryParse(GivenUp, NumberStyles.None, CultureInfo.InvariantCulture, out var givenUp);
        if (await forget.RunAsync(person.Id, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, givenUp, cancel) is { } obstacle)
        {
            (Open, StoreCredit) = (obstacle.Open, obstacle.StoreCredit);
            if (Open is null)
            {
                return this.Refuse(nameof(GivenUp), "Account.DeleteCreditRequired");
            }

            var page = Page();
            page.StatusCode = StatusCodes.Status409Conflict;
            return page;
        }

        await signIn.SignOutAsync();
        return LocalRedirect("/cuenta/aviso/eliminada");
    }

    private async Task CountAsync(CancellationToken cancel)
    {
        var id = HttpContext.Owner().Id;
        StoreCredit = await db.StoreCreditAsync(id, cancel);
        Unresolved = await db.Tickets.CountAsync(t => t.Customer.PersonId == id && t.Status != TicketStatus.Solved && t.Status != TicketStatus.Closed, cancel);
    }
}
