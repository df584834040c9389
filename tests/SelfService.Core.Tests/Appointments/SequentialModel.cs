using System.Diagnostics;

namespace SelfService.Core.Tests.Appointments;

/// <summary>Something that a client did, between two moments, with what came of it.</summary>
/// <param name="Called">When it began, in ticks of <see cref="Stopwatch"/>.</param>
/// <param name="Returned">When its outcome was known.</param>
/// <param name="Frees">What it gives back first; null for nothing.</param>
/// <param name="Takes">What it took, or wanted in vain; null for nothing.</param>
/// <param name="IsRefused">It was told that the time is taken.</param>
/// <param name="Blocks">It blocks, whatever is there.</param>
public sealed record Operation(long Called, long Returned, Span? Frees, Span? Takes, bool IsRefused = false, bool Blocks = false);

/// <summary>A time of somebody; of anybody where nobody is named.</summary>
public sealed record Span(string? Resource, int From, int To)
{
    public bool Meets(Span other) => From < other.To && other.From < To;
}

/// <summary>
/// What one agenda with one lock around it would do. Whatever many clients did at once must be what it does in some order in which
/// nothing comes before what had ended when it began.
/// </summary>
/// <param name="people">Who can be booked.</param>
public sealed class SequentialModel(IReadOnlyList<string> people)
{
    private readonly HashSet<string> seen = [];

    /// <summary>Whether there is such an order.</summary>
    /// <param name="clients">What each client did, one after the other.</param>
    public bool Explains(IReadOnlyList<IReadOnlyList<Operation>> clients) => Explains(clients, new int[clients.Count], []);

    // What is held after some operations does not depend on their order, so that each set of them is looked at once.
    private bool Explains(IReadOnlyList<IReadOnlyList<Operation>> clients, int[] done, List<Span> held)
    {
        var next = Enumerable.Range(0, clients.Count).Where(c => done[c] < clients[c].Count).Select(c => (Client: c, Operation: clients[c][done[c]])).ToList();
        if (next.Count == 0)
        {
            return true;
        }

        if (!seen.Add(string.Join(',', done)))
        {
            return false;
        }

        var first = next.Min(n => n.Operation.Returned);
        foreach (var (client, operation) in next.Where(n => n.Operation.Called <= first).OrderBy(n => n.Operation.Returned))
        {
            if (After(operation, held) is { } then)
            {
                done[client]++;
                if (Explains(clients, done, then))
                {
                    return true;
                }

                done[client]--;
            }
        }

        return false;
    }

    // What is held after an operation; null when it could not have ended as it did.
    private List<Span>? After(Operation operation, List<Span> held)
    {
        var rest = operation.Frees is { } freed ? held.Where(h => !ReferenceEquals(h, freed)).ToList() : held;
        return operation switch
        {
            { Takes: null } => rest,
            { IsRefused: true, Takes: { } wanted } => people.Any(p => IsFree(p, wanted, rest)) ? null : held,
            { Takes: { } taken, Blocks: true } => [.. rest, taken],
            { Takes: { Resource: { } person } taken } => IsFree(person, taken, rest) ? [.. rest, taken] : null,
            _ => throw new InvalidOperationException("What was taken is somebody's."),
        };
    }

    private static bool IsFree(string person, Span wanted, List<Span> held) => held.All(h => h.Resource != person || !h.Meets(wanted));
}

public sealed class SequentialModelTests
{
    private static readonly SequentialModel Model = new(["luz"]);

    [Fact]
    public void Two_who_hold_the_same_at_once_are_not_explained()
    {
        Assert.False(new SequentialModel(["luz"]).Explains([[new(0, 10, null, new("luz", 0, 4))], [new(5, 15, null, new("luz", 2, 6))]]));
        Assert.True(new SequentialModel(["luz"]).Explains([[new(0, 10, null, new("luz", 0, 4))], [new(5, 15, null, new("luz", 4, 6))]]));
    }

    [Fact]
    public void Who_is_refused_what_was_free_all_the_time_is_not_explained()
    {
        var held = new Span("luz", 0, 4);

        Assert.False(Model.Explains([[new(0, 1, null, held), new(2, 3, held, null)], [new(4, 5, null, new(null, 0, 4), IsRefused: true)]]));
        Assert.True(new SequentialModel(["luz"]).Explains([[new(0, 1, null, held), new(2, 6, held, null)], [new(4, 5, null, new(null, 0, 4), IsRefused: true)]]));
    }
}
