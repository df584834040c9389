using System.Numerics;
using SelfService.Search.Indexing;

namespace SelfService.Search.Ranking;

/// <summary>Which documents a request may find at all: those of its audience and reader, its topic and its quoted phrases.</summary>
/// <param name="snapshot">The index.</param>
/// <param name="request">Whose audience and topic.</param>
/// <param name="within">The only documents wanted, or null for all.</param>
internal sealed class SlotFilter(Snapshot snapshot, SearchRequest request, ulong[]? within)
{
    private readonly ulong[]? _visible = Both(snapshot.Filters.UpTo(request.Audience), snapshot.Filters.Of(request.Reader));

    /// <summary>Writes those of <paramref name="matched"/> that pass; true when some may not have passed.</summary>
    public bool Apply(ReadOnlySpan<ulong> matched, Span<ulong> allowed)
    {
        matched.CopyTo(allowed);
        if (_visible is not null)
            Bits.And(allowed, _visible);
        if (within is not null)
            Bits.And(allowed, within);
        if (request.Topic is not null)
            Bits.And(allowed, snapshot.Filters.OfTopic(request.Topic));
        return _visible is not null || within is not null || request.Topic is not null;
    }

    /// <summary>Matching documents by topic, the wanted topic left aside.</summary>
    public Dictionary<string, int> CountTopics(Span<ulong> matched)
    {
        if (_visible is not null)
            Bits.And(matched, _visible);
        if (within is not null)
            Bits.And(matched, within);
        var topics = new Dictionary<string, int>(StringComparer.Ordinal);
        int matching = Bits.Count(matched);
        if (snapshot.Topics.Length == 1 && matching > 0)
        {
            topics[snapshot.Topics[0]] = matching;
        }
        else if ((long)snapshot.Topics.Length * matched.Length < matching && snapshot.Filters.HasTopics)
        {
            foreach (string topic in snapshot.Topics)
            {
                int count = Bits.CountBoth(matched, snapshot.Filters.OfTopic(topic));
                if (count > 0)
                    topics[topic] = count;
            }
        }
        else
        {
            CountOneByOne(matched, topics);
        }

        return topics;
    }

    private static ulong[]? Both(ulong[]? one, ulong[]? other)
    {
        if (one is null || other is null)
            return one ?? other;
        ulong[] both = [.. one];
        Bits.And(both, other);
        return both;
    }

    private void CountOneByOne(ReadOnlySpan<ulong> matched, Dictionary<string, int> topics)
    {
        int[] counts = new int[snapshot.Topics.Length];
        for (int group = 0; group < matched.Length; group++)
        {
            for (ulong rest = matched[group]; rest != 0; rest &= rest - 1)
                counts[snapshot.TopicOf[(group << 6) + BitOperations.TrailingZeroCount(rest)]]++;
        }

        for (int topic = 0; topic < counts.Length; topic++)
        {
            if (counts[topic] > 0)
                topics[snapshot.Topics[topic]] = counts[topic];
        }
    }
}
