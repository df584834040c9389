using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using NodaTime;
using SelfService.Core.Company;
using SelfService.Core.Deflection;
using SelfService.Web.Components;
using SelfService.Web.Pages.Agent.Planning;
using SelfService.Web.Pages.Appointments;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Reports;

/// <summary>
/// A page of /informes: some days, a window, a table with pages, and the same table as a file. It claims nothing it cannot know.
/// </summary>
public abstract class ReportPage(CompanyProfile company, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    public const string FromName = "desde";
    public const string ToName = "hasta";
    public const string WindowName = "plazo";

    private const int DaysShown = 28;
    private const int PageSize = 50;
    private const int Headline = 72;

    /// <summary>The windows to choose from, in hours.</summary>
    public static IEnumerable<int> Windows => ViewOutcomes.Windows.Select(w => (int)w.TotalHours);

    /// <summary>Whether it has to wait for what comes of the days it shows.</summary>
    public virtual bool HasWindow => true;

    /// <summary>Address of the page without its period.</summary>
    public abstract string Address { get; }

    public ReportPeriod Period { get; private set; } = null!;

    public ReportTable Table { get; private set; } = null!;

    /// <summary>The page of the table that is shown.</summary>
    public IEnumerable<ReportRow> Rows => Table.Rows.Skip((Paging.Number - 1) * PageSize).Take(PageSize);

    public Paging Paging { get; private set; } = null!;

    /// <summary>Today's day where the company is.</summary>
    protected LocalDate Today => Instant.FromDateTimeOffset(clock.GetUtcNow()).InZone(company.TimeZone).Date;

    public Task OnGetAsync(CancellationToken cancel) => LoadAsync(name => Request.Query[name], cancel);

    /// <summary>The table as a file.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var sent = await Request.ReadFormAsync(cancel);
        await LoadAsync(name => sent[name], cancel);
        return new CsvResult(
            $"{Address.Split('/')[^1]}-{AgendaAddress.Written(Period.From)}-{AgendaAddress.Written(Period.To)}-{Period.Hours}h.csv",
            ["from", "to", "window_hours", .. Table.First.Names, .. Table.Columns.SelectMany(c => c.Names)],
            Lines());
    }

    /// <summary>Another page of reports for the same days.</summary>
    public string AddressOf(string page) => $"{page}?{FromName}={AgendaAddress.Written(Period.From)}&{ToName}={AgendaAddress.Written(Period.To)}&{WindowName}={Period.Hours}";

    /// <summary>Reads what the page shows.</summary>
    protected abstract Task<ReportTable> ReadAsync(CancellationToken cancel);

    /// <summary>Words of the page.</summary>
    protected string Say(string key, params object[] values) => texts[key, values];

    /// <summary>The period in UTC, for what has no days.</summary>
    protected (DateTime Start, DateTime End) Moments(ReportPeriod period) =>
        (company.TimeZone.AtStartOfDay(period.From).ToDateTimeUtc(), company.TimeZone.AtStartOfDay(period.To.PlusDays(1)).ToDateTimeUtc());

    private async IAsyncEnumerable<string[]> Lines()
    {
        string[] period = [AgendaAddress.Written(Period.From), AgendaAddress.Written(Period.To), Period.Hours.ToString(CultureInfo.InvariantCulture)];
        foreach (var row in Table.Rows)
        {
            yield return [.. period, row.Name, .. row.Cells.SelectMany(c => c.Written)];
        }

        await Task.CompletedTask;
    }

    private async Task LoadAsync(Func<string, string?> value, CancellationToken cancel)
    {
        var hours = int.TryParse(value(WindowName), NumberStyles.None, CultureInfo.InvariantCulture, out var chosen) && Windows.Contains(chosen) ? chosen : Headline;
        // The last days whose window has passed, unless somebody asks for others.
        var to = Day(ToName) ?? (HasWindow ? Today.PlusDays(-1 - (hours / 24)) : Today);
        var from = LocalDate.Min(Day(FromName) ?? to.PlusDays(1 - DaysShown), to);
        Period = new ReportPeriod(LocalDate.Max(from, to.PlusDays(1 - ReportPeriod.MaxDays)), to, hours);
        Table = await ReadAsync(cancel);
        var count = Math.Max(1, (Table.Rows.Count + PageSize - 1) / PageSize);
        Paging = new Paging(Math.Min(PageNumber.Parse(value("pagina")), count), count, page => $"{AddressOf(Address)}&pagina={page}");

        LocalDate? Day(string name) => BookingChoice.Day(value(name)) is { } day && Math.Abs(day.Year - Today.Year) <= 5 ? day : null;
    }
}
