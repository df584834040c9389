using System.Collections.Concurrent;

namespace SelfService.Search.Querying;

/// <summary>What one snapshot has learnt about words that stand together, kept for what was asked first. Bounded.</summary>
internal sealed class RelatedCache
{
    private const int MostWords = 1_000;

    private readonly ConcurrentDictionary<string, RelatedWord[]> _known = new(StringComparer.Ordinal);

    public RelatedWord[] Find(string key, Func<RelatedWord[]> learn)
    {
        if (_known.TryGetValue(key, out RelatedWord[]? words))
            return words;
        words = learn();
        if (_known.Count < MostWords)
            _known.TryAdd(key, words);
        return words;
    }
}
