namespace SelfService.Core.KnowledgeBase.Differences;

/// <summary>A stretch that stands in both sequences.</summary>
internal readonly record struct MatchedRun(int Old, int New, int Length);

/// <summary>
/// What two sequences have in common, in order: the O(ND) algorithm with linear space of Myers, "An O(ND) Difference Algorithm and Its
/// Variations" (Algorithmica 1, 1986). Where too much differs, or this matcher's steps are used up, it takes what stands exactly once
/// on both sides as fixed (the patience difference of Bram Cohen) and gives up on the rest, so that its time is bounded.
/// </summary>
internal sealed class SequenceMatcher
{
    /// <summary>Half of the most differences that are searched for the best answer; the search is quadratic in them.</summary>
    private const int MaxHalfDifferences = 1_024;

    /// <summary>Steps of all searches of one matcher together.</summary>
    private const long MaxSteps = 12_000_000;

    /// <summary>How often what is between fixed points may be searched for fixed points again.</summary>
    private const int MaxDepth = 4;

    // Stands for a path that left the grid; nothing is added to it often enough to come back.
    private const int Outside = int.MinValue / 2;
    private const int Middle = MaxHalfDifferences + 1;

    private readonly int[] forward = new int[(2 * Middle) + 1];
    private readonly int[] backward = new int[(2 * Middle) + 1];
    private long stepsLeft = MaxSteps;
    private int[] a = [];
    private int[] b = [];
    private int[] placesInOld = [];
    private int[] placesInNew = [];
    private List<MatchedRun> runs = [];

    /// <summary>Common runs in order, none touching the next on both sides.</summary>
    public IReadOnlyList<MatchedRun> Match(int[] old, int[] @new)
    {
        runs = [];
        var start = old.AsSpan().CommonPrefixLength(@new);
        var end = 0;
        while (end < Math.Min(old.Length, @new.Length) - start && old[^(end + 1)] == @new[^(end + 1)])
        {
            end++;
        }

        for (var i = 0; i < start; i++)
        {
            Add(i, i);
        }

        if (start + end < Math.Min(old.Length, @new.Length))
        {
            // What the other side does not have at all cannot match; without it the search is short.
            (a, placesInOld) = Known(old, start, old.Length - end, [.. @new.AsSpan(start..^end)]);
            (b, placesInNew) = Known(@new, start, @new.Length - end, [.. old.AsSpan(start..^end)]);
            Between(0, a.Length, 0, b.Length, 0);
        }

        for (var i = end; i > 0; i--)
        {
            Add(old.Length - i, @new.Length - i);
        }

        return runs;
    }

    private static (int[] Values, int[] Places) Known(int[] all, int from, int to, HashSet<int> others)
    {
        var (values, places) = (new List<int>(to - from), new List<int>(to - from));
        for (var i = from; i < to; i++)
        {
            if (others.Contains(all[i]))
            {
                values.Add(all[i]);
                places.Add(i);
            }
        }

        return ([.. values], [.. places]);
    }

    private void Add(int old, int @new)
    {
        if (runs.Count > 0 && runs[^1] is var last && last.Old + last.Length == old && last.New + last.Length == @new)
        {
            runs[^1] = last with { Length = last.Length + 1 };
        }
        else
        {
            runs.Add(new MatchedRun(old, @new, 1));
        }
    }

    private void AddKnown(int x, int y, int length)
    {
        for (var i = 0; i < length; i++)
        {
            Add(placesInOld[x + i], placesInNew[y + i]);
        }
    }

    private void Between(int aFrom, int aTo, int bFrom, int bTo, int depth)
    {
        var start = a.AsSpan(aFrom..aTo).CommonPrefixLength(b.AsSpan(bFrom..bTo));
        AddKnown(aFrom, bFrom, start);
        aFrom += start;
        bFrom += start;
        var end = 0;
        while (aTo - end > aFrom && bTo - end > bFrom && a[aTo - end - 1] == b[bTo - end - 1])
        {
            end++;
        }

        aTo -= end;
        bTo -= end;
        if (aFrom < aTo && bFrom < bTo)
        {
            if (MiddleSnake(aFrom, aTo, bFrom, bTo) is { } snake)
            {
                Between(aFrom, snake.Old, bFrom, snake.New, depth);
                AddKnown(snake.Old, snake.New, snake.Length);
                Between(snake.Old + snake.Length, aTo, snake.New + snake.Length, bTo, depth);
            }
            else if (depth < MaxDepth)
            {
                var (x, y) = (aFrom, bFrom);
                foreach (var fixedPoint in FixedPoints(aFrom, aTo, bFrom, bTo))
                {
                    Between(x, fixedPoint.Old, y, fixedPoint.New, depth + 1);
                    AddKnown(fixedPoint.Old, fixedPoint.New, 1);
                    (x, y) = (fixedPoint.Old + 1, fixedPoint.New + 1);
                }

                if ((x, y) != (aFrom, bFrom))
                {
                    Between(x, aTo, y, bTo, depth + 1);
                }
            }
        }

        AddKnown(aTo, bTo, end);
    }

