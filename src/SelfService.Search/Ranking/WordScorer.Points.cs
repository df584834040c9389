namespace SelfService.Search.Ranking;

/// <summary>The part that tells what one word gave one document, for explanations.</summary>
internal sealed partial class WordScorer
{
    /// <summary>Points of the word at this place of the query, 0 when the document does not have it.</summary>
    public float PointsOf(int word, int slot)
    {
        Span<float> points = [0];
        Complete(Array.Find(_words, scored => scored.Index == word), [slot], points);
        return points[0];
    }
}
