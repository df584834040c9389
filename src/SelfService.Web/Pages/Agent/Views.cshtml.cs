using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.Desk;
using SelfService.Web.Components;
using SelfService.Web.Filters;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Agent;

/// <summary>/agente/vistas: the lists that she comes back to. The query of the address is the list to be kept.</summary>
public sealed class ViewsModel(PortalDbContext db, ServiceDesk desk) : PageModel, IShowsMore
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public bool IsShared { get; set; }

    /// <summary>The list to be kept, as its address says it.</summary>
    [BindProperty]
    public string? List { get; set; }

    public IReadOnlyList<DeskView> Views { get; private set; } = [];

    /// <summary>The list to be kept.</summary>
    public DeskList Shown { get; private set; } = null!;

    public Guid Me => User.PersonId()!.Value;

    public Task OnGetAsync(CancellationToken cancel) => LoadAsync(cancel);

    public async Task LoadAsync(CancellationToken cancel)
    {
        Shown = List is null ? DeskList.Read(Request.Query, desk) : DeskList.Read(List, desk);
        Views = await db.DeskViewsAsync(Me, cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Shown = DeskList.Read(List ?? "", desk);
        Name = PlainText.Line(Name);
        var query = Shown.ToQuery();
        if (Name.Length is 0 or > DeskView.NameMaxLength || query.Length > DeskView.AddressMaxLength)
        {
            ModelState.AddModelError(nameof(Name), Name.Length == 0 ? "Workspace.ViewNameRequired" : "Workspace.ViewNameLong");
        }
        else if (!await db.KeepDeskViewAsync(new DeskView { PersonId = Me, Name = Name, Query = query, IsShared = IsShared }, cancel))
        {
            ModelState.AddModelError(nameof(Name), "Workspace.ViewsMany");
        }
        else
        {
            return LocalRedirect(Shown.Address());
        }

        await LoadAsync(cancel);
        return this.Answer(StatusCodes.Status400BadRequest);
    }

    public async Task<IActionResult> OnPostOlvidarAsync(Guid view, CancellationToken cancel)
    {
        await db.ForgetDeskViewAsync(Me, view, cancel);
        return LocalRedirect("/agente/vistas");
    }
}
