using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Catalog.Csv;
using SelfService.Core.Company;
using SelfService.Core.Persistence;
using SelfService.Core.Requests;
using SelfService.Web.Components;

namespace SelfService.Web.Pages.Agent.Catalogue;

/// <summary>/agente/catalogo/catalogo.csv and existencias.csv: what is stored now, in the form in which it can be brought back.</summary>
public sealed class FileModel(PortalDbContext db, CompanyProfile company, TimeProvider clock) : PageModel
{
    /// <summary>Names of the two files.</summary>
    public const string Catalogue = "catalogo";
    public const string Stock = "existencias";

    public IActionResult OnGet(string table)
    {
        var figures = new CompanyFigures(company);
        return table switch
        {
            Catalogue => Csv(table, CsvColumns.Catalogue, db.CatalogueRows().AsAsyncEnumerable().Select(row => row.Cells(figures))),
            Stock => Csv(table, PiecesRow.Columns, db.PiecesRows().Select(row => row.Cells())),
            _ => NotFound(),
        };
    }

    private CsvResult Csv(string table, IReadOnlyList<CsvColumn> columns, IAsyncEnumerable<string[]> rows) =>
        new($"{table}-{clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.csv", [.. columns.Select(c => c.Name())], rows);
}
