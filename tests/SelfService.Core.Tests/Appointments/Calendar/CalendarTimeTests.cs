using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using NodaTime.Text;
using SelfService.Core.Appointments.Calendar;

namespace SelfService.Core.Tests.Appointments.Calendar;

/// <summary>A file says the moments of its appointments to the second, to a calendar that knows nothing but the file.</summary>
public sealed class CalendarTimeTests
{
    private static readonly string[] Zones =
    [
        "America/Mexico_City", "America/Tijuana", "America/Ojinaga", "America/Santiago", "Pacific/Easter", "America/Asuncion", "America/Sao_Paulo",
        "America/Bogota", "America/Argentina/Buenos_Aires", "Europe/Madrid", "America/St_Johns", "Asia/Kathmandu", "Pacific/Chatham", "Australia/Lord_Howe",
        "Europe/Dublin", "Africa/Casablanca", "Pacific/Apia", "UTC", "Etc/UTC",
    ];

    // Around changes of the clock more often than not: what is before one, what it skips or repeats, what is after.
    private static readonly Gen<(DateTimeZone Zone, Instant Start)> Moments =
        from zone in Gen.Elements(Zones).Select(id => DateTimeZoneProviders.Tzdb[id])
        from day in Gen.Choose(0, 366 * 40)
        from second in Gen.Choose(0, NodaConstants.SecondsPerDay - 1)
        from near in Gen.Choose(-150 * 60, 150 * 60)
        from change in Gen.Elements(false, true, true)
        let any = Instant.FromUtc(2005, 1, 1, 0, 0) + Duration.FromDays(day) + Duration.FromSeconds(second)
        let interval = zone.GetZoneInterval(any)
        select (zone, change && interval.HasEnd ? interval.End + Duration.FromSeconds(near) : any);

    private static readonly Gen<CalendarEvent> Events =
        from moment in Moments
        from seconds in Gen.OneOf(Gen.Choose(1, 4 * 3600), Gen.Choose(1, 400 * NodaConstants.SecondsPerDay))
        let start = moment.Start.InZone(moment.Zone)
        select SomeEvent.At(start) with { End = start + Duration.FromSeconds(seconds) };

