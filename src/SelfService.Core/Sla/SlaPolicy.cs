using SelfService.Core.Tickets;

namespace SelfService.Core.Sla;

/// <summary>Which hours count.</summary>
public enum SlaHours
{
    /// <summary>Opening hours of the company, without holidays.</summary>
    Opening,

    /// <summary>Every hour.</summary>
    Always,
}

/// <summary>How soon the company promises to answer and to solve.</summary>
/// <param name="FirstResponse">Time to the first answer.</param>
/// <param name="NextResponse">Time to every further answer.</param>
/// <param name="Solution">Time to the solution, without what the customer takes to answer; null where none is promised.</param>
public sealed record SlaTimes(TimeSpan FirstResponse, TimeSpan NextResponse, TimeSpan? Solution);

/// <summary>A promise of the company about its times.</summary>
/// <param name="Key">Its name in <c>queues.yaml</c>.</param>
/// <param name="Usual">Times of a ticket whose priority has none of its own.</param>
/// <param name="Hours">Which hours count.</param>
public sealed record SlaPolicy(string Key, SlaTimes Usual, SlaHours Hours)
{
    /// <summary>Share of a time that is left when whoever answers is warned.</summary>
    public double WarnShare { get; init; } = 0.25;

    /// <summary>Times of single priorities.</summary>
    public IReadOnlyDictionary<TicketPriority, SlaTimes> ByPriority { get; init; } = new Dictionary<TicketPriority, SlaTimes>();

    /// <summary>Times of a ticket.</summary>
    public SlaTimes Of(TicketPriority priority) => ByPriority.GetValueOrDefault(priority, Usual);
}
