namespace SelfService.Search.Ranking;

/// <summary>
/// The two formulas of BM25F: S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond",
/// 2009, with Lucene's inverse document frequency, which is never negative.
/// </summary>
internal static class Bm25
{
    /// <summary>Inverse document frequency: how much a word found in <paramref name="holding"/> of all documents says.</summary>
    public static float Rarity(int holding, int all) =>
        MathF.Log(1 + ((all - holding + 0.5f) / (holding + 0.5f)));

    /// <summary>Grows with the frequency from 0 towards <c>k + 1</c>.</summary>
    public static float Saturate(float frequency, float k) => frequency * (k + 1) / (frequency + k);
}
