using NodaTime;
using SelfService.Core.Deflection;
using SelfService.Core.Journeys;
using SelfService.Search;

namespace SelfService.Core.Tests.Deflection;

/// <summary>
/// Worlds in which it is known what articles do. The log of each goes through the very code that decides a day, and what comes out is
/// held against the truth.
/// </summary>
public sealed class SimulatorTests
{
    private const int Runs = 1000;

    private static readonly LocalDate Day = new(2026, 3, 2);
    private static readonly DateTime Start = new(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan Window = TimeSpan.FromHours(72);

    /// <summary>A world.</summary>
    /// <param name="Visitors">People who come to a form.</param>
    /// <param name="Contact">Share of them that writes when nothing is shown.</param>
    /// <param name="Effect">What articles change of it: −0.3 are 30 % fewer.</param>
    private sealed record World(int Visitors, double Contact, double Effect, double Held = 0.5)
    {
        public double TrueDifference => Contact * Effect;
    }

    // Everybody comes once to a form; whether she writes depends on whether she was shown articles.
    private static ExperimentSum Experience(World world, Random random)
    {
        var experiment = new Experiment($"prueba-{random.Next()}", ExperimentKind.FormOffers, "", world.Held, Day, Day, 100);
        var visitors = new List<LoggedVisitor>(world.Visitors);
        for (var i = 0; i < world.Visitors; i++)
        {
            var (visitor, at) = (NewId(random), Sometime(random));
            var isHeld = experiment.IsHeld(visitor);
            var writes = random.NextDouble() < world.Contact * (isHeld ? 1 : 1 + world.Effect);
            List<LoggedStep> steps = [Step(visitor, VisitStepKind.OpenedForm, at), Step(visitor, isHeld ? VisitStepKind.Withheld : VisitStepKind.Offered, at.AddSeconds(20), experiment: experiment.Key)];
            visitors.Add(new LoggedVisitor(visitor, steps, writes ? [new Act(ActKind.Wrote, "", at.AddMinutes(5))] : [], IsLinked: writes));
        }

        var days = ExperimentDay.Of(Log(visitors));
        ContactSums Side(bool isHeld) => days.Where(d => d.IsHeld == isHeld).Select(Sums).SingleOrDefault() ?? ContactSums.None;
        return new ExperimentSum(experiment, Side(isHeld: true), Side(isHeld: false));
    }

    // People who come several times, some of whom are of those who write.
    private static VisitDay Traffic(int people, int machines, Random random)
    {
        var visitors = new List<LoggedVisitor>(people + machines);
        for (var i = 0; i < people; i++)
        {
            var (visitor, propensity) = (NewId(random), random.NextDouble() * 0.4);
            var (steps, acts) = (new List<LoggedStep>(), new List<Act>());
            for (var visit = random.Next(1, 5); visit > 0 && acts.Count == 0; visit--)
            {
                var at = Start.AddHours(5 * steps.Count / 2).AddMinutes(random.Next(200));
                steps.Add(Step(visitor, VisitStepKind.Read, at, "fuga"));
                steps.Add(Step(visitor, VisitStepKind.Engaged, at.AddSeconds(11), "fuga"));
                if (random.NextDouble() < propensity)
                {
                    acts.Add(new Act(ActKind.Wrote, "", steps[^1].At.AddMinutes(1)));
                }
            }

            visitors.Add(new LoggedVisitor(visitor, steps, acts, acts.Count > 0));
        }

        for (var i = 0; i < machines; i++)
        {
            var visitor = NewId(random);
            visitors.Add(new LoggedVisitor(visitor, [.. Enumerable.Range(0, 12).Select(n => Step(visitor, VisitStepKind.Read, Start.AddSeconds((60 * n) + random.Next(30)), "fuga"))], [], IsLinked: false));
        }

        return VisitDay.Of(Log(visitors));
    }

    [Fact]
    public void Without_an_effect_every_p_value_is_as_likely_as_any_other()
    {
        var random = new Random(1);
        var values = Enumerable.Range(0, Runs).Select(_ => Experience(new World(2000, 0.2, 0), random).Effect.PValue()).Order().ToList();

        // Kolmogorov and Smirnov: beyond this one run in a hundred is. Counts make p-values jump a little.
        var distance = values.Select((p, at) => Math.Max(Math.Abs(p - ((at + 1.0) / Runs)), Math.Abs(p - ((double)at / Runs)))).Max();
        Assert.True(distance < 1.63 / Math.Sqrt(Runs) + 0.01, $"distance {distance:0.000}");
        Assert.InRange(values.Count(p => p < 0.05), 30, 70);
    }

    [Theory]
    [InlineData(-0.3, 0.5)]
    [InlineData(0, 0.1)]
    [InlineData(0.14, 0.1)]
    public void The_interval_of_an_effect_holds_the_truth_nineteen_times_of_twenty(double effect, double held)
    {
        var random = new Random(2);
        var world = new World(2000, 0.2, effect, held);
        var covered = Enumerable.Range(0, Runs).Count(_ => Experience(world, random).Effect.Interval() is var bounds && bounds.Low <= world.TrueDifference && world.TrueDifference <= bounds.High);

        Assert.InRange(covered, 0.93 * Runs, 0.97 * Runs);
    }

    [Fact]
    public void The_interval_of_the_headline_holds_the_truth_although_people_come_again()
    {
        var random = new Random(3);
        var truth = Traffic(400_000, 0, new Random(4));
        var share = (double)truth.Contact / truth.Counted;
        var covered = Enumerable.Range(0, Runs).Count(_ => Sums(Traffic(600, 0, random)).Share.Interval() is var bounds && bounds.Low <= share && share <= bounds.High);

        Assert.InRange(covered, 0.93 * Runs, 0.97 * Runs);
    }

    [Theory]
    [InlineData(-0.3, -1)]
    [InlineData(0, 0)]
    [InlineData(0.14, 1)]
    public void A_world_comes_out_with_its_sign_however_silent_its_people_are(double effect, int sign)
    {
        var sum = Experience(new World(60_000, 0.2, effect, 0.1), new Random(5));
        var bounds = sum.Effect.Interval();

        Assert.Equal(sign, bounds.IsApartFromZero ? Math.Sign(sum.Effect.Value) : 0);
        Assert.False(sum.IsSkewed);
        Assert.True(sum.IsLarge);
        // What would be called deflection elsewhere says four of five in every one of these worlds.
        Assert.InRange(1 - sum.Shown.Share.Value, 0.75, 0.88);
    }

    [Fact]
    public void Machines_move_the_headline_by_less_than_a_fifth_of_a_point()
    {
        var without = Traffic(20_000, 0, new Random(6));
        var with = Traffic(20_000, 9_000, new Random(6));

        Assert.Equal(9_000, with.Machines);
        Assert.True(Math.Abs(Sums(without).Share.Value - Sums(with).Share.Value) < 0.002);
    }

    [Fact]
    public void A_split_that_went_wrong_is_noticed()
    {
        var experiment = new Experiment("prueba", ExperimentKind.FormOffers, "", 0.1, Day, Day, 100);
        ContactSums People(int count) => new(count, count, count / 5, count / 5, count, count / 5);

        Assert.False(new ExperimentSum(experiment, People(1_010), People(8_990)).IsSkewed);
        // A fifth of those who saw nothing left no trace.
        Assert.True(new ExperimentSum(experiment, People(800), People(9_000)).IsSkewed);
    }

    [Fact]
    public void The_same_person_is_always_on_the_same_side_and_another_key_deals_anew()
    {
        var random = new Random(7);
        var one = new Experiment("una", ExperimentKind.FormOffers, "", 0.1, Day, Day, 100);
        var other = one with { Key = "otra" };
        var people = Enumerable.Range(0, 50_000).Select(_ => NewId(random)).ToList();

        Assert.InRange(people.Count(one.IsHeld), 4_800, 5_200);
        Assert.All(people.Take(100), p => Assert.Equal(one.IsHeld(p), (one with { Until = Day.PlusDays(9) }).IsHeld(p)));
        // On one side of both: a tenth of a tenth.
        Assert.InRange(people.Count(p => one.IsHeld(p) && other.IsHeld(p)), 420, 580);
    }

    private static DayLog Log(List<LoggedVisitor> visitors) =>
        new(Day, Window, Start, Start.AddDays(1), SearchLanguage.Default, []) { Visitors = visitors, Strangers = new Dictionary<StrangerStep, int>() };

    private static ContactSums Sums(DaySum day) => new(day.Visitors, day.Counted, day.Contact, day.ContactSquared, day.CountedSquared, day.Products);

    private static LoggedStep Step(Guid visitor, VisitStepKind kind, DateTime at, string subject = "", string experiment = "") =>
        new(visitor, kind, subject, "", "", experiment, null, at, at >= Start && at < Start.AddDays(1));

    private static DateTime Sometime(Random random) => Start.AddSeconds(random.Next(80_000));

    private static Guid NewId(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
