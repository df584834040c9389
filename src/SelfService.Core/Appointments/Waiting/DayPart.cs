using NodaTime;

namespace SelfService.Core.Appointments.Waiting;

/// <summary>The part of a day that serves somebody.</summary>
public enum DayPart
{
    Any,

    /// <summary>Beginning before <see cref="DayParts.Noon"/>.</summary>
    Morning,

    /// <summary>Beginning at <see cref="DayParts.Noon"/> or later.</summary>
    Afternoon,
}

/// <summary>What belongs to a part of the day.</summary>
public static class DayParts
{
    /// <summary>Where the morning ends.</summary>
    public static readonly LocalTime Noon = LocalTime.Noon;

    /// <summary>Whether an hour that begins then belongs to it.</summary>
    public static bool Includes(this DayPart part, LocalTime start) => part switch
    {
        DayPart.Morning => start < Noon,
        DayPart.Afternoon => start >= Noon,
        _ => true,
    };
}
