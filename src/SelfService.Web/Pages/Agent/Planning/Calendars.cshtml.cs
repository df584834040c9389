using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.Appointments;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Agent.Planning;

/// <summary>/agente/agenda/calendarios: the secret address under which a calendar program follows what one person gives. It is shown once.</summary>
public sealed class CalendarsModel(Calendars calendars, Agenda agenda, SelfServiceOptions options) : PageModel
{
    /// <summary>Key of the person whose address was made or ended just now.</summary>
    [BindProperty]
    public string? Person { get; set; }

    /// <summary>The new address; null when none was made.</summary>
    public string? Secret { get; private set; }

    /// <summary>Whether an address was ended just now.</summary>
    public bool IsRevoked { get; private set; }

    /// <summary>Everybody, with the moment since when the calendar has an address; null where it has none.</summary>
    public IReadOnlyList<(Resource Person, DateTime? Since)> People { get; private set; } = [];

    /// <summary>Name of the person of <see cref="Person"/>.</summary>
    public string Name => agenda.Resource(Person)?.Name ?? "";

    public Task OnGetAsync(CancellationToken cancel) => LoadAsync(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await calendars.IssueAsync(Person, User.PersonId()!.Value, cancel) is not { } secret)
        {
            return NotFound();
        }

        Secret = options.PublicUrl + CalendarFeed.AddressOf(secret);
        await LoadAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(CancellationToken cancel)
    {
        if (agenda.Resource(Person) is not { } person)
        {
            return NotFound();
        }

        await calendars.RevokeAsync(person.Key, cancel);
        IsRevoked = true;
        await LoadAsync(cancel);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        var issued = await calendars.IssuedAsync(cancel);
        People = [.. agenda.Resources.Where(r => r.Kind == ResourceKind.Person).Select(r => (r, issued.TryGetValue(r.Key, out var since) ? (DateTime?)since : null))];
    }
}
