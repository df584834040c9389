using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SelfService.Search.Indexing;
using SelfService.Search.Lucene.Indexing;
using SelfService.Search.Querying;
using SelfService.Search.Ranking;

namespace SelfService.Search.Lucene.Ranking;

/// <summary>
/// One word of a query: the documents that have it in any form, and what it counts for. Its rarity is that of all forms
/// together, as if they were one word.
/// </summary>
internal sealed class WordMatch
{
    private readonly IndexView _view;
    private readonly PostingsOfSegments _lists;
    private readonly QueryWord _word;
    private readonly List<(PhraseAlternative Alternative, Dictionary<int, float> Frequencies)> _phrases = [];

    public WordMatch(IndexView view, PostingsOfSegments lists, QueryWord word, RankingWeights weights)
    {
        (_view, _lists, _word, All) = (view, lists, word, new FixedBitSet(view.Slots));
        var counted = new FixedBitSet(view.Slots);
        int most = 0;
        foreach (Segment segment in view.Segments)
        {
            Postings postings = lists.Of(segment, IndexFields.Any);
            foreach (WeightedTerm term in word.Terms)
            {
                // A synonym says the same, it does not make the word more common.
                bool counts = !word.IsStopWord && term.Weight > weights.Synonym;
                for (DocsEnum? docs = postings.Of(view.Words[term.Term].Form); docs is not null && docs.NextDoc() != DocIdSetIterator.NO_MORE_DOCS;)
                {
                    All.Set(segment.Base + docs.DocID);
                    if (counts)
                        counted.Set(segment.Base + docs.DocID);
                }
            }
        }

        foreach (WeightedTerm term in word.Terms)
            most = Math.Max(most, view.HoldersOf(term.Term));
        foreach (PhraseAlternative alternative in word.Alternatives)
        {
            Dictionary<int, float> found = PhraseMatch.Frequencies(view, alternative.Words);
            foreach (int slot in found.Keys)
                All.Set(slot);
            _phrases.Add((alternative, found));
        }

        Count = All.Cardinality;
        int holding = word.IsStopWord ? most : counted.Cardinality;
        Value = Bm25.Rarity(holding > 0 || word.IsStopWord ? holding : Count, view.Count) * word.Weight;
    }

    /// <summary>Documents that have it, of every audience.</summary>
    public FixedBitSet All { get; }

    public int Count { get; }

    /// <summary>Rarity times weight.</summary>
    public float Value { get; }

    /// <summary>Adds the weighted occurrences (the pseudo-frequency of BM25F) of each document of a segment.</summary>
    public void AddFrequencies(Segment segment, float[] frequencies)
    {
        for (int field = 0; field < IndexFields.Texts.Length; field++)
        {
            Postings postings = _lists.Of(segment, IndexFields.Texts[field]);
            foreach (WeightedTerm term in _word.Terms)
            {
                for (DocsEnum? docs = postings.Of(_view.Words[term.Term].Form); docs is not null && docs.NextDoc() != DocIdSetIterator.NO_MORE_DOCS;)
                    frequencies[docs.DocID] += term.Weight * Occurrences.Add(segment.Worth[docs.DocID], (Field)field, docs.Freq);
            }
        }

        foreach ((PhraseAlternative alternative, Dictionary<int, float> found) in _phrases)
        {
            foreach ((int slot, float frequency) in found)
            {
                if (slot >= segment.Base && slot < segment.Base + segment.Documents)
                    frequencies[slot - segment.Base] += alternative.Weight * frequency;
            }
        }
    }

    /// <summary>Its points for one document.</summary>
    public float PointsFor(int slot, RankingWeights weights)
    {
        if (!All.Get(slot))
            return 0;
        IndexedDocument document = _view.Counted(slot);
        Segment segment = _view.SegmentOf(slot);
        float frequency = 0;
        foreach (WeightedTerm term in _word.Terms)
        {
            int at = Array.IndexOf(document.Terms, term.Term);
            frequency += at < 0 ? 0 : term.Weight * segment.Worth[slot - segment.Base].Of(document.Counts[at]);
        }

        foreach ((PhraseAlternative alternative, Dictionary<int, float> found) in _phrases)
            frequency += alternative.Weight * found.GetValueOrDefault(slot);
        return Value * Bm25.Saturate(frequency, weights.Saturation);
    }
}
