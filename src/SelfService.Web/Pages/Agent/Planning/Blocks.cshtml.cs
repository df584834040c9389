using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.Appointments;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Agent.Planning;

/// <summary>/agente/agenda/bloqueos: everything that is blocked from now on.</summary>
public sealed class BlocksModel(PortalDbContext db, TimeProvider clock) : PageModel
{
    /// <summary>Most that are shown.</summary>
    public const int Most = 200;

    public IReadOnlyList<ToldBlock> Blocks { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Blocks = await db.StandingBlocksAsync(clock.GetUtcNow().UtcDateTime, Most, cancel);
}
