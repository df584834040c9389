using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Company;
using SelfService.Core.Persistence;
using SelfService.Web.Components;
using SelfService.Web.Pages.Appointments;

namespace SelfService.Web.Pages.Agent.Planning;

/// <summary>/agente/agenda/capacidad: how much of a period is booked, blocked and free, and what became of it.</summary>
public sealed class CapacityModel(Agenda agenda, PortalDbContext db, CompanyProfile company, TimeProvider clock) : PageModel
{
    public const string FromName = "desde";
    public const string ToName = "hasta";
    public const string ByName = "por";

    /// <summary>What a row can be, with its names in addresses.</summary>
    public static readonly IReadOnlyList<(string Name, string Word)> Ways = [("lugar", "Place"), ("persona", "Person"), ("servicio", "Service")];

    private const int MinutesOfHour = 60;

    public LocalDate From { get; private set; }

    public LocalDate To { get; private set; }

    /// <summary>One of <see cref="Ways"/>.</summary>
    public (string Name, string Word) By { get; private set; } = Ways[0];

    /// <summary>Whether the period that was asked for was too long and was made shorter.</summary>
    public bool IsShortened { get; private set; }

    public IReadOnlyList<CapacityRow> Rows { get; private set; } = [];

    /// <summary>Everything together: of people and rooms, so that nothing counts twice.</summary>
    public CapacityRow Total { get; private set; } = null!;

    /// <summary>Services have no hours of their own.</summary>
    public bool HasHours => By != Ways[2];

    public Task OnGetAsync(CancellationToken cancel) => LoadAsync(name => Request.Query[name], cancel);

    /// <summary>The table as a file.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var sent = await Request.ReadFormAsync(cancel);
        await LoadAsync(name => sent[name], cancel);
        return new CsvResult(
            $"capacidad-{AgendaAddress.Written(From)}-{AgendaAddress.Written(To)}.csv",
            ["from", "to", "by", "key", "name", "open_hours", "booked_hours", "blocked_hours", "free_hours", "free_share", "appointment_hours", "appointments", "attended", "no_shows", "cancelled"],
            Lines());
    }

    /// <summary>Hours with one digit.</summary>
    public static string Hours(int minutes) => ((decimal)minutes / MinutesOfHour).ToString("N1", CultureInfo.CurrentCulture);

    /// <summary>A share in percent; a dash for none.</summary>
    public static string Share(double? share) => share?.ToString("P0", CultureInfo.CurrentCulture) ?? "—";

    private async IAsyncEnumerable<string[]> Lines()
    {
        foreach (var row in Rows)
        {
            yield return
            [
                AgendaAddress.Written(From), AgendaAddress.Written(To), By.Name, row.Key, row.Name, Plain(row.OpenMinutes), Plain(row.BookedMinutes), Plain(row.BlockedMinutes), Plain(row.FreeMinutes),
                row.FreeShare?.ToString("0.####", CultureInfo.InvariantCulture) ?? "", Plain(row.GivenMinutes), Count(row.Appointments), Count(row.Attended), Count(row.Missed), Count(row.Cancelled),
            ];
        }

        await Task.CompletedTask;

        static string Plain(int minutes) => ((decimal)minutes / MinutesOfHour).ToString("0.##", CultureInfo.InvariantCulture);

        static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    private async Task LoadAsync(Func<string, string?> value, CancellationToken cancel)
    {
        var today = Instant.FromDateTimeOffset(clock.GetUtcNow()).InZone(company.TimeZone).Date;
        // This week, unless somebody asks for other days.
        From = Day(FromName) ?? today.PlusDays(1 - (int)today.DayOfWeek);
        To = Day(ToName) ?? From.PlusDays(6);
        To = LocalDate.Max(From, To);
        IsShortened = Period.DaysBetween(From, To) >= Capacity.MaxDays;
        To = IsShortened ? From.PlusDays(Capacity.MaxDays - 1) : To;
        By = Ways.FirstOrDefault(w => w.Name == value(ByName)) is { Name: not null } way ? way : Ways[0];
        var report = await db.CapacityAsync(agenda, From, To, cancel);
        Rows = By == Ways[0] ? report.ByPlace : By == Ways[1] ? report.ByResource : report.ByService;
        var hours = report.ByPlace.Aggregate(new CapacityRow("", ""), (sum, row) => sum.Plus(row));
        var counts = report.ByService.Aggregate(new CapacityRow("", ""), (sum, row) => sum.Plus(row));
        Total = counts with { OpenMinutes = hours.OpenMinutes, BookedMinutes = hours.BookedMinutes, BlockedMinutes = hours.BlockedMinutes, FreeMinutes = hours.FreeMinutes };

        // Near enough to today that every calendar of the report exists.
        LocalDate? Day(string name) => BookingChoice.Day(value(name)) is { } day && Math.Abs(day.Year - today.Year) <= 5 ? day : null;
    }
}
