using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Catalog;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Agent.Orders;

/// <summary>/agente/casos/{number}/pedido/devolucion/{id}: pieces came back, and are taken or not.</summary>
public sealed class ReturnModel(PortalDbContext db, ReturnGoods returns) : OrderPage(db)
{
    public const string Restock = "vender";
    public const string Scrap = "apartar";
    public const string NotTaken = "rechazar";
    public const string Swap = "cambiar";
    public const string Money = "dinero";

    private readonly PortalDbContext db = db;

    public OrderReturn Asked { get; private set; } = null!;

    public OrderLine Line => Order.Lines.Single(l => l.Id == Asked.LineId);

    /// <summary>What she wants instead; null for her money.</summary>
    public Variant? Wanted { get; private set; }

    [BindProperty]
    public string? Decision { get; set; }

    /// <summary>Of an exchange: carried out, or money instead.</summary>
    [BindProperty]
    public string? Instead { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        Look();
        Instead = Swap;
        return await FindAsync(id, cancel) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel))
        {
            return NotFound();
        }

        if (Decision is not (Restock or Scrap or NotTaken))
        {
            ModelState.AddModelError(nameof(Decision), "Desk.OrderDecisionRequired");
        }

        Note = TypedAmount.ReadLine(Note, OrderReturn.NoteMaxLength, nameof(Note), ModelState, isRequired: Decision == NotTaken);
        if (!ModelState.IsValid)
        {
            return Refuse();
        }

        try
        {
            return await AfterAsync(await DecideAsync(cancel), cancel);
        }
        catch (OutOfStockException)
        {
            db.ChangeTracker.Clear();
            await FindAsync(id, cancel);
            ModelState.AddModelError(nameof(Instead), "Desk.OrderSwapShort");
            return Refuse(StatusCodes.Status409Conflict);
        }
    }

    private Task<StepOutcome> DecideAsync(CancellationToken cancel) => Decision == NotTaken
        ? returns.RefuseAsync(Step, Asked.Id, Note ?? "", cancel)
        : returns.ReceiveAsync(Step, Asked.Id, restock: Decision == Restock, exchange: Wanted is not null && Instead != Money, cancel);

    private async Task<bool> FindAsync(Guid id, CancellationToken cancel)
    {
        if (Order.Returns.FirstOrDefault(r => r.Id == id) is not { } asked)
        {
            return false;
        }

        Asked = asked;
        Wanted = asked.WantedVariantId is { } wanted ? await db.Variants.AsNoTracking().Include(v => v.Product).SingleOrDefaultAsync(v => v.Id == wanted, cancel) : null;
        return true;
    }
}
