using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using SelfService.Core.Company;
using SelfService.Core.Deflection;
using SelfService.Core.Persistence;
using SelfService.Web.Components;
using SelfService.Web.Pages.Agent.Planning;
using SelfService.Web.Pages.Appointments;

namespace SelfService.Web.Pages.Reports;

/// <summary>/informes: what the views of articles came to, compared with the same number of days before. It claims nothing it cannot know.</summary>
public sealed class IndexModel(PortalDbContext db, CompanyProfile company, TimeProvider clock) : PageModel
{
    public const string Address = "/informes";
    public const string FromName = "desde";
    public const string ToName = "hasta";
    public const string WindowName = "plazo";

    private const int DaysShown = 28;
    private const int PageSize = 50;
    private const int Headline = 72;

    public LocalDate From { get; private set; }

    public LocalDate To { get; private set; }

    /// <summary>The window, in hours.</summary>
    public int Hours { get; private set; } = Headline;

    public ArticleReport Report { get; private set; } = null!;

    /// <summary>The page of the table that is shown.</summary>
    public IEnumerable<ArticleSum> Rows => Report.Articles.Skip((Paging.Number - 1) * PageSize).Take(PageSize);

    public Paging Paging { get; private set; } = null!;

    /// <summary>All articles together.</summary>
    public ArticleSum Total { get; private set; } = null!;

    /// <summary>The same of as many days before.</summary>
    public ArticleSum Before { get; private set; } = null!;

    /// <summary>The windows to choose from, in hours.</summary>
    public static IEnumerable<int> Windows => ViewOutcomes.Windows.Select(w => (int)w.TotalHours);

    public Task OnGetAsync(CancellationToken cancel) => LoadAsync(name => Request.Query[name], cancel);

    /// <summary>The table as a file.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var sent = await Request.ReadFormAsync(cancel);
        await LoadAsync(name => sent[name], cancel);
        return new CsvResult(
            $"articulos-{AgendaAddress.Written(From)}-{AgendaAddress.Written(To)}-{Hours}h.csv",
            ["article", "title", "from", "to", "window_hours", "views", "engaged", "counted", "contact", "confirmed", "abandoned", "potential", "after_contact", "unknown", "linked", "contact_share", "low", "high"],
            Lines());
    }

    /// <summary>Points between two shares with the interval; null where one of them is too small.</summary>
    public Difference? Change => Total.Counted >= ReportFigures.LeastViews && Before.Counted >= ReportFigures.LeastViews ? new Difference(Total.ContactShare, Before.ContactShare) : null;

    private async IAsyncEnumerable<string[]> Lines()
    {
        foreach (var row in Report.Articles)
        {
            var (share, bounds) = (row.ContactShare, row.ContactShare.Interval());
            yield return
            [
                row.Slug, row.Title, AgendaAddress.Written(From), AgendaAddress.Written(To), Number(Hours), Number(row.Views), Number(row.Engaged), Number(row.Counted), Number(row.Contact), Number(row.Confirmed),
                Number(row.Abandoned), Number(row.Potential), Number(row.AfterContact), Number(row.Unknown), Number(row.Linked), Part(share.Value), Part(bounds.Low), Part(bounds.High),
            ];
        }

        await Task.CompletedTask;

        static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

        static string Part(double part) => double.IsNaN(part) ? "" : part.ToString("0.####", CultureInfo.InvariantCulture);
    }

    private async Task LoadAsync(Func<string, string?> value, CancellationToken cancel)
    {
        var today = Instant.FromDateTimeOffset(clock.GetUtcNow()).InZone(company.TimeZone).Date;
        Hours = int.TryParse(value(WindowName), NumberStyles.None, CultureInfo.InvariantCulture, out var hours) && Windows.Contains(hours) ? hours : Headline;
        // The last days whose window has passed, unless somebody asks for others.
        To = Day(ToName) ?? today.PlusDays(-1 - (Hours / 24));
        From = LocalDate.Min(Day(FromName) ?? To.PlusDays(1 - DaysShown), To);
        From = LocalDate.Max(From, To.PlusDays(1 - ArticleReports.MaxDays));
        Report = await db.ArticleReportAsync(From, To, Hours, cancel);
        Total = Report.Total;
        var count = Math.Max(1, (Report.Articles.Count + PageSize - 1) / PageSize);
        Paging = new Paging(
            Math.Min(PageNumber.Parse(value("pagina")), count), count,
            page => $"{Address}?{FromName}={AgendaAddress.Written(From)}&{ToName}={AgendaAddress.Written(To)}&{WindowName}={Hours}&pagina={page}");
        var days = Period.DaysBetween(From, To) + 1;
        Before = (await db.ArticleReportAsync(From.PlusDays(-days), From.PlusDays(-1), Hours, cancel)).Total;

        LocalDate? Day(string name) => BookingChoice.Day(value(name)) is { } day && Math.Abs(day.Year - today.Year) <= 5 ? day : null;
    }
}
