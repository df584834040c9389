using NodaTime;
using SelfService.Core.Company;

namespace SelfService.Core.Tests.Company;

public sealed class OpeningHoursTests
{
    private static readonly DateTimeZone Madrid = DateTimeZoneProviders.Tzdb["Europe/Madrid"];

    [Theory]
    [InlineData("2026-11-20T09:00", true, "2026-11-20T18:00")]
    [InlineData("2026-11-20T17:59", true, "2026-11-20T18:00")]
    [InlineData("2026-11-20T18:00", false, "2026-11-21T10:00")]
    [InlineData("2026-11-20T08:59", false, "2026-11-20T09:00")]
    [InlineData("2026-11-21T14:00", false, "2026-11-23T09:00")]
    [InlineData("2026-11-22T12:00", false, "2026-11-23T09:00")]
    [InlineData("2026-12-25T12:00", false, "2026-12-26T10:00")]
    [InlineData("2026-12-24T19:00", false, "2026-12-26T10:00")]
    public void The_state_says_until_when_or_from_when(string local, bool open, string changes)
    {
        var state = Hours(9, 18).At(At(local));

        Assert.Equal((open, changes), (state.IsOpen, state.Changes!.Value.LocalDateTime.ToString("yyyy-MM-dd'T'HH:mm", null)));
    }

    [Fact]
    public void The_clock_is_the_companys_and_not_the_servers() => Assert.True(Hours(9, 18).At(Instant.FromUtc(2026, 11, 20, 8, 30)).IsOpen);

    [Fact]
    public void On_the_day_clocks_change_opening_times_are_those_of_the_wall()
    {
        var hours = new OpeningHours(Madrid, new Dictionary<IsoDayOfWeek, DayHours> { [IsoDayOfWeek.Sunday] = new(new LocalTime(2, 30), new LocalTime(12, 0)) }, new Dictionary<LocalDate, string>());

        // 02:30 does not exist on 28 March 2027: the next moment that does.
        Assert.Equal(new LocalTime(3, 30), hours.At(Instant.FromUtc(2027, 3, 28, 0, 30)).Changes!.Value.TimeOfDay);
        Assert.True(hours.At(Instant.FromUtc(2027, 3, 28, 9, 59)).IsOpen);
        Assert.False(hours.At(Instant.FromUtc(2027, 3, 28, 10, 0)).IsOpen);
        // 02:30 happens twice on 25 October 2026: open from the first.
        Assert.True(hours.At(Instant.FromUtc(2026, 10, 25, 0, 30)).IsOpen);
    }

    [Fact]
    public void A_company_that_never_opens_has_no_next_time()
    {
        var hours = new OpeningHours(Madrid, new Dictionary<IsoDayOfWeek, DayHours>(), new Dictionary<LocalDate, string>());

        Assert.Equal(new OpenState(false, null), hours.At(At("2026-11-20T12:00")));
    }

    private static OpeningHours Hours(int opens, int closes) => new(
        Madrid,
        new[] { IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday }
            .ToDictionary(d => d, _ => new DayHours(new LocalTime(opens, 0), new LocalTime(closes, 0)))
            .Append(new(IsoDayOfWeek.Saturday, new DayHours(new LocalTime(10, 0), new LocalTime(14, 0)))).ToDictionary(),
        new Dictionary<LocalDate, string> { [new LocalDate(2026, 12, 25)] = "Navidad" });

    private static Instant At(string local) =>
        Madrid.AtStrictly(NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("yyyy-MM-dd'T'HH:mm").Parse(local).Value).ToInstant();
}
