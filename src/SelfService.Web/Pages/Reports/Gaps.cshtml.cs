using Microsoft.Extensions.Localization;
using SelfService.Core.Company;
using SelfService.Core.Deflection;
using SelfService.Core.Persistence;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Reports;

/// <summary>/informes/vacios: what customers ask for and do not find.</summary>
public sealed class GapsModel(PortalDbContext db, CompanyProfile company, TimeProvider clock, IStringLocalizer<Texts> texts) : ReportPage(company, clock, texts)
{
    public override string Address => "/informes/vacios";

    private const int MaxGaps = 200;

    public IReadOnlyList<Gap> Missing { get; private set; } = [];

    protected override async Task<ReportTable> ReadAsync(CancellationToken cancel)
    {
        Missing = [.. Gaps.Of(await db.SearchesAsync(Period, cancel)).Take(MaxGaps)];
        return new ReportTable(
            Say("Reports.GapsTitle"), new ReportColumn(Say("Reports.ColumnQuestion"), "question"),
            [new(Say("Reports.ColumnSearches"), "searches"), new(Say("Reports.ColumnFailed"), "failed"), new(Say("Reports.ColumnThenTicket"), "then_ticket")],
            [.. Missing.Select(g => new ReportRow(
                g.Title, GapModel.AddressOf(g.Key), [ReportCell.Of(g.Searches), ReportCell.Of(g.Failed), ReportCell.Of(g.Contacts)],
                g.Questions.Count > 1 ? Say("Reports.AlsoAsked", string.Join(", ", g.Questions.Skip(1).Select(q => $"«{q}»"))) : ""))]);
    }
}
