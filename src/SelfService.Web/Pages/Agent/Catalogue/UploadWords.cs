using System.Globalization;
using Microsoft.Extensions.Localization;
using SelfService.Core.Catalog;
using SelfService.Core.Catalog.Csv;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Agent.Catalogue;

/// <summary>Files with the catalogue in words: what is wrong, and how to mend it.</summary>
public sealed class UploadWords(IStringLocalizer<Texts> texts)
{
    public string Kind(CatalogUploadKind kind) => texts["Desk.CatalogKind" + kind];

    /// <summary>A column by what it holds, with the name it has in our files.</summary>
    public string Column(CsvColumn column) => texts["Desk.CatalogColumn" + column];

    /// <summary>Why a file could not be read at all.</summary>
    public string Problem(CsvException problem)
    {
        string words = texts["Desk.CatalogUnread" + problem.Kind, problem.Detail];
        return problem.Line > 0 ? texts["Desk.CatalogAtLine", problem.Line.ToString("N0", CultureInfo.CurrentCulture), words] : words;
    }

    /// <summary>What is wrong with a line.</summary>
    public string Problem(LineProblem problem) => texts["Desk.CatalogWrong" + problem.Kind, problem.Detail, problem.Other];

    /// <summary>What a line does.</summary>
    public DeskSign Sign(PlannedKind kind) => new(
        texts["Desk.CatalogPlanned" + kind],
        kind switch { PlannedKind.New => "plus", PlannedKind.OffSale => "close", _ => "edit" },
        kind switch { PlannedKind.New => "status-done", PlannedKind.OffSale => "status-late", _ => "" });
}
