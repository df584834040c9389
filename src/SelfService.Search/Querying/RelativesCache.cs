using System.Collections.Concurrent;

namespace SelfService.Search.Querying;

/// <summary>The forms of one snapshot that answer a word, kept for the words asked for first. Bounded.</summary>
internal sealed class RelativesCache
{
    private const int MostWords = 10_000;

    private readonly ConcurrentDictionary<string, WeightedTerm[]> _known = new(StringComparer.Ordinal);
    private int _count;

    public WeightedTerm[] Find(string form, Func<string, WeightedTerm[]> find)
    {
        if (_known.TryGetValue(form, out WeightedTerm[]? terms))
            return terms;
        terms = find(form);
        if (Volatile.Read(ref _count) < MostWords && _known.TryAdd(form, terms))
            Interlocked.Increment(ref _count);
        return terms;
    }
}
