using SelfService.Search.Indexing;
using SelfService.Search.Querying;

namespace SelfService.Search.Ranking;

/// <summary>
/// First pass: BM25F over every document that has any of the words. A word's forms are added up before saturation, as if
/// they were one word, and its rarity is that of all forms together.
/// </summary>
internal sealed class WordScorer(Snapshot snapshot, RankingWeights weights, Workspace workspace)
{
    /// <summary>Rarity times weight of each query word: what it counts for.</summary>
    public float[] Values { get; private set; } = [];

    /// <summary>Documents that match; their slots are in <see cref="Workspace.Matched"/>.</summary>
    public int Matched { get; private set; }

    public void Score(QueryPlan plan)
    {
        Values = new float[plan.Words.Count];
        for (int i = 0; i < plan.Words.Count; i++)
        {
            if (!plan.Words[i].IsStopWord)
                Add(plan.Words[i], i, onlyMatched: false);
        }

        // Stop words rank what the other words found. Where that is little they find too.
        int found = Matched;
        bool onlyMatched = found >= weights.FewHits;
        for (int i = 0; i < plan.Words.Count; i++)
        {
            if (plan.Words[i].IsStopWord)
                Add(plan.Words[i], i, onlyMatched);
        }

        KeepWhatCoversEnough(found);
    }

    /// <summary>Takes back documents that only stop words found and that hold too little of the query.</summary>
    private void KeepWhatCoversEnough(int found)
    {
        float least = weights.LeastCoverage * (weights.Saturation + 1) * Values.Sum();
        int kept = found;
        for (int i = found; i < Matched; i++)
        {
            int slot = workspace.Matched[i];
            if (workspace.Scores[slot] >= least)
                workspace.Matched[kept++] = slot;
            else
                workspace.Scores[slot] = 0;
        }

        Matched = kept;
    }

    private void Add(QueryWord word, int index, bool onlyMatched)
    {
        float[] frequencies = workspace.Frequencies, scores = workspace.Scores;
        int[] touched = workspace.Touched, matched = workspace.Matched;
        FieldWorth[] worth = snapshot.Worth;
        int count = 0, most = 0, own = 0;
        foreach (bool isOwn in (ReadOnlySpan<bool>)[true, false])
        {
            foreach (WeightedTerm term in word.Terms)
            {
                if (isOwn != term.Weight > weights.Synonym)
                    continue;
                ulong[] postings = snapshot.Postings[term.Term]!;
                most = Math.Max(most, postings.Length);
                foreach (ulong posting in postings)
                {
                    int slot = (int)(posting >> 32);
                    if (onlyMatched && scores[slot] == 0)
                        continue;
                    if (frequencies[slot] == 0)
                        touched[count++] = slot;
                    frequencies[slot] += term.Weight * worth[slot].Of((uint)posting);
                }
            }

            // A synonym says the same, it does not make the word more common: «cita» stays rare beside «visita».
            if (isOwn)
                own = count;
        }

        foreach (PhraseAlternative alternative in word.Alternatives)
        {
            foreach ((int slot, float frequency) in PhraseMatch.Find(snapshot, alternative.Words))
            {
                if (onlyMatched && scores[slot] == 0)
                    continue;
                if (frequencies[slot] == 0)
                    touched[count++] = slot;
                frequencies[slot] += alternative.Weight * frequency;
            }
        }

        float value = Bm25.Rarity(word.IsStopWord ? most : own > 0 ? own : count, snapshot.Count) * word.Weight;
        Values[index] = value;
        for (int i = 0; i < count; i++)
        {
            int slot = touched[i];
            float score = value * Bm25.Saturate(frequencies[slot], weights.Saturation);
            frequencies[slot] = 0;
            if (scores[slot] == 0)
                matched[Matched++] = slot;
            scores[slot] += score;
        }
    }

    /// <summary>Leaves the workspace as it was found.</summary>
    public void Clear()
    {
        for (int i = 0; i < Matched; i++)
            workspace.Scores[workspace.Matched[i]] = 0;
        Matched = 0;
    }
}
