using NodaTime;

namespace SelfService.Core.Appointments;

/// <summary>
/// The unit in which time is taken: five minutes, counted from 1970-01-01T00:00Z. Every appointment begins and ends on one, in
/// every zone of the world.
/// </summary>
public static class Grain
{
    public const int Minutes = 5;

    private const long Seconds = Minutes * 60;

    /// <summary>The grain that a moment lies in.</summary>
    public static int Of(Instant moment) => checked((int)Math.DivRem(moment.ToUnixTimeSeconds(), Seconds).Quotient);

    /// <summary>The first grain that begins at a moment or after it.</summary>
    public static int After(Instant moment) => checked((int)((moment.ToUnixTimeTicks() + (Seconds * NodaConstants.TicksPerSecond) - 1) / (Seconds * NodaConstants.TicksPerSecond)));

    /// <summary>When a grain begins.</summary>
    public static Instant Start(int grain) => Instant.FromUnixTimeSeconds(grain * Seconds);

    /// <summary>Grains in a time of whole grains.</summary>
    public static int Count(TimeSpan time) => (int)(time.Ticks / TimeSpan.FromMinutes(Minutes).Ticks);

    /// <summary>Whether a time is made of whole grains.</summary>
    public static bool IsWhole(TimeSpan time) => time.Ticks % TimeSpan.FromMinutes(Minutes).Ticks == 0;
}
