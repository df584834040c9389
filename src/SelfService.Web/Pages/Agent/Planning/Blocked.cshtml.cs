using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.Appointments;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Agent.Planning;

/// <summary>/agente/agenda/bloqueos/{id}: one block, and whoever is booked in it still, until nobody is.</summary>
public sealed class BlockedModel(PortalDbContext db) : PageModel
{
    /// <summary>Something was done just now: <c>1</c> blocked, <c>2</c> removed.</summary>
    [BindProperty(Name = "hecho", SupportsGet = true)]
    public string? Done { get; set; }

    public ToldBlock Told { get; private set; } = null!;

    public Block Block => Told.Block;

    /// <summary>Whoever has to be moved; nobody where the block was removed.</summary>
    public IReadOnlyList<AgendaAppointment> Booked { get; private set; } = [];

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var cancel = HttpContext.RequestAborted;
        if (!Guid.TryParse(RouteData.Values["id"] as string, out var id) || await db.BlockAsync(id, cancel) is not { } told)
        {
            context.Result = NotFound();
            return;
        }

        Told = told;
        Booked = told.Block.RemovedAt is null ? await db.BookedInAsync(told.Block, cancel) : [];
        await next();
    }

    public void OnGet()
    {
    }
}
