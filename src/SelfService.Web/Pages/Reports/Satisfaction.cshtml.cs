using System.Globalization;
using Microsoft.Extensions.Localization;
using SelfService.Core.Company;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.Team;
using SelfService.Web.Pages.Agent;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Reports;

/// <summary>/informes/satisfaccion: how customers say it went, how many say nothing, and what that leaves open.</summary>
public sealed class SatisfactionModel(PortalDbContext db, ServiceDesk desk, CompanyProfile company, TimeProvider clock, IStringLocalizer<Texts> texts) : ReportPage(company, clock, texts)
{
    private const int MaxAgain = 50;

    public override bool HasWindow => false;

    public override string Address => "/informes/satisfaccion";

    /// <summary>All queues together.</summary>
    public SatisfactionSum All { get; private set; } = new("", 0, 0, 0, 0);

    /// <summary>The same in the period before.</summary>
    public SatisfactionSum Before { get; private set; } = new("", 0, 0, 0, 0);

    /// <summary>Satisfied, and wrote again.</summary>
    public IReadOnlyList<WroteAgain> Again { get; private set; } = [];

    protected override async Task<ReportTable> ReadAsync(CancellationToken cancel)
    {
        var (start, end) = Moments(Period);
        var (startBefore, endBefore) = Moments(Period.Before);
        var sums = await db.SatisfactionAsync(start, end, cancel);
        All = sums.Aggregate(All, (all, one) => all.Plus(one));
        Before = (await db.SatisfactionAsync(startBefore, endBefore, cancel)).Aggregate(Before, (all, one) => all.Plus(one));
        Again = await db.WroteAgainAsync(start, end, MaxAgain, cancel);
        return new ReportTable(
            Say("Satisfaction.Title"), new ReportColumn(Say("Desk.Queue"), "queue"),
            [
                new(Say("Satisfaction.Asked"), "asked"), new(Say("Satisfaction.Answered"), "answered"), ReportColumn.OfShare(Say("Satisfaction.Response"), "response"),
                ReportColumn.OfShare(Say("Satisfaction.Satisfied"), "satisfied"), new(Say("Satisfaction.Bounds"), "satisfied_at_worst", "satisfied_at_best"), new(Say("Satisfaction.Again"), "satisfied_wrote_again"),
            ],
            [.. sums.Select(s => new ReportRow(
                DeskWords.Queue(desk, s.Queue), null,
                [ReportCell.Of(s.Asked), ReportCell.Of(s.Answered), ReportCell.Of(s.Response), ReportCell.Of(s.Satisfaction), Bounds(s), ReportCell.Of(s.WroteAgain)]))]);
    }

    private static ReportCell Bounds(SatisfactionSum sum) => new(
        $"{sum.Bounds.Low.ToString("P0", CultureInfo.CurrentCulture)} – {sum.Bounds.High.ToString("P0", CultureInfo.CurrentCulture)}", "",
        sum.Bounds.Low.ToString("0.####", CultureInfo.InvariantCulture), sum.Bounds.High.ToString("0.####", CultureInfo.InvariantCulture));
}
