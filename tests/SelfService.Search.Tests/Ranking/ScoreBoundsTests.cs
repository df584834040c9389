using SelfService.Search.Indexing;
using SelfService.Search.Ranking;

namespace SelfService.Search.Tests.Ranking;

public class ScoreBoundsTests
{
    private const int Slots = 1_000;

    [Fact]
    public void No_score_is_above_its_bound_and_none_far_below()
    {
        var random = new Random(1);
        PreparedWord[] words = [.. Enumerable.Range(0, 9).Select(i => Word(random, share: i % 3 == 0 ? 0.02 : 0.4))];
        ushort[] sums = Sums(words);
        var scored = Enumerable.Range(0, Slots).Select(slot => new ScoredSlot(slot, 0, 0)).ToArray();
        foreach (PreparedWord word in words)
            word.AddTo(scored, 1);
        double slack = words.Sum(word => 1 << word.Shift) / 32.0;
        Assert.Contains(words, word => word.IsDense);
        Assert.Contains(words, word => !word.IsDense);
        Assert.All(scored, document => Assert.InRange(sums[document.Slot] / 32.0, document.Score, document.Score + slack));
    }

    [Fact]
    public void A_sum_too_high_for_a_number_is_the_highest_number()
    {
        var random = new Random(2);
        ushort[] sums = Sums([.. Enumerable.Range(0, 1_000).Select(i => Word(random, share: i % 2 == 0 ? 1 : 0.05))]);
        Assert.Equal(ushort.MaxValue, sums.Max());
        Assert.All(sums.Take(Slots), sum => Assert.Equal(ushort.MaxValue, sum));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    [InlineData(5_000)]
    public void The_threshold_is_reached_by_as_many_as_wanted_and_what_is_forbidden_is_not_collected(int wanted)
    {
        var random = new Random(wanted);
        var sums = new ushort[ScoreBounds.Padded(Slots)];
        for (int slot = 0; slot < Slots; slot++)
            sums[slot] = (ushort)random.Next(1, 500);
        ulong[] allowed = [.. Enumerable.Range(0, SlotSet.Words(Slots)).Select(_ => (ulong)random.NextInt64())];
        int[] expected = [.. Enumerable.Range(0, Slots).Where(slot => Bits.Has(allowed, slot)).OrderByDescending(slot => sums[slot])];
        ushort[] before = [.. sums];
        var folded = new ushort[sums.Length];
        int count = ScoreBounds.Restrict(sums, allowed, folded);
        int threshold = ScoreBounds.Threshold(sums, wanted);
        Assert.Equal(wanted > expected.Length ? 0 : before[expected[wanted - 1]], threshold);
        Assert.InRange(ScoreBounds.Threshold(folded.AsSpan(0, count), wanted), 0, threshold);
        var collected = new int[sums.Length];
        int found = ScoreBounds.Collect(sums, threshold, collected);
        Assert.Equal(expected.Where(slot => before[slot] >= threshold).Order(), collected.Take(found));
    }

    private static ushort[] Sums(PreparedWord[] words)
    {
        var sums = new ushort[ScoreBounds.Padded(Slots)];
        ScoreBounds.Add(words, sums);
        return sums;
    }

    private static PreparedWord Word(Random random, double share)
    {
        int[] slots = [.. Enumerable.Range(0, Slots).Where(_ => random.NextDouble() < share)];
        ulong[] postings = [.. slots.Select(slot => (ulong)slot << 32)];
        float[] frequencies = [.. slots.Select(_ => 0.1f + (5 * random.NextSingle()))];
        return new PreparedWord(slots, SlotSet.Of(postings, Slots), frequencies, 1, 1 + (9 * random.NextSingle()), 1.2f, Slots);
    }
}
