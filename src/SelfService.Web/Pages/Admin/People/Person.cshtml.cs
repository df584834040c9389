using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.People;
using SelfService.Core.People.SecondFactors;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Admin.People;

/// <summary>/admin/personas/{id}: what somebody may do, and help for who cannot come in.</summary>
[Authorize(Policy = Accounts.AdminPolicy)]
public sealed class PersonModel(
    UserManager<Person> users, ChangeRoles changeRoles, SignInAttempts attempts, EndSessions endSessions, ChangeSecondFactor factors, TimeProvider clock) : PageModel
{
    /// <summary>Roles that are ticked.</summary>
    [BindProperty(Name = "roles")]
    public List<string> Wanted { get; set; } = [];

    public Person Person { get; private set; } = null!;

    public bool HasApp => Person.TwoFactorEnabled;

    public int Passkeys { get; private set; }

    public bool IsLocked => Person.LockoutEnd > clock.GetUtcNow();

    public bool IsSelf => Person.Id == User.PersonId();

    /// <summary>Word for what has just been done; null when the page is only looked at.</summary>
    public string? Done { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, string? hecho)
    {
        if (await users.FindByIdAsync(id.ToString()) is not { } person)
        {
            return NotFound();
        }

        await ShowAsync(person);
        Wanted = [.. await users.GetRolesAsync(person)];
        Done = hecho is "roles" or "bloqueo" or "sesiones" or "factores" ? hecho : null;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel)
    {
        if (await users.FindByIdAsync(id.ToString()) is not { } person)
        {
            return NotFound();
        }

        var change = await changeRoles.RunAsync(id, Wanted, User.PersonId()!.Value, cancel);
        if (change == RoleChange.Done)
        {
            return Back(id, "roles");
        }

        await ShowAsync(person);
        ModelState.AddModelError("role-admin", "People." + change);
        var page = Page();
        page.StatusCode = StatusCodes.Status400BadRequest;
        return page;
    }

    public Task<IActionResult> OnPostUnlockAsync(Guid id, CancellationToken cancel) => DoAsync(id, "bloqueo", actor => attempts.UnlockAsync(id, actor, cancel));

    public Task<IActionResult> OnPostSessionsAsync(Guid id, CancellationToken cancel) => DoAsync(id, "sesiones", actor => endSessions.RunAsync(id, actor, cancel));

    public Task<IActionResult> OnPostFactorsAsync(Guid id, CancellationToken cancel) => DoAsync(id, "factores", actor => factors.RemoveAllAsync(id, actor, cancel));

    private async Task<IActionResult> DoAsync(Guid id, string done, Func<Guid, Task> what)
    {
        if (await users.FindByIdAsync(id.ToString()) is null)
        {
            return NotFound();
        }

        await what(User.PersonId()!.Value);
        return Back(id, done);
    }

    private async Task ShowAsync(Person person)
    {
        Person = person;
        Passkeys = (await users.GetPasskeysAsync(person)).Count;
    }

    private LocalRedirectResult Back(Guid id, string done) => LocalRedirect($"/admin/personas/{id}?hecho={done}");
}
