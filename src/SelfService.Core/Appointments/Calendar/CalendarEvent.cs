using NodaTime;

namespace SelfService.Core.Appointments.Calendar;

/// <summary>What a calendar file asks of the program that opens it (RFC 5546).</summary>
public enum CalendarMethod
{
    /// <summary>To show the events: a download or a feed. It names no attendee.</summary>
    Publish,

    /// <summary>To put the event in, or to change the one of the same <see cref="CalendarEvent.Uid"/>.</summary>
    Request,

    /// <summary>To take it out.</summary>
    Cancel,
}

/// <summary>Whoever gives or receives an appointment.</summary>
/// <param name="Name">Shown in place of the address; may be empty.</param>
public sealed record CalendarPerson(string Name, string Mail);

/// <summary>An appointment as calendars know it. Texts may hold anything; they are cleaned when they are written.</summary>
public sealed record CalendarEvent
{
    /// <summary>The same for ever, and of this appointment alone in the whole world: an id, <c>@</c>, the portal's host.</summary>
    public required string Uid { get; init; }

    /// <summary>0 at first, and greater after each change: a calendar ignores what is not newer than what it has.</summary>
    public int Sequence { get; init; }

    /// <summary>When this state of the appointment came about.</summary>
    public required Instant Stamp { get; init; }

    /// <summary>In whole seconds, in the zone whose clock the appointment keeps.</summary>
    public required ZonedDateTime Start { get; init; }

    /// <summary>In whole seconds, after the beginning.</summary>
    public required ZonedDateTime End { get; init; }

    /// <summary>One line.</summary>
    public required string Summary { get; init; }

    /// <summary>Plain text of any number of lines, or empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>One line, or empty.</summary>
    public string Location { get; init; } = "";

    /// <summary>Absolute address of its page.</summary>
    public Uri? Url { get; init; }

    public required CalendarPerson Organizer { get; init; }

    /// <summary>Who booked it, and so has accepted it.</summary>
    public CalendarPerson? Attendee { get; init; }

    public bool IsCancelled { get; init; }

    /// <summary>How long before the beginning a calendar shows it, in whole minutes.</summary>
    public IReadOnlyList<TimeSpan> Alarms { get; init; } = [];
}
