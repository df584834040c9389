using Microsoft.Extensions.Localization;
using SelfService.Core.Company;
using SelfService.Core.Deflection;
using SelfService.Core.Persistence;
using SelfService.Core.Requests;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Reports;

/// <summary>/informes/formularios: who opened each form, what was offered there, and who wrote.</summary>
public sealed class FormsModel(RequestForms forms, PortalDbContext db, CompanyProfile company, TimeProvider clock, IStringLocalizer<Texts> texts) : ReportPage(company, clock, texts)
{
    public override string Address => "/informes/formularios";

    protected override async Task<ReportTable> ReadAsync(CancellationToken cancel)
    {
        var sums = await db.FormsAsync(Period, cancel);
        var before = (await db.FormsAsync(Period.Before, cancel)).ToDictionary(f => f.Form, f => f.Opened);
        return new ReportTable(
            Say("Reports.FormsTitle"), new ReportColumn(Say("Reports.ColumnForm"), "form"),
            [
                new(Say("Reports.ColumnOpened"), "opened"), new(Say("Reports.ColumnBefore"), "before"), new(Say("Reports.ColumnOffered"), "offered_visitors"), new(Say("Reports.ColumnTaken"), "taken_visitors"),
                new(Say("Reports.ColumnSolved"), "solved_visitors"), new(Say("Reports.ColumnSent"), "sent"), ReportColumn.OfShare(Say("Reports.ColumnWrote"), "contact_share"),
            ],
            [.. sums.Select(f => new ReportRow(
                forms.Find(f.Form)?.Title ?? f.Form, forms.Find(f.Form)?.Url,
                [
                    ReportCell.Of(f.Opened), ReportCell.Of(before.GetValueOrDefault(f.Form)), ReportCell.Of(f.Offered), ReportCell.Of(f.Taken), ReportCell.Of(f.Solved), ReportCell.Of(f.Sent),
                    ReportCell.Of(f.Contacts.Share),
                ]))]);
    }
}
