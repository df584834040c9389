using System.Security.Cryptography;
using System.Text;
using SelfService.Core.Company;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Core.Requests;

namespace SelfService.Core.Catalog.Csv;

/// <summary>Says what a file would change now. The same plan is made again when it is applied, inside the transaction.</summary>
public sealed class PlanUpload(PortalDbContext db, Shelves shelves, OrderRules rules, CompanyProfile company)
{
    private readonly CompanyFigures figures = new(company);

    /// <summary>Makes the plan.</summary>
    /// <exception cref="CsvException">The file cannot be read at all.</exception>
    public async Task<UploadPlan> RunAsync(CatalogUpload upload, CancellationToken cancel)
    {
        var table = CsvTable.Read(upload.Kind, upload.Bytes);
        return upload.Kind == CatalogUploadKind.Catalogue
            ? await new PlanCatalogue(db, shelves, rules.TaxRate, figures).RunAsync(table, cancel)
            : await new PlanStock(db, figures).RunAsync(table, cancel);
    }

    /// <summary>A mark of everything that these changes do.</summary>
    internal static string Mark(IEnumerable<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            // With its length before it, so that no text can be two.
            hash.AppendData(Encoding.UTF8.GetBytes($"{part.Length}:{part}"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
