using System.Globalization;
using NodaTime;
using SelfService.Core.Company;
using SelfService.Core.Sla;
using SelfService.Core.Tests.Tickets;

namespace SelfService.Core.Tests.Sla;

public sealed class SlaClockTests : TicketTest
{
    // Monday to Friday 9 to 18, Saturday 10 to 14; 25 December is a holiday. Mexico City is six hours behind UTC.
    private static readonly SlaClock Working = new(Company(
        Enumerable.Range(1, 5).ToDictionary(d => (IsoDayOfWeek)d, _ => new DayHours(new LocalTime(9, 0), new LocalTime(18, 0)))
            .Append(new(IsoDayOfWeek.Saturday, new DayHours(new LocalTime(10, 0), new LocalTime(14, 0)))).ToDictionary(),
        new LocalDate(2026, 12, 25)));

    [Theory]
    [InlineData("2026-11-20 10:00", 4, "2026-11-20 14:00")]
    [InlineData("2026-11-20 10:00", 8, "2026-11-20 18:00")]
    [InlineData("2026-11-20 10:00", 9, "2026-11-21 11:00")]
    [InlineData("2026-11-20 17:30", 1, "2026-11-21 10:30")]
    [InlineData("2026-11-20 23:00", 2, "2026-11-21 12:00")]
    [InlineData("2026-11-21 13:00", 2, "2026-11-23 10:00")]
    [InlineData("2026-11-22 12:00", 8, "2026-11-23 17:00")]
    [InlineData("2026-12-24 17:00", 2, "2026-12-26 11:00")]
    [InlineData("2026-12-25 12:00", 1, "2026-12-26 11:00")]
    [InlineData("2026-11-23 09:00", 45, "2026-11-27 18:00")]
    public void Only_open_hours_count(string from, int hours, string due) =>
        Assert.Equal(Utc(due), Working.After(Utc(from), TimeSpan.FromHours(hours), SlaHours.Opening));

    [Fact]
    public void Around_the_clock_every_hour_counts() =>
        Assert.Equal(Utc("2026-12-25 01:00"), Working.After(Utc("2026-12-24 17:00"), TimeSpan.FromHours(8), SlaHours.Always));

    [Fact]
    public void A_company_without_hours_still_owes_a_date() =>
        Assert.Equal(Utc("2026-11-23 20:00"), Sla().After(Utc("2026-11-23 12:00"), TimeSpan.FromHours(8), SlaHours.Opening));

    [Fact]
    public void A_company_that_is_closed_for_a_year_still_owes_a_date()
    {
        var closed = new SlaClock(Company(
            new Dictionary<IsoDayOfWeek, DayHours> { [IsoDayOfWeek.Monday] = new(new LocalTime(9, 0), new LocalTime(18, 0)) },
            [.. Enumerable.Range(0, 80).Select(week => new LocalDate(2026, 11, 23).PlusWeeks(week))]));

        Assert.Equal(Utc("2026-11-23 20:00"), closed.After(Utc("2026-11-23 12:00"), TimeSpan.FromHours(8), SlaHours.Opening));
    }

    private static DateTime Utc(string local) => DateTime.SpecifyKind(DateTime.Parse(local, CultureInfo.InvariantCulture), DateTimeKind.Utc).AddHours(6);
}
