using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NodaTime;
using SelfService.Core.Company;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets.Team;
using SelfService.Web.Components;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Reports;

/// <summary>/informes/pronostico: how many tickets the next seven days will bring.</summary>
public sealed class ForecastModel(PortalDbContext db, CompanyProfile company, SpokenMoment spoken, TimeProvider clock, IStringLocalizer<Texts> texts) : ReportPage(company, clock, texts)
{
    private readonly CompanyProfile company = company;

    public override bool HasWindow => false;

    public override string Address => "/informes/pronostico";

    public IReadOnlyList<ForecastDay> Days { get; private set; } = [];

    /// <summary>Tickets that are open now.</summary>
    public int Open { get; private set; }

    /// <summary>Tickets that ended a week, of the last four.</summary>
    public double EndedAWeek { get; private set; }

    protected override async Task<ReportTable> ReadAsync(CancellationToken cancel)
    {
        var since = company.TimeZone.AtStartOfDay(Today.PlusWeeks(-ArrivalForecast.Weeks)).ToDateTimeUtc();
        var month = company.TimeZone.AtStartOfDay(Today.PlusWeeks(-4)).ToDateTimeUtc();
        var opened = await db.Tickets.Where(t => t.OpenedAt >= since).Select(t => t.OpenedAt).ToListAsync(cancel);
        var first = await db.Tickets.OrderBy(t => t.OpenedAt).Select(t => (DateTime?)t.OpenedAt).FirstOrDefaultAsync(cancel);
        Open = await db.Tickets.CountAsync(t => t.DueAt != null, cancel);
        EndedAWeek = await db.Tickets.CountAsync(t => t.EndedAt >= month, cancel) / 4.0;
        LocalDate DayOf(DateTime at) => Instant.FromDateTimeUtc(at).InZone(company.TimeZone).Date;
        var counts = opened.GroupBy(DayOf).ToDictionary(g => g.Key, g => g.Count());
        Days = first is { } begun ? ArrivalForecast.Of(counts, DayOf(begun), Today, date => company.OpeningHours.Week.Count == 0 || company.OpeningHours.HoursOn(date) is not null) : [];
        return new ReportTable(
            Say("Team.Forecast"), new ReportColumn(Say("Team.Day"), "day"), [new(Say("Team.Expected"), "expected"), new(Say("Team.Between"), "low", "high")],
            [.. Days.Select(d => new ReportRow(spoken.FullDay(d.Date), null, [
                new ReportCell(d.Expected.ToString("N0", CultureInfo.CurrentCulture), "", d.Expected.ToString("0.##", CultureInfo.InvariantCulture)),
                new ReportCell($"{d.Low.ToString("N0", CultureInfo.CurrentCulture)} – {d.High.ToString("N0", CultureInfo.CurrentCulture)}", "", d.Low.ToString("0.##", CultureInfo.InvariantCulture), d.High.ToString("0.##", CultureInfo.InvariantCulture))]))]);
    }
}
