using NodaTime;

namespace SelfService.Core.Appointments.Waiting;

/// <summary>How long an hour is kept for who is offered it: time in which people are awake, on the clock of the place.</summary>
public static class OfferTime
{
    /// <summary>An hour that could be taken for a shorter waking time is offered to nobody.</summary>
    public static readonly Duration Least = Duration.FromMinutes(30);

    /// <summary>From when on people read mail.</summary>
    public static readonly LocalTime Wakes = new(8, 0);

    /// <summary>Until when they do.</summary>
    public static readonly LocalTime Sleeps = new(21, 0);

    /// <summary>Until when an offer made now stands; null when it is not worth making.</summary>
    /// <param name="time">Waking time that it stands.</param>
    /// <param name="latest">Last moment at which the hour can be booked at all.</param>
    public static Instant? Until(Instant now, TimeSpan time, Instant latest, DateTimeZone zone)
    {
        var until = Instant.Min(After(now, Duration.FromTimeSpan(time), zone), latest);
        return Awake(now, until, zone) >= Least ? until : null;
    }

    // Waking time between two moments.
    private static Duration Awake(Instant from, Instant to, DateTimeZone zone)
    {
        var sum = Duration.Zero;
        for (var day = from.InZone(zone).Date; day <= to.InZone(zone).Date; day = day.PlusDays(1))
        {
            var (wakes, sleeps) = (Instant.Max(from, zone.AtLeniently(day + Wakes).ToInstant()), Instant.Min(to, zone.AtLeniently(day + Sleeps).ToInstant()));
            sum += Duration.Max(sleeps - wakes, Duration.Zero);
        }

        return sum;
    }

    private static Instant After(Instant from, Duration left, DateTimeZone zone)
    {
        var at = from;
        for (var day = from.InZone(zone).Date; ; day = day.PlusDays(1))
        {
            at = Instant.Max(at, zone.AtLeniently(day + Wakes).ToInstant());
            var awake = Duration.Max(zone.AtLeniently(day + Sleeps).ToInstant() - at, Duration.Zero);
            if (left <= awake)
            {
                return at + left;
            }

            left -= awake;
        }
    }
}
