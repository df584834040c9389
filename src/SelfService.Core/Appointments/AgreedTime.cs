using NodaTime;
using NodaTime.Text;

namespace SelfService.Core.Appointments;

/// <summary>The hour on the clock of a place that was agreed, as it is kept in a history: <c>2026-12-01T10:00-08 America/Tijuana</c>.</summary>
/// <param name="Start">On the clock of the place.</param>
public sealed record AgreedTime(ZonedDateTime Start)
{
    private static readonly ZonedDateTimePattern Pattern =
        ZonedDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mmo<g> z", DateTimeZoneProviders.Tzdb);

    /// <summary>The hour of an appointment as it stands.</summary>
    public static AgreedTime Of(Appointment appointment) =>
        new(Instant.FromDateTimeUtc(appointment.StartsAt).InZone(DateTimeZoneProviders.Tzdb[appointment.Zone]));

    /// <summary>What <see cref="ToString"/> wrote; null for anything else, and when the rules of the zone have changed since.</summary>
    public static AgreedTime? Read(string text) => Pattern.Parse(text) is { Success: true, Value: var start } ? new AgreedTime(start) : null;

    /// <summary>The moment of a local hour in a zone: of an hour that comes twice the reading that was agreed, of one that was skipped the same time later.</summary>
    public static ZonedDateTime Resolve(LocalDateTime local, int offsetMinutes, DateTimeZone zone)
    {
        var map = zone.MapLocal(local);
        return map.Count == 2 ? map.Last().Offset.Seconds / 60 == offsetMinutes ? map.Last() : map.First() : zone.AtLeniently(local);
    }

    public override string ToString() => Pattern.Format(Start);
}
