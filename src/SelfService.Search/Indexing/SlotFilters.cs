using System.Collections.Concurrent;

namespace SelfService.Search.Indexing;

/// <summary>The documents of each audience and each topic as bits, made once a snapshot.</summary>
internal sealed class SlotFilters
{
    /// <summary>With more topics than this the matches are counted one by one.</summary>
    private const int MostTopics = 128;

    private readonly ulong[]?[] _audiences = new ulong[]?[3];
    private readonly ConcurrentDictionary<string, ulong[]> _readers = new(StringComparer.Ordinal);
    private readonly bool _hasVariants;
    private readonly Dictionary<string, ulong[]> _topics = new(StringComparer.Ordinal);
    private readonly ulong[] _none = [];
    private readonly string[] _names;
    private readonly int[] _topicOf;
    private readonly IndexedDocument?[] _documents;

    public SlotFilters(IndexedDocument?[] documents, byte[] audiences, int[] topicOf, string[] topics)
    {
        (_documents, _topicOf, _names) = (documents, topicOf, topics);
        for (int level = 0; level < _audiences.Length; level++)
            _audiences[level] = Bits(slot => audiences[slot] <= level, out bool all) is var bits && all ? null : bits;
        _hasVariants = documents.Any(document => document?.Source.Readers is not null);
        HasTopics = topics.Length <= MostTopics;
        if (!HasTopics)
            return;
        ulong[][] byNumber = [.. topics.Select(_ => new ulong[SlotSet.Words(documents.Length)])];
        for (int slot = 0; slot < documents.Length; slot++)
        {
            if (documents[slot] is not null)
                byNumber[topicOf[slot]][slot >> 6] |= 1UL << slot;
        }

        for (int number = 0; number < topics.Length; number++)
            _topics[topics[number]] = byNumber[number];
    }

    /// <summary>True when every topic has its bits ready.</summary>
    public bool HasTopics { get; }

    /// <summary>Documents this audience may see, or null for all.</summary>
    public ulong[]? UpTo(Audience audience) => _audiences[Math.Clamp((int)audience, 0, 2)];

    /// <summary>Documents this reader finds, or null for all. There are few readers: languages by countries.</summary>
    public ulong[]? Of(string? reader) => reader is null || !_hasVariants ? null
        : _readers.GetOrAdd(reader, code => Bits(slot => _documents[slot]!.Source.Readers is not { } own || own.Contains(code), out _));

    /// <summary>Documents of one topic; an unknown topic has none.</summary>
    public ulong[] OfTopic(string topic)
    {
        if (HasTopics)
            return _topics.GetValueOrDefault(topic, _none);
        int number = Array.IndexOf(_names, topic);
        return number < 0 ? _none : Bits(slot => _topicOf[slot] == number, out _);
    }

    private ulong[] Bits(Func<int, bool> isIn, out bool all)
    {
        var bits = new ulong[SlotSet.Words(_documents.Length)];
        all = true;
        for (int slot = 0; slot < _documents.Length; slot++)
        {
            if (_documents[slot] is null)
                continue;
            if (isIn(slot))
                bits[slot >> 6] |= 1UL << slot;
            else
                all = false;
        }

        return bits;
    }
}
