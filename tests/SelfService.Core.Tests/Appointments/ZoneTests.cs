using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Appointments;

/// <summary>The clock of a place over the days on which it is put forward and back, and over those on which it no longer is.</summary>
public sealed class ZoneTests : AppointmentTest
{
    private static readonly string[] Quarter = ["00:00", "00:30", "01:00", "01:30", "02:00", "02:30", "03:00", "03:30"];

    /// <summary>Beginnings every half hour from midnight to four: what must be missing, and what must come twice.</summary>
    [Theory]
    // Mexico abolished it in October 2022; a zone database that is too old would skip and repeat hours here.
    [InlineData("America/Mexico_City", "2027-04-04", "", "")]
    [InlineData("America/Mexico_City", "2026-10-25", "", "")]
    [InlineData("America/Cancun", "2027-04-04", "", "")]
    // The border with the United States keeps it, on their days.
    [InlineData("America/Tijuana", "2027-03-14", "02:00 02:30", "")]
    [InlineData("America/Tijuana", "2026-11-01", "", "01:00 01:30")]
    [InlineData("America/Ciudad_Juarez", "2027-03-14", "02:00 02:30", "")]
    [InlineData("America/Ciudad_Juarez", "2026-11-01", "", "01:00 01:30")]
    [InlineData("America/Ojinaga", "2027-03-14", "02:00 02:30", "")]
    [InlineData("America/Chihuahua", "2027-03-14", "", "")]
    // Chile springs forward at midnight and falls back at midnight, into the day before.
    [InlineData("America/Santiago", "2026-09-06", "00:00 00:30", "")]
    [InlineData("America/Santiago", "2027-04-03", "", "")]
    // Easter Island changes at the same instant, two hours earlier on its clock.
    [InlineData("Pacific/Easter", "2026-09-05", "", "")]
    // Paraguay stays on summer time since October 2024.
    [InlineData("America/Asuncion", "2026-10-04", "", "")]
    [InlineData("America/Asuncion", "2027-03-28", "", "")]
    // Brazil abolished it in 2019; Colombia and Argentina have none.
    [InlineData("America/Sao_Paulo", "2026-11-01", "", "")]
    [InlineData("America/Bogota", "2026-11-01", "", "")]
    [InlineData("America/Argentina/Buenos_Aires", "2026-10-18", "", "")]
    [InlineData("Europe/Madrid", "2027-03-28", "02:00 02:30", "")]
    [InlineData("Europe/Madrid", "2026-10-25", "", "02:00 02:30")]
    public void An_hour_that_does_not_exist_is_never_offered_and_one_that_comes_twice_is_offered_twice(string zoneId, string date, string missing, string twice)
    {
        var day = NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value;
        var starts = StartsOn(zoneId, day, "00:00", "04:00");

        var expected = Quarter.Except(missing.Split(' ')).Concat(twice.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Order();
        Assert.Equal(expected, starts.Select(s => s.ToString("HH:mm", null)).Order());
        Assert.Equal(starts.Count, starts.Select(s => s.ToInstant()).Distinct().Count());
        Assert.Equal(starts.OrderBy(s => s.ToInstant()), starts);
    }

    [Theory]
    // Chile falls back at midnight from Saturday to Sunday: the last hour of Saturday comes twice.
    [InlineData("America/Santiago", "2027-04-03", "23:00 23:00")]
    // Easter Island: from 22:00 back to 21:00, and forward from 22:00 to 23:00.
    [InlineData("Pacific/Easter", "2027-04-03", "20:00 20:30 21:00 21:30 21:00 21:30 22:00 22:30 23:00")]
    [InlineData("Pacific/Easter", "2026-09-05", "20:00 20:30 21:00 21:30 23:00")]
    public void The_late_edges_of_Chile_and_Easter_Island(string zoneId, string date, string expected)
    {
        var starts = StartsOn(zoneId, NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value, zoneId == "Pacific/Easter" ? "20:00" : "23:00", "23:30");

        Assert.Equal(expected.Split(' '), starts.Select(s => s.ToString("HH:mm", null)));
    }

    [Fact]
    public async Task Both_readings_of_an_hour_that_comes_twice_are_booked_apart()
    {
        var tijuana = DateTimeZoneProviders.Tzdb["America/Tijuana"];
        var agenda = Night(tijuana);
        Clock.Now = new DateTime(2026, 10, 30, 12, 0, 0, DateTimeKind.Utc);
        var map = tijuana.MapLocal(new LocalDateTime(2026, 11, 1, 1, 0));

        var first = await BookedAsync(agenda, Wants(map.First().ToInstant()));
        var second = await BookedAsync(agenda, Wants(map.Last().ToInstant()));

        Assert.Equal(first.LocalStart, second.LocalStart);
        Assert.Equal((TimeSpan.FromHours(1), -420, -480), (second.StartsAt - first.StartsAt, first.OffsetMinutes, second.OffsetMinutes));
        Assert.Equal(second.StartsAt, AgreedTime.Resolve(second.LocalStart, second.OffsetMinutes, tijuana).ToDateTimeUtc());
        Assert.Equal(first.StartsAt, AgreedTime.Resolve(first.LocalStart, first.OffsetMinutes, tijuana).ToDateTimeUtc());
        await AddsAsync();
    }

    [Fact]
    public async Task When_the_rules_of_a_zone_change_the_local_hour_stays_and_the_time_moves_with_it()
    {
        var agenda = With(Visit() with { Reminders = [TimeSpan.FromHours(2)] }, Someone("luz"));
        var ana = await BookedAsync(agenda, Wants(Tomorrow(10)));
        var eva = await BookedAsync(agenda, Wants(Tomorrow(11)));

        Assert.Equal(0, await AlignAsync(agenda, DateTimeZoneProviders.Tzdb));
        // The country decides to live an hour later from now on.
        Assert.Equal(2, await AlignAsync(agenda, new MovedZones(Offset.FromHours(-5))));

        var aligned = await AppointmentAsync(ana.TicketId);
        Assert.Equal((ana.LocalStart, ana.StartsAt.AddHours(-1), 1), (aligned.LocalStart, aligned.StartsAt, aligned.Sequence));
        Assert.Equal(aligned.StartsAt, aligned.Ticket.DueAt);
        Assert.Contains(aligned.Ticket.Events, e => e.Kind == TicketEventKind.AppointmentAligned);
        Assert.Equal(eva.StartsAt.AddHours(-1), (await AppointmentAsync(eva.TicketId)).StartsAt);
        Assert.Equal(0, await AlignAsync(agenda, new MovedZones(Offset.FromHours(-5))));
        await AddsAsync();
    }

    private async Task<int> AlignAsync(Agenda agenda, IDateTimeZoneProvider zones)
    {
        await using var db = Database.Open();
        return await new AlignAppointments(db, agenda, Desk, zones, Clock).RunAsync(NoCancel);
    }

    private static List<ZonedDateTime> StartsOn(string zoneId, LocalDate day, string opens, string closes)
    {
        var zone = DateTimeZoneProviders.Tzdb[zoneId];
        var service = Visit(30);
        var agenda = new Agenda([Branch(zone, Daily(opens, closes))], [Someone("luz")], [service]);
        return [.. new FreeTime(agenda, service, agenda.Places[0], day, day, [], []).Slots(day, day, Instant.MinValue).Select(s => s.Start)];
    }

    private static Agenda Night(DateTimeZone zone) => new([Branch(zone, Daily("00:00", "04:00"))], [Someone("luz")], [Visit(30)]);

    /// <summary>Zones in which every clock shows the same distance from UTC.</summary>
    private sealed class MovedZones(Offset offset) : IDateTimeZoneProvider
    {
        public System.Collections.ObjectModel.ReadOnlyCollection<string> Ids => DateTimeZoneProviders.Tzdb.Ids;

        public string VersionId => "moved";

        public DateTimeZone this[string id] => DateTimeZone.ForOffset(offset);

        public DateTimeZone GetSystemDefault() => this[""];

        public DateTimeZone? GetZoneOrNull(string id) => this[id];
    }
}
