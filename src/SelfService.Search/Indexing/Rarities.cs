using SelfService.Search.Ranking;

namespace SelfService.Search.Indexing;

/// <summary>
/// Inverse document frequencies of all forms at once, lowered for stop words. Belongs to the one writer; what never changes
/// about a form is asked once.
/// </summary>
internal sealed class Rarities(SearchLanguage language, RankingWeights weights, Vocabulary words)
{
    /// <summary>Most forms stand in few documents, so that most logarithms are the same.</summary>
    private const int Few = 512;

    private readonly List<bool> _isStopWord = [];
    private readonly float[] _ofFew = new float[Few];

    /// <param name="terms">Number of forms.</param>
    /// <param name="count">Number of documents.</param>
    /// <param name="holders">How many of them have a form.</param>
    public float[] Of(int terms, int count, Func<int, int> holders)
    {
        for (int term = _isStopWord.Count; term < terms; term++)
            _isStopWord.Add(language.StopWords.Contains(words[term].Folded));
        for (int holding = 0; holding < Few; holding++)
            _ofFew[holding] = Bm25.Rarity(holding, count);
        var rarities = new float[terms];
        for (int term = 0; term < rarities.Length; term++)
        {
            int holding = holders(term);
            float rarity = holding < Few ? _ofFew[holding] : Bm25.Rarity(holding, count);
            rarities[term] = _isStopWord[term] ? rarity * weights.StopWord : rarity;
        }

        return rarities;
    }
}
