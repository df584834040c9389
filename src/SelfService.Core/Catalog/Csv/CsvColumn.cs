using SelfService.Core.Tickets;

namespace SelfService.Core.Catalog.Csv;

/// <summary>A column that our files have and that we read.</summary>
public enum CsvColumn
{
    Sku,
    Product,
    Title,
    Summary,
    Shelf,
    Price,
    LowStock,
    OnSale,
    TaxRate,
    ReturnDays,
    WarrantyMonths,
    LeadDays,

    /// <summary>Pieces that were counted.</summary>
    Stock,

    /// <summary>Pieces that came or went.</summary>
    Delta,
}

/// <summary>The columns by the names people give them, in Spanish and English.</summary>
public static class CsvColumns
{
    /// <summary>Columns of the catalogue's file, in its order.</summary>
    public static readonly IReadOnlyList<CsvColumn> Catalogue =
    [
        CsvColumn.Sku, CsvColumn.Product, CsvColumn.Title, CsvColumn.Summary, CsvColumn.Shelf, CsvColumn.Price, CsvColumn.LowStock, CsvColumn.OnSale,
        CsvColumn.TaxRate, CsvColumn.ReturnDays, CsvColumn.WarrantyMonths, CsvColumn.LeadDays,
    ];

    /// <summary>Columns of the stock's file that change something.</summary>
    public static readonly IReadOnlyList<CsvColumn> Pieces = [CsvColumn.Stock, CsvColumn.Delta];

    // The first name of each is the one our files write.
    private static readonly IReadOnlyDictionary<CsvColumn, string[]> Names = new Dictionary<CsvColumn, string[]>
    {
        [CsvColumn.Sku] = ["sku", "clave", "codigo", "code"],
        [CsvColumn.Product] = ["product", "producto", "slug"],
        [CsvColumn.Title] = ["title", "titulo", "nombre", "name"],
        [CsvColumn.Summary] = ["summary", "resumen"],
        [CsvColumn.Shelf] = ["shelf", "estante", "categoria", "category"],
        [CsvColumn.Price] = ["price", "precio"],
        [CsvColumn.LowStock] = ["low_stock", "minimo", "pocas_piezas", "aviso"],
        [CsvColumn.OnSale] = ["on_sale", "en_venta", "a_la_venta"],
        [CsvColumn.TaxRate] = ["tax_rate", "impuesto", "tasa", "tasa_de_impuesto", "iva"],
        [CsvColumn.ReturnDays] = ["return_days", "dias_de_devolucion", "devolucion"],
        [CsvColumn.WarrantyMonths] = ["warranty_months", "meses_de_garantia", "garantia"],
        [CsvColumn.LeadDays] = ["lead_days", "made_to_order", "dias_de_fabricacion", "sobre_pedido"],
        [CsvColumn.Stock] = ["stock", "existencias", "piezas", "contadas", "quantity", "cantidad"],
        [CsvColumn.Delta] = ["delta", "movimiento", "diferencia", "change"],
    };

    private static readonly Dictionary<string, CsvColumn> ByName = Names.SelectMany(n => n.Value.Select(name => (name, n.Key))).ToDictionary(n => n.name, n => n.Key);

    /// <summary>The name our files write.</summary>
    public static string Name(this CsvColumn column) => Names[column][0];

    /// <summary>Whether our own file has a column of that name that only people read.</summary>
    public static bool IsForPeople(CatalogUploadKind kind, string head) => kind == CatalogUploadKind.Stock && Find(head) == CsvColumn.Title;

    /// <summary>The column of that name, however it is written; null for one we do not read.</summary>
    public static CsvColumn? Find(string head) =>
        ByName.TryGetValue(string.Join('_', FoldedText.Of(head).Split([' ', '-', '_', '.'], StringSplitOptions.RemoveEmptyEntries)), out var column) ? column : null;
}
