namespace SelfService.Search.Ranking;

/// <summary>The part that stops as soon as the wanted documents are certain.</summary>
internal sealed partial class WordScorer
{
    private void ScoreBest(ReadOnlySpan<ulong> allowed, bool filtered, int wanted)
    {
        float left = 0, done = 0;
        foreach (ScoredWord word in _words)
            left += word.Most;
        float bar = 0;
        for (int i = 0; i < _words.Length; i++)
        {
            if (Found >= wanted && _words[i].Length > Found / 2)
            {
                float threshold = bar > left ? 0 : Threshold(wanted, done) * Rounding;
                // Scoring the leaders to the end is worth its price when it is likely to end the search.
                if (bar <= left && threshold * WorthTrying > left)
                    bar = Math.Max(bar, Bar(_words.AsSpan(i), wanted, threshold));
                if (bar > left)
                {
                    CompleteBest(_words.AsSpan(i), bar, left, done + left, wanted);
                    done += left;
                    break;
                }
            }

            AddAll(_words[i], allowed, filtered || _words[i].IsStopWord);
            left -= _words[i].Most;
            done += _words[i].Most;
        }

        if (Found > wanted)
            DropBelow(Threshold(wanted, done) * Rounding);
    }

    /// <summary>
    /// A score that at least as many documents as wanted will reach in the end: those that lead now are scored to the end
    /// aside.
    /// </summary>
    private float Bar(ReadOnlySpan<ScoredWord> words, int wanted, float threshold)
    {
        int[] leading = workspace.Touched;
        int count = 0;
        for (int i = 0; i < Found && count < wanted; i++)
        {
            int slot = workspace.Found[i];
            leading[count] = slot;
            count += Branchless.AtLeast(_scores[slot], threshold);
        }

        return count < wanted ? 0 : Reached(words, leading.AsSpan(0, count));
    }

    /// <summary>
    /// No document that was not found yet can be wanted; those found fall out as soon as what is left cannot lift them over
    /// the bar.
    /// </summary>
    private void CompleteBest(ReadOnlySpan<ScoredWord> words, float bar, float left, float highest, int wanted)
    {
        bar = DropWithout(words, bar, left, highest, wanted);
        foreach (ScoredWord word in words)
        {
            DropBelow(bar - left);
            Span<float> scores = workspace.Aside.AsSpan(0, Found);
            ReadOnlySpan<int> found = workspace.Found.AsSpan(0, Found);
            for (int i = 0; i < scores.Length; i++)
                scores[i] = _scores[found[i]];
            Complete(word, found, scores);
            for (int i = 0; i < scores.Length; i++)
                _scores[found[i]] = scores[i];
            left -= word.Most;
        }
    }

    /// <summary>
    /// Forgets the documents that the words they have cannot lift over the bar, and returns a higher bar: what those with
    /// the best prospects reach.
    /// </summary>
    private float DropWithout(ReadOnlySpan<ScoredWord> words, float bar, float left, float highest, int wanted)
    {
        int[] found = workspace.Found;
        float[] bounds = workspace.Aside;
        int count = 0;
        for (int i = 0; i < Found; i++)
        {
            int slot = found[i];
            float score = _scores[slot], bound = score + left;
            int stays = Branchless.AtLeast(bound, bar);
            found[count] = slot;
            bounds[count] = bound;
            count += stays;
            _scores[slot] = Branchless.When(stays, score);
        }

        Found = count;
        foreach (ScoredWord word in words)
        {
            if (word.Sources is [{ Members: { } set }])
                Found = DropWithout(set.Bits, word.Most, bar);
        }

        if (Found <= 2 * wanted)
            return bar;
        float promising = Threshold(bounds.AsSpan(0, Found), wanted, highest);
        Span<int> leading = workspace.Touched.AsSpan(0, wanted);
        count = 0;
        for (int i = 0; i < Found && count < wanted; i++)
        {
            leading[count] = found[i];
            count += Branchless.AtLeast(bounds[i], promising);
        }

        return count < wanted ? bar : Math.Max(bar, Reached(words, leading));
    }

    /// <summary>One word: lowers the bounds of the documents that lack it, and returns how many are still above the bar.</summary>
    private int DropWithout(ulong[] members, float most, float bar)
    {
        int[] found = workspace.Found;
        float[] bounds = workspace.Aside;
        int kept = 0;
        for (int i = 0; i < Found; i++)
        {
            int slot = found[i], group = slot >> 6;
            ulong lacks = group < members.Length ? ~(members[group] >> slot) & 1 : 1;
            float bound = bounds[i] - (most * lacks);
            int stays = Branchless.AtLeast(bound, bar);
            found[kept] = slot;
            bounds[kept] = bound;
            kept += stays;
            _scores[slot] = Branchless.When(stays, _scores[slot]);
        }

        return kept;
    }

    /// <summary>The lowest complete score of these documents.</summary>
    private float Reached(ReadOnlySpan<ScoredWord> words, ReadOnlySpan<int> slots)
    {
        Span<float> scores = workspace.Whole.AsSpan(0, slots.Length);
        for (int i = 0; i < slots.Length; i++)
            scores[i] = _scores[slots[i]];
        foreach (ScoredWord word in words)
            Complete(word, slots, scores);
        float lowest = float.MaxValue;
        foreach (float score in scores)
            lowest = Math.Min(lowest, score);
        return lowest * Rounding;
    }

    /// <summary>
    /// A score that at least as many documents as wanted reach, from a histogram: never above the score of the last wanted
    /// one, and less than one bar below it.
    /// </summary>
    private float Threshold(int wanted, float highest)
    {
        Span<float> scores = workspace.Aside.AsSpan(0, Found);
        ReadOnlySpan<int> found = workspace.Found.AsSpan(0, Found);
        for (int i = 0; i < scores.Length; i++)
            scores[i] = _scores[found[i]];
        return Threshold(scores, wanted, highest);
    }

    private static float Threshold(ReadOnlySpan<float> scores, int wanted, float highest)
    {
        const int Bars = 512;
        Span<int> bars = stackalloc int[Bars];
        bars.Clear();
        float scale = (Bars - 1) / highest;
        foreach (float score in scores)
            bars[Math.Min(Bars - 1, (int)(score * scale))]++;
        int bar = Bars;
        for (int count = 0; bar > 0 && count < wanted; count += bars[bar])
            bar--;
        return bar / scale;
    }

    private void DropBelow(float least)
    {
        int[] found = workspace.Found;
        int kept = 0;
        for (int i = 0; i < Found; i++)
        {
            int slot = found[i];
            float score = _scores[slot];
            int stays = Branchless.AtLeast(score, least);
            found[kept] = slot;
            kept += stays;
            _scores[slot] = Branchless.When(stays, score);
        }

        Found = kept;
    }
}