    [Fact]
    public void Every_beginning_and_end_reads_back_to_the_second()
    {
        Prop.ForAll(Events.NonEmptyListOf().ToArbitrary(), events =>
        {
            var read = ReadCalendar.Of(CalendarWriter.Write([.. events], CalendarMethod.Publish, "Brisal"));

            Assert.Equal(events.Select(e => (e.Start.ToInstant(), e.End.ToInstant())), read.Events.Select(e => (read.Moment(e, "DTSTART"), read.Moment(e, "DTEND"))));
            Assert.Equal(read.Zones.Count, read.Zones.Select(z => z["TZID"].Text).Distinct().Count());
            Assert.All(read.Zones, zone => Assert.Contains(read.Events, e => e["DTSTART"].Parameters.GetValueOrDefault("TZID") == zone["TZID"].Text));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void Every_beginning_around_every_change_of_eight_years_reads_back()
    {
        foreach (var zone in Zones.Select(id => DateTimeZoneProviders.Tzdb[id]))
        {
            foreach (var interval in zone.GetZoneIntervals(Instant.FromUtc(2020, 1, 1, 0, 0), Instant.FromUtc(2028, 1, 1, 0, 0)).Where(i => i.HasEnd))
            {
                var starts = Enumerable.Range(-26, 52).Select(i => (interval.End + Duration.FromMinutes(5 * i)).InZone(zone)).ToList();

                var read = ReadCalendar.Of(CalendarWriter.Write([.. starts.Select(SomeEvent.At)], CalendarMethod.Publish, ""));

                Assert.Equal(starts.Select(s => s.ToInstant()), read.Events.Select(e => read.Moment(e, "DTSTART")));
                Assert.Equal(starts.Select(s => s.PlusHours(1).ToInstant()), read.Events.Select(e => read.Moment(e, "DTEND")));
            }
        }
    }

    [Theory]
    [InlineData("2026-10-24T23:30", "DTSTART;TZID=Europe/Madrid:20261025T013000", "DTEND;TZID=Europe/Madrid:20261025T015000")]
    [InlineData("2026-10-25T00:30", "DTSTART:20261025T003000Z", "DTEND:20261025T005000Z")]
    [InlineData("2026-10-25T01:30", "DTSTART:20261025T013000Z", "DTEND:20261025T015000Z")]
    [InlineData("2026-10-25T02:00", "DTSTART;TZID=Europe/Madrid:20261025T030000", "DTEND;TZID=Europe/Madrid:20261025T032000")]
    // Both ends in one form: this one ends in the hour that comes twice.
    [InlineData("2026-10-24T23:50", "DTSTART:20261024T235000Z", "DTEND:20261025T001000Z")]
    public void An_hour_that_comes_twice_is_a_moment_of_utc_which_no_calendar_mistakes(string utc, string start, string end)
    {
        var moment = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(utc).Value.InUtc().ToInstant().InZone(DateTimeZoneProviders.Tzdb["Europe/Madrid"]);

        var text = CalendarWriter.Write([SomeEvent.At(moment) with { End = moment.PlusMinutes(20) }], CalendarMethod.Request, "");

        Assert.Contains($"\r\n{start}\r\n{end}\r\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("America/Mexico_City", 2022, "STANDARD 20220101T000000 -0600 -0600", "DAYLIGHT 20220403T020000 -0600 -0500", "STANDARD 20221030T020000 -0500 -0600")]
    [InlineData("America/Mexico_City", 2027, "STANDARD 20270101T000000 -0600 -0600")]
    [InlineData("America/Ojinaga", 2027, "STANDARD 20270101T000000 -0600 -0600", "DAYLIGHT 20270314T020000 -0600 -0500", "STANDARD 20271107T020000 -0500 -0600")]
    [InlineData("America/Tijuana", 2027, "STANDARD 20270101T000000 -0800 -0800", "DAYLIGHT 20270314T020000 -0800 -0700", "STANDARD 20271107T020000 -0700 -0800")]
    [InlineData("America/Santiago", 2027, "DAYLIGHT 20270101T000000 -0300 -0300", "STANDARD 20270404T000000 -0300 -0400", "DAYLIGHT 20270905T000000 -0400 -0300")]
    [InlineData("Pacific/Easter", 2027, "DAYLIGHT 20270101T000000 -0500 -0500", "STANDARD 20270403T220000 -0500 -0600", "DAYLIGHT 20270904T220000 -0600 -0500")]
    [InlineData("America/Asuncion", 2027, "STANDARD 20270101T000000 -0300 -0300")]
    [InlineData("America/Sao_Paulo", 2027, "STANDARD 20270101T000000 -0300 -0300")]
    [InlineData("America/Bogota", 2027, "STANDARD 20270101T000000 -0500 -0500")]
    [InlineData("America/Argentina/Buenos_Aires", 2027, "STANDARD 20270101T000000 -0300 -0300")]
    [InlineData("Europe/Madrid", 2027, "STANDARD 20270101T000000 +0100 +0100", "DAYLIGHT 20270328T020000 +0100 +0200", "STANDARD 20271031T030000 +0200 +0100")]
    [InlineData("America/St_Johns", 2027, "STANDARD 20270101T000000 -0330 -0330", "DAYLIGHT 20270314T020000 -0330 -0230", "STANDARD 20271107T020000 -0230 -0330")]
    [InlineData("Pacific/Chatham", 2027, "DAYLIGHT 20270101T000000 +1345 +1345", "STANDARD 20270404T034500 +1345 +1245", "DAYLIGHT 20270926T024500 +1245 +1345")]
    [InlineData("Asia/Kathmandu", 2027, "STANDARD 20270101T000000 +0545 +0545")]
    public void A_zone_is_described_for_the_years_used(string zone, int year, params string[] rules)
    {
        var read = ReadCalendar.Of(CalendarWriter.Write([SomeEvent.At(zone, new LocalDateTime(year, 6, 15, 12, 0))], CalendarMethod.Request, ""));

        Assert.Equal(rules, Assert.Single(read.Zones).Parts.Select(p => $"{p.Name} {p["DTSTART"].Raw} {p["TZOFFSETFROM"].Raw} {p["TZOFFSETTO"].Raw}"));
    }

    [Fact]
    public void A_zone_is_described_for_all_years_of_its_appointments_and_no_others()
    {
        var read = ReadCalendar.Of(CalendarWriter.Write(
            [SomeEvent.At("Europe/Madrid", new LocalDateTime(2028, 6, 1, 9, 0)), SomeEvent.At("Europe/Madrid", new LocalDateTime(2026, 12, 31, 23, 30))], CalendarMethod.Publish, ""));

        Assert.Equal([2026, 2026, 2026, 2027, 2027, 2028, 2028], Assert.Single(read.Zones).Parts.Select(p => ReadCalendar.Onset(p).Year));
    }

    [Fact]
    public void What_is_written_in_utc_needs_no_zone()
    {
        var read = ReadCalendar.Of(CalendarWriter.Write([SomeEvent.At("UTC", new LocalDateTime(2027, 6, 15, 12, 0))], CalendarMethod.Request, ""));

        Assert.Empty(read.Zones);
        Assert.Equal("20270615T120000Z", Assert.Single(read.Events)["DTSTART"].Raw);
    }

    [Fact]
    public void A_zone_whose_name_is_no_plain_word_is_found_again()
    {
        var start = Instant.FromUtc(2027, 6, 15, 12, 0).InZone(DateTimeZone.ForOffset(Offset.FromHoursAndMinutes(-3, -30)));

        var read = ReadCalendar.Of(CalendarWriter.Write([SomeEvent.At(start)], CalendarMethod.Request, ""));

        Assert.Equal(start.ToInstant(), read.Moment(Assert.Single(read.Events), "DTSTART"));
    }
}
