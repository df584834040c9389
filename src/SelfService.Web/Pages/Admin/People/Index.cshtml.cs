using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Web.Components;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Admin.People;

/// <summary>/admin/personas: everybody with an account.</summary>
[Authorize(Policy = Accounts.AdminPolicy)]
public sealed class IndexModel(PortalDbContext db, TimeProvider clock) : PageModel
{
    private const int PageSize = 30;

    /// <summary>Words of a name or an address.</summary>
    [BindProperty(Name = "q", SupportsGet = true)]
    public string? Query { get; set; }

    /// <summary>A role, or empty for everybody.</summary>
    [BindProperty(Name = "rol", SupportsGet = true)]
    public string? Role { get; set; }

    [BindProperty(Name = "pagina", SupportsGet = true)]
    public string? Number { get; set; }

    public IReadOnlyList<Row> People { get; private set; } = [];

    public int Count { get; private set; }

    public Paging Paging { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var found = PeopleSearch.Matching(db.Users, Query);
        if (Roles.All.Contains(Role))
        {
            found = found.Where(p => db.UserRoles.Any(r => r.UserId == p.Id && db.Roles.Any(role => role.Id == r.RoleId && role.Name == Role)));
        }

        Count = await found.CountAsync(cancel);
        var pages = Math.Max(1, (Count + PageSize - 1) / PageSize);
        var number = Math.Min(PageNumber.Parse(Number), pages);
        Paging = new Paging(number, pages, page => $"/admin/personas?q={Uri.EscapeDataString(Query ?? "")}&rol={Uri.EscapeDataString(Role ?? "")}&pagina={page}");

        var now = clock.GetUtcNow();
        People = await found.OrderBy(p => p.NormalizedEmail).Skip((number - 1) * PageSize).Take(PageSize).Select(p => new Row(
            p.Id, p.Name, p.Email ?? "", p.CreatedAt,
            db.UserRoles.Where(r => r.UserId == p.Id).Join(db.Roles, r => r.RoleId, role => role.Id, (_, role) => role.Name!).ToList(),
            p.TwoFactorEnabled || db.UserPasskeys.Any(k => k.UserId == p.Id),
            p.LockoutEnd != null && p.LockoutEnd > now)).ToListAsync(cancel);
    }

    /// <summary>One person of the list.</summary>
    public sealed record Row(Guid Id, string Name, string Email, DateTime CreatedAt, IReadOnlyList<string> Roles, bool HasFactor, bool IsLocked);
}
