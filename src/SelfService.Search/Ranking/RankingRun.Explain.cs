using SelfService.Search.Explaining;
using SelfService.Search.Indexing;
using SelfService.Search.Querying;

namespace SelfService.Search.Ranking;

/// <summary>The part that says why; asked only for the hits of a page, and only when somebody wants to know.</summary>
internal sealed partial class RankingRun
{
    /// <summary>The words of the query as they were understood, in order.</summary>
    public IReadOnlyList<ExplainedWord> ExplainWords() => [.. _plan.Words.Select(Explain)];

    /// <summary>Where the score of one document of the page comes from.</summary>
    public HitExplanation Explain(Candidate candidate, HitGroup group)
    {
        IndexedDocument document = _snapshot.Documents[candidate.Slot]!;
        var words = new List<WordPoints>();
        for (int i = 0; i < _plan.Words.Count; i++)
        {
            List<FormCounts> forms = _plan.Words[i].FormsIn(document, _snapshot.Words);
            if (forms.Count > 0)
                words.Add(new WordPoints(Explain(_plan.Words[i], i), forms, _scorer.PointsOf(i, candidate.Slot)));
        }

        // What is not among the best by words alone keeps the score of its words.
        bool isRead = Math.Max(candidate.Points, candidate.Score) > candidate.Words;
        return new HitExplanation(group, words, isRead ? candidate.Explained(document, _reader!.Mass, QuotedBonus(document), _snapshot.Words) : null);
    }

    private ExplainedWord Explain(QueryWord word, int index) => word.Explained(_scorer.Values[index], _snapshot.Words);
}
