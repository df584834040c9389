using System.Text;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Catalog;
using SelfService.Core.Catalog.Csv;
using SelfService.Core.Persistence;
using SelfService.Core.Requests;
using SelfService.Core.Tests.Orders;

namespace SelfService.Core.Tests.Catalog;

/// <summary>A shop whose catalogue comes and goes as files.</summary>
public abstract class UploadTest : OrderTest
{
    protected static readonly Shelves Shelves = new([new Shelf("varios", "Varios", "", "box"), new Shelf("lavado", "Lavado y secado", "", "washer")]);

    private static readonly Guid Me = Guid.Parse("00000000-0000-7000-8000-0000000000b1");

    /// <summary>Brings a file and gives its id.</summary>
    protected async Task<Guid> BringAsync(CatalogUploadKind kind, string text)
    {
        var id = Guid.NewGuid();
        await using var db = Database.Open();
        await new BringUpload(db, Clock).RunAsync(id, kind, "archivo.csv", Encoding.UTF8.GetBytes(text), await PersonAsync(db), NoCancel);
        return id;
    }

    protected async Task<UploadPlan> PlanAsync(Guid id)
    {
        await using var db = Database.Open();
        return await Plans(db).RunAsync(await db.CatalogUploads.AsNoTracking().SingleAsync(u => u.Id == id), NoCancel);
    }

    protected async Task<UploadPlan> PlanAsync(CatalogUploadKind kind, string text) => await PlanAsync(await BringAsync(kind, text));

    protected Task<UploadPlan> CatalogueAsync(string text) => PlanAsync(CatalogUploadKind.Catalogue, text);

    protected Task<UploadPlan> StockAsync(string text) => PlanAsync(CatalogUploadKind.Stock, text);

    protected async Task<UploadOutcome> ApplyAsync(Guid id, string mark)
    {
        await using var db = Database.Open();
        return await new ApplyUpload(db, Plans(db), Clock).RunAsync(id, mark, "Inventario anual", Me, NoCancel);
    }

    /// <summary>Brings a file, looks at it and applies what was seen.</summary>
    protected async Task ApplyAsync(CatalogUploadKind kind, string text)
    {
        var id = await BringAsync(kind, text);
        var plan = await PlanAsync(id);
        Assert.Empty(plan.Problems);
        Assert.Equal(UploadOutcome.Applied, await ApplyAsync(id, plan.Mark));
    }

    protected Task<Product> ProductAsync(string slug) => InAsync(db => db.Products.AsNoTracking().Include(p => p.Variants.OrderBy(v => v.Position)).SingleAsync(p => p.Slug == slug));

    /// <summary>The file that the portal writes now.</summary>
    protected Task<string> ExportAsync(CatalogUploadKind kind) => InAsync(async db =>
    {
        var rows = kind == CatalogUploadKind.Catalogue
            ? (await db.CatalogueRows().ToListAsync()).Select(r => r.Cells(new CompanyFigures(Shop))).Prepend([.. CsvColumns.Catalogue.Select(c => c.Name())])
            : (await db.PiecesRows().ToListAsync()).Select(r => r.Cells()).Prepend([.. PiecesRow.Columns.Select(c => c.Name())]);
        return string.Join("\r\n", rows.Select(r => string.Join(',', r.Select(cell => $"\"{FormulaMark.Add(cell).Replace("\"", "\"\"", StringComparison.Ordinal)}\""))));
    });

    private static PlanUpload Plans(PortalDbContext db) => new(db, Shelves, Rules, Shop);

    private static async Task<Guid> PersonAsync(PortalDbContext db)
    {
        if (!await db.Users.AnyAsync(u => u.Id == Me))
        {
            db.Users.Add(new Core.People.Person { Id = Me, UserName = "mar@ensayo.example", Email = "mar@ensayo.example", Name = "Mar", CreatedAt = DateTime.UtcNow });
            await db.SaveChangesAsync();
        }

        return Me;
    }
}
