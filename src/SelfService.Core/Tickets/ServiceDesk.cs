using SelfService.Core.Sla;

namespace SelfService.Core.Tickets;

/// <summary>A team that answers.</summary>
/// <param name="Key">Its name in <c>queues.yaml</c> and in the database.</param>
/// <param name="Name">Its name as customers read it.</param>
/// <param name="Sla">Policy of its tickets unless their kind or a form says otherwise.</param>
public sealed record Queue(string Key, string Name, SlaPolicy Sla)
{
    /// <summary>Policies of single kinds of tickets.</summary>
    public IReadOnlyDictionary<TicketKind, SlaPolicy> SlaByKind { get; init; } = new Dictionary<TicketKind, SlaPolicy>();

    /// <summary>Addresses of agents who answer, one after the other, for what passed its date and nobody touched.</summary>
    public IReadOnlyList<string> EscalateTo { get; init; } = [];

    /// <summary>Opening time until the next one answers for it.</summary>
    public TimeSpan EscalateEvery { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Policy of a ticket of that kind.</summary>
    public SlaPolicy SlaOf(TicketKind kind) => SlaByKind.GetValueOrDefault(kind, Sla);
}

/// <summary>Who answers and how soon, from <c>content/queues.yaml</c>.</summary>
public sealed class ServiceDesk(IReadOnlyList<Queue> queues, IReadOnlyList<SlaPolicy> policies, string defaultQueue, TimeSpan reopenWindow)
{
    /// <summary>Queues in the order they were written; at least one.</summary>
    public IReadOnlyList<Queue> Queues { get; } = queues;

    public IReadOnlyList<SlaPolicy> Policies { get; } = policies;

    /// <summary>Where a ticket goes that says nothing else.</summary>
    public Queue DefaultQueue { get; } = queues.Single(q => q.Key == defaultQueue);

    /// <summary>How long a customer may reopen what was solved.</summary>
    public TimeSpan ReopenWindow { get; } = reopenWindow;

    /// <summary>The queue of that key; the default one for a key that is no longer there, so that no ticket is lost from sight.</summary>
    public Queue Queue(string? key) => Queues.FirstOrDefault(q => q.Key == key) ?? DefaultQueue;

    /// <summary>The policy of that key; the default queue's for a key that is no longer there.</summary>
    public SlaPolicy Policy(string? key) => Policies.FirstOrDefault(p => p.Key == key) ?? DefaultQueue.Sla;

    /// <summary>A desk for a company that has not written its own: one queue, eight opening hours to an answer.</summary>
    public static ServiceDesk Plain(string name)
    {
        var policy = new SlaPolicy("standard", new SlaTimes(TimeSpan.FromHours(8), TimeSpan.FromHours(8), null), SlaHours.Opening);
        return new ServiceDesk([new Queue("help", name, policy)], [policy], "help", TimeSpan.FromDays(14));
    }
}
