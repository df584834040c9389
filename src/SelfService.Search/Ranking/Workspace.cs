using System.Collections.Concurrent;

namespace SelfService.Search.Ranking;

/// <summary>Arrays one search needs, taken from a pool so that scoring allocates nothing. All zero between searches.</summary>
internal sealed class Workspace
{
    private static readonly ConcurrentBag<Workspace> Pool = [];

    private int[] _hits = new int[1024];
    private ScoredSlot[] _scored = new ScoredSlot[256];

    /// <summary>Score so far, by slot.</summary>
    public float[] Scores { get; private set; } = [];

    /// <summary>Weighted frequency of the word being scored, by slot.</summary>
    public float[] Frequencies { get; private set; } = [];

    /// <summary>Slots with a score.</summary>
    public int[] Found { get; private set; } = [];

    /// <summary>Slots with a frequency.</summary>
    public int[] Touched { get; private set; } = [];

    /// <summary>Bounds of scores by slot. Like the folded ones they are not zero between searches.</summary>
    public ushort[] Bounds { get; private set; } = [];

    /// <summary>The highest bounds of several slots each.</summary>
    public ushort[] FoldedBounds { get; private set; } = [];

    /// <summary>Slots that match, one bit each. Sets of bits are not zero between searches.</summary>
    public ulong[] Matched { get; private set; } = [];

    /// <summary>Slots that match and may be found.</summary>
    public ulong[] Allowed { get; private set; } = [];

    /// <summary>Slots that have one word in any form.</summary>
    public ulong[] Union { get; private set; } = [];

    /// <summary>By form number: 1 + the index of the query word it answers.</summary>
    public byte[] Owners { get; private set; } = [];

    /// <summary>What came of touching documents, so that the touching is not optimised away.</summary>
    public int Seen { get; set; }

    /// <summary>By form number: how well it answers.</summary>
    public float[] OwnerWeights { get; private set; } = [];

    /// <summary>Room for places in a document of this many tokens, of any content.</summary>
    public int[] Hits(int tokens)
    {
        if (_hits.Length <= tokens)
            _hits = new int[(2 * tokens) + 1];
        return _hits;
    }

    /// <summary>Room for so many documents with their scores, of any content.</summary>
    public Span<ScoredSlot> Scored(int count)
    {
        if (_scored.Length < count)
            _scored = new ScoredSlot[2 * count];
        return _scored.AsSpan(0, count);
    }

    public static Workspace Rent(int slots, int terms)
    {
        if (!Pool.TryTake(out Workspace? workspace))
            workspace = new Workspace();
        if (workspace.Scores.Length < slots)
        {
            int size = slots + (slots / 4) + 16;
            workspace.Scores = new float[size];
            workspace.Frequencies = new float[size];
            workspace.Bounds = new ushort[ScoreBounds.Padded(size)];
            workspace.FoldedBounds = new ushort[ScoreBounds.Padded(size) / ScoreBounds.Fold];
            workspace.Found = new int[size];
            workspace.Matched = new ulong[(size / 64) + 1];
            workspace.Allowed = new ulong[(size / 64) + 1];
            workspace.Union = new ulong[(size / 64) + 1];
            workspace.Touched = new int[size];
        }

        if (workspace.Owners.Length < terms)
        {
            workspace.Owners = new byte[terms + (terms / 4) + 16];
            workspace.OwnerWeights = new float[workspace.Owners.Length];
        }

        return workspace;
    }

    /// <summary>Gives the arrays back. The caller has zeroed what it wrote; after an exception it does not call this.</summary>
    public void Return() => Pool.Add(this);
}
