using NodaTime;
using SelfService.Core.Company;
using SelfService.Core.Sla;

namespace SelfService.Core.Tests.Sla;

/// <summary>Targets against a count of every single minute, on random companies and histories.</summary>
public sealed class SlaReckoningTests
{
    private static readonly string[] Zones = ["America/Mexico_City", "America/Santiago", "America/Bogota", "America/Asuncion", "Europe/Madrid"];

    [Fact]
    public void Working_time_between_two_moments_is_what_counting_minutes_gives()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var (company, clock) = World(random);
            var from = Start(random);
            var to = from.AddMinutes(random.Next(-100, 20_000));

            Assert.Equal(Minutes(company, from, to), clock.Between(from, to, SlaHours.Opening).TotalMinutes);
            Assert.Equal(Math.Max(0, (to - from).TotalMinutes), clock.Between(from, to, SlaHours.Always).TotalMinutes);
        }
    }

    [Fact]
    public void Targets_with_pauses_are_what_counting_minutes_gives()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(1_000 + seed);
            var (company, clock) = World(random);
            var opened = Start(random);
            var (pauses, at) = (new List<SlaPause>(), opened);
            for (var n = random.Next(0, 4); n > 0; n--)
            {
                var begins = at.AddMinutes(random.Next(1, 3_000));
                pauses.Add(new SlaPause(begins, at = begins.AddMinutes(random.Next(1, 6_000))));
            }

            var paused = random.Next(3) == 0 ? at.AddMinutes(random.Next(1, 3_000)) : (DateTime?)null;
            var times = new SlaTimes(TimeSpan.FromMinutes(random.Next(1, 1_500)), TimeSpan.FromHours(1), TimeSpan.FromMinutes(random.Next(1, 4_000)));
            var responded = random.Next(2) == 0 ? opened.AddMinutes(5) : (DateTime?)null;
            var policy = new SlaPolicy("p", times, SlaHours.Opening);

            var targets = new SlaReckoning(clock).Of(opened, responded, pauses, paused, times, policy);

            Assert.Equal(Counted(company, opened, times.FirstResponse, [], null), targets.FirstResponseBy);
            Assert.Equal(Counted(company, opened, times.Solution!.Value, pauses, paused), targets.SolutionBy);
        }
    }

    [Fact]
    public void The_warning_comes_when_a_quarter_is_left_and_stops_while_the_customer_is_awaited()
    {
        var clock = new SlaClock(CompanyProfile.Neutral);
        var (opened, times) = (new DateTime(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc), new SlaTimes(TimeSpan.FromHours(8), TimeSpan.FromHours(8), TimeSpan.FromHours(40)));
        var policy = new SlaPolicy("p", times, SlaHours.Always);

        Assert.Equal(opened.AddHours(6), new SlaReckoning(clock).Of(opened, null, [], null, times, policy).WarnAt);
        Assert.Equal(opened.AddHours(30), new SlaReckoning(clock).Of(opened, opened, [], null, times, policy).WarnAt);
        Assert.Null(new SlaReckoning(clock).Of(opened, opened, [], opened.AddHours(1), times, policy).WarnAt);
        Assert.Equal(opened.AddHours(32), new SlaReckoning(clock).Of(opened, opened, [new SlaPause(opened.AddHours(1), opened.AddHours(3))], null, times, policy).WarnAt);
    }

    // The first moment at which that many open minutes have passed in which it was the company's turn; null when it never comes.
    private static DateTime? Counted(CompanyProfile company, DateTime from, TimeSpan time, List<SlaPause> pauses, DateTime? pausedSince)
    {
        var (left, at) = ((int)time.TotalMinutes, from);
        while (left > 0)
        {
            if (at >= pausedSince)
            {
                return null;
            }

            left -= !pauses.Exists(p => p.From <= at && at < p.To) && IsOpen(company, at) ? 1 : 0;
            at = at.AddMinutes(1);
        }

        return at;
    }

    private static double Minutes(CompanyProfile company, DateTime from, DateTime to)
    {
        var count = 0;
        for (var at = from; at < to; at = at.AddMinutes(1))
        {
            count += IsOpen(company, at) ? 1 : 0;
        }

        return count;
    }

    private static bool IsOpen(CompanyProfile company, DateTime at)
    {
        var local = Instant.FromDateTimeUtc(at).InZone(company.TimeZone).LocalDateTime;
        return !company.OpeningHours.Holidays.ContainsKey(local.Date) && company.OpeningHours.Week.TryGetValue(local.DayOfWeek, out var hours)
            && hours.Opens <= local.TimeOfDay && local.TimeOfDay < hours.Closes;
    }

    // Around the days on which clocks change, too.
    private static DateTime Start(Random random) => new DateTime(2026, random.Next(1, 13), random.Next(1, 28), random.Next(0, 24), random.Next(0, 60), 0, DateTimeKind.Utc);

    private static (CompanyProfile Company, SlaClock Clock) World(Random random)
    {
        var zone = DateTimeZoneProviders.Tzdb[Zones[random.Next(Zones.Length)]];
        var week = new Dictionary<IsoDayOfWeek, DayHours>();
        foreach (var day in Enum.GetValues<IsoDayOfWeek>().Where(d => d != IsoDayOfWeek.None && random.Next(4) > 0).Append(IsoDayOfWeek.Monday))
        {
            var opens = random.Next(5, 13);
            week[day] = new DayHours(new LocalTime(opens, 30 * random.Next(2)), new LocalTime(random.Next(opens + 1, 23), 30 * random.Next(2)));
        }

        var holidays = Enumerable.Range(0, 30).Select(_ => new LocalDate(2026, 1, 1).PlusDays(random.Next(400))).Distinct().ToDictionary(d => d, _ => "Fiesta");
        var company = CompanyProfile.Neutral with { TimeZone = zone, OpeningHours = new OpeningHours(zone, week, holidays) };
        return (company, new SlaClock(company));
    }
}
