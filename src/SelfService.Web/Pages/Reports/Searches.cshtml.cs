using Microsoft.Extensions.Localization;
using SelfService.Core.Company;
using SelfService.Core.Deflection;
using SelfService.Core.Persistence;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Reports;

/// <summary>/informes/busquedas: what was searched, and what came of it.</summary>
public sealed class SearchesModel(PortalDbContext db, CompanyProfile company, TimeProvider clock, IStringLocalizer<Texts> texts) : ReportPage(company, clock, texts)
{
    public override string Address => "/informes/busquedas";

    /// <summary>All searches.</summary>
    public int Total { get; private set; }

    protected override async Task<ReportTable> ReadAsync(CancellationToken cancel)
    {
        var searches = await db.SearchesAsync(Period, cancel);
        var before = (await db.SearchesAsync(Period.Before, cancel)).ToDictionary(s => s.Term, s => s.Searches);
        Total = searches.Sum(s => s.Searches);
        return new ReportTable(
            Say("Reports.SearchesTitle"), new ReportColumn(Say("Reports.ColumnSearch"), "search"),
            [
                new(Say("Reports.ColumnSearches"), "searches"), new(Say("Reports.ColumnBefore"), "before"), new(Say("Reports.ColumnInVain"), "no_result"), new(Say("Reports.ColumnNoClick"), "no_click"),
                new(Say("Reports.ColumnReworded"), "reformulated"), new(Say("Reports.ColumnThenTicket"), "then_ticket"), ReportColumn.OfShare(Say("Reports.ColumnShare"), "ticket_share"),
            ],
            [.. searches.Select(s => new ReportRow(
                s.Example, "/buscar?q=" + Uri.EscapeDataString(s.Example),
                [
                    ReportCell.Of(s.Searches), ReportCell.Of(before.GetValueOrDefault(s.Term)), ReportCell.Of(s.InVain), ReportCell.Of(s.NoClick), ReportCell.Of(s.Reformulated),
                    ReportCell.Of(s.Contacts.Contact), ReportCell.Of(s.Contacts.Share),
                ]))]);
    }
}
