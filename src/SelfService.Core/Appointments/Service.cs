using SelfService.Core.Requests;

namespace SelfService.Core.Appointments;

/// <summary>Where a service happens.</summary>
public enum ServiceMode
{
    /// <summary>The customer comes to the place.</summary>
    AtPlace,

    /// <summary>Somebody comes to the customer, whose address is asked for.</summary>
    AtHome,

    /// <summary>By video; whoever gives it enters the link.</summary>
    Video,
}

/// <summary>Something that can be booked, from one file of <c>content/services</c>, already checked.</summary>
public sealed record Service
{
    public const int KeyMaxLength = 60;
    public const int MaxSeats = 500;
    public const int MaxHorizonDays = 366;
    public const int MaxRepeats = 26;

    /// <summary>Name of the file, and last part of the address.</summary>
    public required string Slug { get; init; }

    public required string Title { get; init; }

    /// <summary>One sentence, or empty.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Name of a drawing of the sprite, or empty.</summary>
    public string Icon { get; init; } = "";

    public int Position { get; init; }

    public ServiceMode Mode { get; init; }

    /// <summary>What it costs, in words; empty where nothing is said.</summary>
    public string Price { get; init; } = "";

    /// <summary>Key of the queue that answers for it.</summary>
    public required string Queue { get; init; }

    /// <summary>Whole grains.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Time that whoever gives it needs before, in whole grains.</summary>
    public TimeSpan Before { get; init; }

    /// <summary>Time that whoever gives it needs after, in whole grains.</summary>
    public TimeSpan After { get; init; }

    /// <summary>From one possible beginning to the next, in whole grains.</summary>
    public TimeSpan Every { get; init; }

    /// <summary>Hours in which it is given, on the clock of the place; null for the hours of the place.</summary>
    public OpenTimes? Hours { get; init; }

    /// <summary>What it takes, each at the same time. No person or room can do two of them.</summary>
    public required IReadOnlyList<Need> Needs { get; init; }

    /// <summary>Customers who share one appointment; 1 for a service that is given to one.</summary>
    public int Seats { get; init; } = 1;

    /// <summary>Seats that one customer may take at once.</summary>
    public int SeatsEach { get; init; } = 1;

    /// <summary>Keys of the places in which it is given.</summary>
    public required IReadOnlyList<string> Places { get; init; }

    /// <summary>Latest moment to book, before the beginning.</summary>
    public TimeSpan Notice { get; init; }

    /// <summary>Days ahead that can be booked, from today on the clock of the place.</summary>
    public int HorizonDays { get; init; } = 30;

    /// <summary>Latest moment to move or cancel it by oneself, before the beginning.</summary>
    public TimeSpan ChangeUntil { get; init; }

    /// <summary>What a later change means, in words; empty where nothing is said.</summary>
    public string ChangeRule { get; init; } = "";

    /// <summary>How long before the beginning a reminder is sent, longest first.</summary>
    public IReadOnlyList<TimeSpan> Reminders { get; init; } = [];

    /// <summary>How long after it was given the customer is asked how it went; null for never.</summary>
    public TimeSpan? FollowUp { get; init; }

    /// <summary>What is asked besides the contact; conditions and kinds as in a request form.</summary>
    public IReadOnlyList<FormField> Fields { get; init; } = [];

    /// <summary>What to have at hand, one line each.</summary>
    public IReadOnlyList<string> Bring { get; init; } = [];

    /// <summary>Whether the customer may choose a person; otherwise whoever has the least work is sent.</summary>
    public bool ChoosesPerson { get; init; }

    /// <summary>Appointments that one customer may book in a row; 1 for no series.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>How long an hour that becomes free is kept for each customer of the waiting list, see <see cref="Waiting.OfferTime"/>; null for no list.</summary>
    public TimeSpan? Offer { get; init; }

    /// <summary>Address of its page.</summary>
    public string Url => $"/citas/{Slug}";

    /// <summary>Whether a customer may wait for an hour that becomes free.</summary>
    public bool HasWaitingList => Offer is not null;

    /// <summary>Whether several customers share one appointment.</summary>
    public bool IsShared => Seats > 1;
}

/// <summary>People or rooms of one kind that a service takes.</summary>
/// <param name="Count">How many of them at once.</param>
public sealed record Need(string Skill, int Count);
