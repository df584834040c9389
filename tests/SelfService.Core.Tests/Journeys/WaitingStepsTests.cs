using SelfService.Core.Journeys;

namespace SelfService.Core.Tests.Journeys;

/// <summary>Steps in memory: what goes in comes out, in its order, however it is taken.</summary>
public sealed class WaitingStepsTests
{
    private const int Capacity = 3_000;

    private static VisitStep Step(int number, string padding) => new()
    {
        VisitorId = number % 3 == 0 ? null : Guid.NewGuid(),
        Kind = (VisitStepKind)(number % 3),
        Subject = $"{number} {padding}",
        Hits = number % 2 == 0 ? number : null,
        Form = number % 5 == 0 ? "reclamo" : "",
        Query = padding,
        Experiment = number % 7 == 0 ? "prueba" : "",
        At = DateTime.UtcNow,
    };

    private static (Guid, Guid?, VisitStepKind, string, int?, string, string, string, DateTime) All(VisitStep step) =>
        (step.Id, step.VisitorId, step.Kind, step.Subject, step.Hits, step.Form, step.Query, step.Experiment, step.At);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_goes_in_comes_out_as_from_a_plain_queue(int seed)
    {
        var random = new Random(seed);
        var (steps, plain, lost) = (new WaitingSteps(Capacity), new Queue<VisitStep>(), 0);
        for (var number = 0; number < 40_000; number++)
        {
            var step = Step(number, string.Concat(Enumerable.Repeat("ñandú ", random.Next(12))));
            lost += steps.Add(step) ? 0 : 1;
            plain.Enqueue(step);
            while (plain.Count > Capacity)
            {
                plain.Dequeue();
                lost--;
            }

            if (random.Next(1_500) == 0)
            {
                var most = random.Next(1, 2 * Capacity);
                var expected = Enumerable.Range(0, Math.Min(most, plain.Count)).Select(_ => All(plain.Dequeue())).ToList();
                var batch = steps.Take(most)!;
                Assert.Equal(expected, batch.Read().Select(All));
                Assert.Equal(expected[0].Item1, batch.Id);
            }
        }

        Assert.Equal((0, plain.Count), (lost, steps.Count));
        Assert.Equal(plain.Select(All), steps.Take(Capacity)!.Read().Select(All));
        Assert.Null(steps.Take(Capacity));
    }

    [Fact]
    public void Half_a_character_keeps_nothing_back()
    {
        var steps = new WaitingSteps(Capacity);

        steps.Add(Step(1, "mitad \uD83D"));
        steps.Add(Step(2, "🦜 entero"));

        Assert.Equal(["1 mitad \uFFFD", "2 🦜 entero"], steps.Take(Capacity)!.Read().Select(s => s.Subject));
    }

    [Fact]
    public void Many_at_once_lose_nothing()
    {
        var steps = new WaitingSteps(60_000);

        Parallel.For(0, 50_000, number => steps.Add(Step(number, "x")));

        Assert.Equal(50_000, steps.Take(60_000)!.Read().Select(s => s.Subject).Distinct().Count());
    }
}
