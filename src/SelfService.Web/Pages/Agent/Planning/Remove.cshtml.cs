using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.Appointments;
using SelfService.Core.Persistence;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Agent.Planning;

/// <summary>/agente/agenda/bloqueos/{id}/quitar: asks before a blocked time can be booked again.</summary>
public sealed class RemoveModel(PortalDbContext db, RemoveBlock remove) : PageModel
{
    public Block Block { get; private set; } = null!;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (!Guid.TryParse(RouteData.Values["id"] as string, out var id) || await db.BlockAsync(id, HttpContext.RequestAborted) is not { } told)
        {
            context.Result = NotFound();
            return;
        }

        Block = told.Block;
        await next();
    }

    public IActionResult OnGet() => Block.RemovedAt is null ? Page() : LocalRedirect(AgendaAddress.Block(Block.Id));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        // Removed before, by this form or by somebody else, it is removed too.
        await remove.RunAsync(Block.Id, User.PersonId()!.Value, cancel);
        return LocalRedirect(AgendaAddress.Block(Block.Id) + "?hecho=2");
    }
}
