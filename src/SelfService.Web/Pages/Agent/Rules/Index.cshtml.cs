using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets.Rules;

namespace SelfService.Web.Pages.Agent.Rules;

/// <summary>/agente/reglas: what happens to tickets by itself. Agents read it; administrators change it.</summary>
public sealed class IndexModel(PortalDbContext db) : PageModel
{
    public const string List = "/agente/reglas";

    public IReadOnlyList<Rule> Rules { get; private set; } = [];

    /// <summary>How often each has acted in the last thirty days.</summary>
    public IReadOnlyDictionary<Guid, int> Acted { get; private set; } = new Dictionary<Guid, int>();

    public bool MayChange => User.IsInRole(Roles.Admin);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var since = DateTime.UtcNow.AddDays(-30);
        Rules = await db.Rules.AsNoTracking().OrderBy(r => r.Position).ThenBy(r => r.Id).ToListAsync(cancel);
        Acted = await db.RuleRuns.Where(r => r.At > since && r.Result != RuleResult.Cut).GroupBy(r => r.RuleId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
    }
}
