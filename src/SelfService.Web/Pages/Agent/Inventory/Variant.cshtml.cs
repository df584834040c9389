using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SelfService.Core.Catalog;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.Persistence;
using SelfService.Web.Components;
using SelfService.Web.Resources;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Agent.Inventory;

/// <summary>/agente/inventario/{sku}: the pieces of a variant, what moved them, and how to put them right.</summary>
public sealed class VariantModel(PortalDbContext db, AdjustStock adjust, IStringLocalizer<Texts> texts) : PageModel
{
    public const int PageSize = 30;

    [BindProperty(Name = "")]
    public AdjustForm Form { get; set; } = new();

    /// <summary>Something was put right just now.</summary>
    [BindProperty(Name = "hecho", SupportsGet = true)]
    public string? Done { get; set; }

    [BindProperty(Name = "pagina", SupportsGet = true)]
    public string? Number { get; set; }

    public InventoryRow Row { get; private set; } = null!;

    public Page<ToldMovement> Movements { get; private set; } = null!;

    public Paging Paging => new(Movements.Number, Movements.Count, page => $"{AddressOf(Row.Sku)}?pagina={page}");

    /// <summary>Address of a variant.</summary>
    public static string AddressOf(string sku) => $"{IndexModel.List}/{sku}";

    // Before the form is read: also a page that says it cannot be read shows the article.
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await LoadAsync((string)context.RouteData.Values["sku"]!, PageNumber.Parse(Number)))
        {
            await next();
        }
        else
        {
            context.Result = NotFound();
        }
    }

    public void OnGet() => Form = new AdjustForm { Key = Guid.NewGuid() };

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (Form.Read(ModelState, texts) is not var (pieces, delta))
        {
            return Refuse(StatusCodes.Status400BadRequest);
        }

        if (Row.InStock is null)
        {
            return Refuse(StatusCodes.Status400BadRequest, "", texts["Desk.StockUncountedLine"]);
        }

        if (await db.StockMovements.AnyAsync(m => m.SubmissionKey == Form.Key && (m.VariantId != Row.Id || m.Delta != delta || m.Note != Form.Note), cancel))
        {
            // Sent again with other words, after going back: it is something new, once she has seen what there is now.
            Form.Key = Guid.NewGuid();
            return Refuse(StatusCodes.Status409Conflict, "", texts["Desk.StockSentBefore"]);
        }

        var me = User.PersonId()!.Value;
        var isDone = Form.Change == StockChange.Count
            ? await adjust.CountAsync(Form.Key, Row.Id, Form.Seen, pieces, Form.Note!, me, cancel)
            : await adjust.RunAsync(Form.Key, Row.Id, delta, Form.Note!, me, cancel);
        if (isDone)
        {
            return LocalRedirect(AddressOf(Row.Sku) + "?hecho=si");
        }

        // Somebody else took or counted some: the page shows what there is now.
        await LoadAsync(Row.Sku, page: 1);
        return Refuse(StatusCodes.Status409Conflict, nameof(Form.Pieces), texts[Form.Change switch { StockChange.Count => "Desk.StockMoved", StockChange.Take => "Desk.StockTooFew", _ => "Desk.StockTooMany" }, Row.InStock ?? 0]);
    }

    private PageResult Refuse(int status, string field = "", string message = "")
    {
        if (message.Length > 0)
        {
            ModelState.AddModelError(field, message);
        }

        var page = Page();
        page.StatusCode = status;
        return page;
    }

    private async Task<bool> LoadAsync(string sku, int page)
    {
        var cancel = HttpContext.RequestAborted;
        sku = sku.ToUpperInvariant();
        if (sku.Length > Product.SkuMaxLength || sku.Contains('\0', StringComparison.Ordinal) || await db.Inventory().SingleOrDefaultAsync(r => r.Sku == sku, cancel) is not { } row)
        {
            return false;
        }

        Row = row;
        Movements = await db.MovementsAsync(row, page, PageSize, cancel);
        return true;
    }
}
