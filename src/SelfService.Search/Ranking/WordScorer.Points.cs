namespace SelfService.Search.Ranking;

/// <summary>The part that tells about one word, for explanations and for queries that find too little.</summary>
internal sealed partial class WordScorer
{
    /// <summary>The word at this place of the query.</summary>
    public PreparedWord WordAt(int index) => _words[index];

    /// <summary>Points the word gave a document, 0 when the document does not have it.</summary>
    public float PointsOf(int index, int slot)
    {
        Span<ScoredSlot> document = [new ScoredSlot(slot, 0, 0)];
        _words[index].AddTo(document, 1);
        return document[0].Score;
    }
}
