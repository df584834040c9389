using Microsoft.Extensions.Localization;
using SelfService.Core.Company;
using SelfService.Core.Deflection;
using SelfService.Core.Persistence;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Reports;

/// <summary>/informes/canales: how people reached the company, and for what.</summary>
public sealed class ChannelsModel(PortalDbContext db, CompanyProfile company, TimeProvider clock, IStringLocalizer<Texts> texts) : ReportPage(company, clock, texts)
{
    public override string Address => "/informes/canales";

    protected override async Task<ReportTable> ReadAsync(CancellationToken cancel)
    {
        var (start, end) = Moments(Period);
        var (startBefore, endBefore) = Moments(Period.Before);
        var now = await db.ChannelsAsync(start, end, cancel);
        var before = (await db.ChannelsAsync(startBefore, endBefore, cancel)).ToDictionary(c => (c.Channel, c.Kind), c => c.Count);
        var all = now.Sum(c => c.Count);
        return new ReportTable(
            Say("Reports.ChannelsTitle"), new ReportColumn(Say("Reports.ColumnChannel"), "channel"),
            [new(Say("Reports.ColumnKind"), "kind"), new(Say("Reports.ColumnTickets"), "tickets"), new(Say("Reports.ColumnBefore"), "before"), ReportColumn.OfShare(Say("Reports.ColumnOfAll"), "share")],
            [.. now.Select(c => new ReportRow(
                Say("Reports.Channel" + c.Channel), null,
                [new(Say("Reports.Kind" + c.Kind), "", c.Kind.ToString()), ReportCell.Of(c.Count), ReportCell.Of(before.GetValueOrDefault((c.Channel, c.Kind))), ReportCell.Of(new Share(c.Count, all))]))]);
    }
}