    /// <summary>The stretch in the middle of a shortest way from one corner to the other; null when it is too far.</summary>
    private MatchedRun? MiddleSnake(int aFrom, int aTo, int bFrom, int bTo)
    {
        var (n, m) = (aTo - aFrom, bTo - bFrom);
        var delta = n - m;
        var isOdd = (delta & 1) != 0;
        var most = Math.Min((n + m + 1) / 2, MaxHalfDifferences);
        forward[Middle + 1] = 0;
        backward[Middle + 1] = 0;
        for (var d = 0; d <= most && stepsLeft > 0; d++)
        {
            for (var k = -d; k <= d; k += 2)
            {
                var x = Next(forward, d, k);
                var from = x;
                if (!IsInside(x, k, n, m))
                {
                    forward[Middle + k] = Outside;
                    continue;
                }

                while (x < n && x - k < m && a[aFrom + x] == b[bFrom + x - k])
                {
                    x++;
                }

                forward[Middle + k] = x;
                stepsLeft -= 1 + x - from;
                if (isOdd && Math.Abs(delta - k) < d && x + backward[Middle + delta - k] >= n)
                {
                    return new MatchedRun(aFrom + from, bFrom + from - k, x - from);
                }
            }

            for (var k = -d; k <= d; k += 2)
            {
                var x = Next(backward, d, k);
                var from = x;
                if (!IsInside(x, k, n, m))
                {
                    backward[Middle + k] = Outside;
                    continue;
                }

                while (x < n && x - k < m && a[aTo - 1 - x] == b[bTo - 1 - (x - k)])
                {
                    x++;
                }

                backward[Middle + k] = x;
                stepsLeft -= 1 + x - from;
                if (!isOdd && Math.Abs(delta - k) <= d && x + forward[Middle + delta - k] >= n)
                {
                    return new MatchedRun(aTo - x, bTo - (x - k), x - from);
                }
            }
        }

        return null;
    }

    private static int Next(int[] reached, int d, int k) =>
        k == -d || (k != d && reached[Middle + k - 1] < reached[Middle + k + 1]) ? reached[Middle + k + 1] : reached[Middle + k - 1] + 1;

    private static bool IsInside(int x, int k, int n, int m) => x >= 0 && x <= n && x - k >= 0 && x - k <= m;

    /// <summary>What stands once on both sides, as the longest sequence of it that is in the same order on both.</summary>
    private List<MatchedRun> FixedPoints(int aFrom, int aTo, int bFrom, int bTo)
    {
        var inOld = Once(a, aFrom, aTo);
        var inNew = Once(b, bFrom, bTo);
        var points = new List<MatchedRun>();
        // Piles of patience: the point on top of each, and for every point the one below it to the left.
        var (tops, below) = (new List<int>(), new List<int>());
        for (var x = aFrom; x < aTo; x++)
        {
            if (inOld[a[x]] < 0 || !inNew.TryGetValue(a[x], out var y) || y < 0)
            {
                continue;
            }

            var (low, high) = (0, tops.Count);
            while (low < high)
            {
                var half = (low + high) / 2;
                (low, high) = points[tops[half]].New < y ? (half + 1, high) : (low, half);
            }

            points.Add(new MatchedRun(x, y, 1));
            below.Add(low == 0 ? -1 : tops[low - 1]);
            if (low == tops.Count)
            {
                tops.Add(points.Count - 1);
            }
            else
            {
                tops[low] = points.Count - 1;
            }
        }

        var chosen = new List<MatchedRun>();
        for (var i = tops.Count == 0 ? -1 : tops[^1]; i >= 0; i = below[i])
        {
            chosen.Add(points[i]);
        }

        chosen.Reverse();
        return chosen;
    }

    // Place of each value; -1 for one that stands more than once.
    private static Dictionary<int, int> Once(int[] values, int from, int to)
    {
        var places = new Dictionary<int, int>();
        for (var i = from; i < to; i++)
        {
            places[values[i]] = places.ContainsKey(values[i]) ? -1 : i;
        }

        return places;
    }
}
