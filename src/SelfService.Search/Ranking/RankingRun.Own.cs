using SelfService.Search.Indexing;
using SelfService.Search.Querying;

namespace SelfService.Search.Ranking;

/// <summary>The part that sees when the words of a query find too little.</summary>
internal sealed partial class RankingRun
{
    /// <summary>
    /// By word of the plan, the documents of this audience that it finds, when all together are too few; none for stop
    /// words, which are found everywhere. Null when there are enough, when the phrases in quotes are there, and when exactly
    /// what was typed is wanted.
    /// </summary>
    /// <param name="total">How many documents match.</param>
    public int[][]? TooFew(int total)
    {
        if (_request.AsTyped || (_plan.IsAllQuoted && _isWithin) || (total >= _weights.TooFewHits && !StopWordsFound()))
            return null;
        ulong[]? visible = _snapshot.Filters.UpTo(_request.Audience);
        var all = new HashSet<int>();
        var found = new int[_plan.Words.Count][];
        for (int i = 0; i < found.Length; i++)
        {
            var slots = new List<int>();
            foreach (int slot in _plan.Words[i].IsStopWord ? [] : _scorer.WordAt(i).Slots(_workspace.Touched))
            {
                if (visible is not null && !Bits.Has(visible, slot))
                    continue;
                if (all.Add(slot) && all.Count >= _weights.TooFewHits)
                    return null;
                slots.Add(slot);
            }

            found[i] = [.. slots];
        }

        return found;
    }

    /// <summary>False when other words alone found so much that what matches was found by them.</summary>
    private bool StopWordsFound()
    {
        for (int i = 0; i < _plan.Words.Count; i++)
        {
            if (!_plan.Words[i].IsStopWord && _scorer.WordAt(i).Count >= _weights.FewHits)
                return false;
        }

        return true;
    }

    /// <summary>
    /// Documents in the order of their groups, as bits: those the words of the query find, those only the words beside them
    /// find, and those that only stop words can find.
    /// </summary>
    /// <param name="found">What <see cref="TooFew"/> said.</param>
    /// <param name="beside">The words beside those of the query.</param>
    public ulong[][] Groups(int[][] found, QueryPlan beside)
    {
        int words = SlotSet.Words(_snapshot.Documents.Length);
        ulong[] own = new ulong[words], related = new ulong[words], others = new ulong[words];
        foreach (int slot in found.SelectMany(slots => slots))
            own[slot >> 6] |= 1UL << slot;
        foreach (WeightedTerm term in beside.Words.SelectMany(word => word.Terms))
        {
            foreach (ulong posting in _snapshot.Postings[term.Term]!)
                related[posting >> 38] |= 1UL << (int)(posting >> 32);
        }

        for (int i = 0; i < words; i++)
        {
            related[i] &= ~own[i];
            others[i] = ~(own[i] | related[i]);
        }

        return [own, related, others];
    }
}
