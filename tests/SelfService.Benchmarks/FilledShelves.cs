using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Catalog;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Search;

namespace SelfService.Benchmarks;

/// <summary>A catalogue of any size: four shelves, options, pictures, specifications and descriptions as long as real ones.</summary>
internal static class FilledShelves
{
    public const string Shelf = "lavado";

    private static readonly (string Key, string Name, string Word)[] All =
        [(Shelf, "Lavadoras y secadoras", "Lavadora"), ("frio", "Refrigeradores", "Refrigerador"), ("cocina", "Cocina", "Estufa"), ("piezas", "Refacciones", "Manguera")];

    private static readonly string[] Colours = ["Blanco", "Grafito", "Acero", "Negro"];

    /// <summary>Writes the shelves into a content folder.</summary>
    public static void WriteShelves(string content)
    {
        Directory.CreateDirectory(Path.Combine(content, "catalog"));
        File.WriteAllText(
            Path.Combine(content, "catalog", "_catalog.yaml"),
            "shelves:\n" + string.Concat(All.Select(s => $"  - {{ key: {s.Key}, name: {s.Name}, line: Todo lo de {s.Name}, icon: box }}\n")));
    }

    /// <summary>Puts products on the shelves and into the index.</summary>
    /// <returns>Slug of one with options.</returns>
    public static async Task<string> FillAsync(WebApplication portal, int count)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var products = Enumerable.Range(0, count).Select(Product).ToList();
        await db.InTransactionAsync(async () =>
        {
            foreach (var product in products)
            {
                product.ChangeNumber = await db.NextAsync(Core.Catalog.Product.ChangeSequence);
            }

            db.Products.AddRange(products);
            db.StockMovements.AddRange(products.SelectMany(p => p.Variants).Where(v => v.InStock > 0).Select(v => new StockMovement
            {
                VariantId = v.Id,
                Delta = v.InStock!.Value,
                Reason = StockReason.Initial,
                Actor = ActorKind.System,
                At = DateTime.UtcNow,
            }));
        });
        scope.ServiceProvider.GetRequiredService<CatalogEngine>().Engine.Apply([.. products.Select(Document)], [], products.Max(p => p.ChangeNumber));
        return products.First(p => p.Options.Count > 0).Slug;
    }

    private static Product Product(int i)
    {
        var (key, _, word) = All[i % All.Length];
        var hasOptions = i % 2 == 0;
        var product = new Product
        {
            Slug = $"p-{i:0000}",
            Kind = key == "piezas" ? ProductKind.Part : ProductKind.Product,
            Shelf = key,
            Title = $"{word} modelo {i:0000} de {10 + (i % 20)} kilos",
            Summary = $"Para familias de {2 + (i % 5)} personas, con motor silencioso y programa rápido.",
            Description = Description(i),
            DescriptionHtml = "<p>" + Description(i).Replace("\n\n", "</p><p>", StringComparison.Ordinal) + "</p>",
            Keywords = [$"REF{i}", "electrodoméstico"],
            Images = [new ProductImage($"/media/{i:x8}/p.svg", "Aparato visto de frente", 800, 600), new ProductImage($"/media/{i:x8}/q.svg", "Aparato visto de lado", 800, 600)],
            Specs = [.. Enumerable.Range(1, 8).Select(n => new ProductSpec($"Característica {n}", $"{n * 10} unidades"))],
            Options = hasOptions ? [new ProductOption("color", "Color", [.. Colours.Select(c => new OptionValue(c.ToLowerInvariant(), c))])] : [],
            Related = [Slug(i + 4), Slug(i + 8)],
            GoesWith = [Slug(i + 1), Slug(i + 3)],
            TaxRate = 1600,
            PriceFrom = 10_000 + (i * 7919L % 2_000_000),
            ReturnDays = 30,
            WarrantyMonths = 12,
            Position = i / All.Length,
            UpdatedAt = DateTime.UtcNow,
        };
        for (var n = 0; n < (hasOptions ? Colours.Length : 1); n++)
        {
            product.Variants.Add(new Variant
            {
                ProductId = product.Id,
                Sku = product.Slug.ToUpperInvariant() + (hasOptions ? $"-{n}" : ""),
                Options = hasOptions ? [new ChosenOption("color", Colours[n].ToLowerInvariant())] : [],
                Price = product.PriceFrom + (n * 5_000),
                InStock = (i + n) % 7,
                LowStock = 3,
                Position = n,
            });
        }

        return product;

        static string Slug(int number) => string.Create(CultureInfo.InvariantCulture, $"p-{number:0000}");
    }

    private static string Description(int i) => string.Join(
        "\n\n", Enumerable.Range(1, 6).Select(n => $"Parte {n} de la descripción del aparato {i}: cómo se usa, qué trae la caja, qué medidas tiene y qué necesita en su casa para funcionar bien desde el primer día, con agua y luz."));

    private static SearchDocument Document(Product product) => new()
    {
        Id = product.Id.ToString(),
        Title = product.Title,
        Summary = product.Summary,
        Keywords = product.Keywords,
        Sections = [new SearchSection("", "", product.Description)],
        Topic = product.Shelf,
        Url = product.Address,
    };
}
