using System.Runtime.InteropServices;

namespace SelfService.Search.Indexing;

/// <summary>What one occurrence is worth in each field of one document: field weight over length norm.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FieldWorth
{
    public float Body, Title, Keywords, Heading, Summary;

    /// <summary>Weighted number of occurrences (the pseudo-frequency of BM25F).</summary>
    public readonly float Of(uint counts)
    {
        float frequency = (counts & Occurrences.BodyMask) * Body;
        if (counts > Occurrences.BodyMask)
        {
            frequency += (((counts >> 24) & 0xF) * Title) + (((counts >> 20) & 0xF) * Keywords)
                + (((counts >> 16) & 0xF) * Heading) + ((counts >> 28) * Summary);
        }

        return frequency;
    }
}

/// <summary>
/// The whole index at one revision. Nothing in it ever changes, so any number of readers use it without a lock.
/// Documents have slots, numbers from 0; a slot may be empty.
/// </summary>
internal sealed class Snapshot
{
    public static Snapshot Empty { get; } = new()
    {
        Revision = 0,
        Count = 0,
        Words = new Vocabulary(),
        Postings = [],
        Documents = [],
        Worth = [],
        Audiences = [],
        TopicOf = [],
        Topics = [],
        Rarity = [],
        TitleRarity = [],
        ByFolded = [],
    };

    public required long Revision { get; init; }

    /// <summary>Documents, empty slots not counted.</summary>
    public required int Count { get; init; }

    public required Vocabulary Words { get; init; }

    /// <summary>By form number: slot in the upper 32 bits, <see cref="Occurrences"/> in the lower, by slot; null when unused.</summary>
    public required ulong[]?[] Postings { get; init; }

    public required IndexedDocument?[] Documents { get; init; }

    public required FieldWorth[] Worth { get; init; }

    public required byte[] Audiences { get; init; }

    public required int[] TopicOf { get; init; }

    public required string[] Topics { get; init; }

    /// <summary>Inverse document frequency of each form, already lowered for stop words.</summary>
    public required float[] Rarity { get; init; }

    /// <summary>The same among titles only.</summary>
    public required float[] TitleRarity { get; init; }

    /// <summary>Form numbers in the order of their folded spelling, for completion.</summary>
    public required int[] ByFolded { get; init; }

    /// <summary>True when some document of this snapshot has the form.</summary>
    public bool Knows(int term) => (uint)term < (uint)Postings.Length && Postings[term] is not null;
}
