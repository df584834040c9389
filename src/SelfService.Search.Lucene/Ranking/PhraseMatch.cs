using Lucene.Net.Search;
using SelfService.Search.Indexing;
using SelfService.Search.Lucene.Indexing;
using Term = Lucene.Net.Index.Term;

namespace SelfService.Search.Lucene.Ranking;

/// <summary>Words side by side, in any of their forms, by the positions of the index.</summary>
internal static class PhraseMatch
{
    /// <summary>The documents that hold the phrase, with its weighted occurrences.</summary>
    /// <param name="view">The index.</param>
    /// <param name="phrase">Forms of each word, in order.</param>
    public static Dictionary<int, float> Frequencies(IndexView view, int[][] phrase)
    {
        var found = new Dictionary<int, float>();
        if (phrase.Length == 0 || phrase.Any(forms => forms.Length == 0))
            return found;
        var searcher = new IndexSearcher(view.Reader);
        for (int field = 0; field < IndexFields.Texts.Length; field++)
        {
            Query query = Query(view, phrase, IndexFields.Texts[field]);
            Weight weight = searcher.CreateNormalizedWeight(query);
            for (int i = 0; i < view.Segments.Length; i++)
            {
                Segment segment = view.Segments[i];
                Scorer? scorer = weight.GetScorer(view.Reader.Leaves[i], segment.Reader.LiveDocs);
                while (scorer is not null && scorer.NextDoc() != DocIdSetIterator.NO_MORE_DOCS)
                {
                    int slot = segment.Base + scorer.DocID;
                    found[slot] = found.GetValueOrDefault(slot) + Occurrences.Add(segment.Worth[scorer.DocID], (Field)field, Math.Max(1, (int)scorer.Freq));
                }
            }
        }

        return found;
    }

    private static Query Query(IndexView view, int[][] phrase, string field)
    {
        if (phrase.Length == 1)
        {
            var any = new BooleanQuery(disableCoord: true);
            foreach (int form in phrase[0])
                any.Add(new TermQuery(new Term(field, view.Words[form].Form)), Occur.SHOULD);
            return any;
        }

        var query = new MultiPhraseQuery();
        foreach (int[] forms in phrase)
            query.Add(Array.ConvertAll(forms, form => new Term(field, view.Words[form].Form)));
        return query;
    }
}
