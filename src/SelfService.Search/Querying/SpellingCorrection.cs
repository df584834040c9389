using SelfService.Search.Analysis;
using SelfService.Search.Explaining;
using SelfService.Search.Indexing;
using SelfService.Search.Ranking;

namespace SelfService.Search.Querying;

/// <summary>
/// Finds what was meant by a word the index does not know: the nearest words of the index itself by
/// <see cref="SpanishEditDistance"/>. Words the index knows are never asked about, because correcting them loses more
/// than it wins.
/// </summary>
internal sealed class SpellingCorrection(IIndexView snapshot, RankingWeights weights)
{
    private const int ShortestWord = 4;
    private const int MostCandidates = 3;

    /// <summary>Words from this length on may be two letters away.</summary>
    private const int LongWord = 8;

    /// <summary>A word used twice as often may be this much of an edit farther away.</summary>
    private const float Familiarity = 0.08f;

    /// <summary>Adds the nearest words to <paramref name="terms"/> and returns the best, or null when nothing is near.</summary>
    public string? Correct(string form, List<WeightedTerm> terms)
    {
        string folded = AccentFolding.Fold(form);
        if (folded.Length < ShortestWord || !folded.All(letter => letter is (>= 'a' and <= 'z') or 'ñ'))
            return null;
        float limit = SpanishEditDistance.Limit(folded.Length);
        var near = new List<int>();
        snapshot.Words.Sounds.Find(folded, folded.Length >= LongWord, near);
        near.Sort();
        var best = new List<(float Distance, int Frequency, int Term)>();
        int last = -1;
        foreach (int id in near)
        {
            if (id == last || !snapshot.Knows(id))
                continue;
            last = id;
            float distance = SpanishEditDistance.Between(folded, snapshot.Words[id].Folded, limit);
            if (distance <= limit)
                best.Add((distance, snapshot.HoldersOf(id), id));
        }

        if (best.Count == 0)
            return null;
        // Among words nearly as near, the one used more; the order does not depend on when a word was first seen.
        best.Sort((one, other) => Cost(one).CompareTo(Cost(other)) is var order and not 0
            ? order
            : string.CompareOrdinal(snapshot.Words[one.Term].Form, snapshot.Words[other.Term].Form));
        for (int i = 0; i < Math.Min(MostCandidates, best.Count); i++)
        {
            if (Cost(best[i]) <= Cost(best[0]) + 0.5f)
                terms.Add(new WeightedTerm(best[i].Term, weights.Corrected / (1 + i), Relation.Correction));
        }

        return snapshot.Words[best[0].Term].Form;
    }

    private static float Cost((float Distance, int Frequency, int Term) candidate) =>
        candidate.Distance - (Familiarity * MathF.Log2(1 + candidate.Frequency));
}
