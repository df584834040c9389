using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Catalog;
using SelfService.Core.Persistence;
using SelfService.Core.Tests;
using SelfService.Core.Tests.Orders;
using SelfService.Search;

namespace SelfService.Web.Tests.Pages.Catalog;

/// <summary>A portal that sells: two shelves with one product of every sort, and a long shelf.</summary>
public sealed class CatalogPortal : IAsyncLifetime
{
    public const string PublicUrl = "http://ayuda.tienda.example";
    public const int Many = 60;

    private readonly TestFolder content = new();

    public PortalHost Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        content.Write("site.yaml", Site);
        content.Write("orders.yaml", Orders);
        content.Write("catalog/_catalog.yaml", Shelves);
        content.Write("articles/lavado/_category.yaml", "title: Lavado\n");
        content.Write("articles/lavado/instalar.md", "---\ntitle: Instalar su lavadora\nsummary: Paso a paso.\n---\nNivele la lavadora antes de conectarla.\n");
        Host = await PortalHost.StartAsync(content.Root, new Dictionary<string, string?> { ["SelfService:PublicUrl"] = PublicUrl },
            services => services.AddSingleton(new Shelves([new("lavado", "Lavado y secado", "Para la ropa", "washer"), new("piezas", "Piezas sueltas", "Tornillos y más", "wrench"), new("vacio", "Estante vacío", "Nada", "box")])));
        await using var scope = Host.Services.CreateAsyncScope();
        await FillAsync(scope.ServiceProvider.GetRequiredService<PortalDbContext>(), scope.ServiceProvider.GetRequiredService<CatalogEngine>());
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        content.Dispose();
    }

    /// <summary>Fills the database and the index.</summary>
    public static async Task FillAsync(PortalDbContext db, CatalogEngine catalog)
    {
        await db.AddProductAsync("marea", [("blanco", "Blanco", 7_499_00, 9), ("grafito", "Grafito", 7_799_00, 2), ("rojo", "Rojo <vivo>", 7_999_00, 0)], title: "Lavadora automática Marea & 18", shelf: "lavado");
        await db.AddProductAsync("secadora", price: 8_999_00, stock: 2, title: "Secadora Brisa", shelf: "lavado");
        await db.AddProductAsync("agotada", price: 5_000_00, stock: 0, title: "Lavadora Ola", shelf: "lavado");
        await db.AddProductAsync("a-medida", price: 20_000_00, stock: null, title: "Campana a medida", shelf: "lavado", leadDays: 10, returnDays: 0);
        await db.AddProductAsync("instalar", price: 650_00, stock: null, kind: ProductKind.Service, title: "Instalación de lavadora", shelf: "lavado", returnDays: 0);
        await db.AddProductAsync("manguera", price: 199_50, stock: 50, kind: ProductKind.Part, title: "Manguera de desagüe", shelf: "lavado", taxRate: 0);
        await db.AddProductAsync("retirada", price: 100_00, title: "Lavadora Antigua", shelf: "lavado");
        for (var i = 0; i < Many; i++)
        {
            await db.AddProductAsync($"tornillo-{i:00}", price: 1_00 + i, stock: 100, kind: ProductKind.Part, title: $"Tornillo número {i:00}", shelf: "piezas");
        }

        var marea = await db.Products.SingleAsync(p => p.Slug == "marea");
        marea.Images = [new ProductImage("/media/abc/marea.svg", "Lavadora blanca \"abierta\"", 800, 600), new ProductImage("/media/def/marea-dos.svg", "Por detrás", 800, 600)];
        marea.Specs = [new ProductSpec("Capacidad", "18 kg"), new ProductSpec("Peso <neto>", "41 kg")];
        marea.DescriptionHtml = "<p>Lava <strong>mucho</strong>.</p>";
        (marea.Related, marea.GoesWith) = (["secadora", "retirada"], ["manguera", "agotada", "instalar"]);
        (await db.Products.SingleAsync(p => p.Slug == "retirada")).IsOnSale = false;
        (await db.Products.SingleAsync(p => p.Slug == "instalar")).PriceNote = "por visita";
        await db.SaveChangesAsync();
        var products = await db.Products.Where(p => p.IsOnSale).ToListAsync();
        catalog.Engine.Apply(
            [.. products.Select(p => new SearchDocument { Id = p.Id.ToString(), Title = p.Title, Summary = p.Summary, Topic = p.Shelf, Url = p.Address })], [], products.Max(p => p.ChangeNumber));
    }

    private const string Shelves = """
        shelves:
          - { key: lavado, name: Lavado y secado, line: Para la ropa, icon: washer }
          - { key: piezas, name: Piezas sueltas, line: Tornillos y más, icon: wrench }
          - { key: vacio, name: Estante vacío, line: Nada, icon: box }
        """;

    private const string Orders = """
        tax: { name: IVA, rate: 16 }
        delivery: { name: Entrega a domicilio, price: 199.00, free_from: 5000.00, line: De 2 a 4 días }
        collection:
          name: Recoger en sucursal
          ready_in: 24h
          keep_days: 7
          places:
            - { key: roma, name: Sucursal Roma, address: "Calle Orizaba 1", hours: "Lunes a sábado" }
            - { key: norte, name: Sucursal Norte, address: "Calle Norte 2", hours: "Lunes a viernes" }
        payment:
          - { key: entrega, name: Pago al recibir, when: on_delivery, line: En efectivo }
        """;

    private const string Site = """
        name: Tienda
        locale: es-MX
        languages: [es, en]
        time_zone: America/Mexico_City
        currency: MXN
        country: MX
        contact:
          phone: "800 555 0100"
          phone_link: "+528005550100"
          email: ayuda@tienda.example
        opening_hours:
          monday: 09:00-18:00
        """;
}

[CollectionDefinition(Name)]
public sealed class CatalogPortalCollection : ICollectionFixture<CatalogPortal>
{
    public const string Name = "catalog portal";
}
