using System.Collections.Concurrent;

namespace SelfService.Search.Ranking;

/// <summary>Arrays one search needs, taken from a pool so that scoring allocates nothing. All zero between searches.</summary>
internal sealed class Workspace
{
    private static readonly ConcurrentBag<Workspace> Pool = [];

    /// <summary>Score so far, by slot.</summary>
    public float[] Scores { get; private set; } = [];

    /// <summary>Weighted frequency of the word being scored, by slot.</summary>
    public float[] Frequencies { get; private set; } = [];

    /// <summary>Slots with a score.</summary>
    public int[] Matched { get; private set; } = [];

    /// <summary>Slots with a frequency.</summary>
    public int[] Touched { get; private set; } = [];

    /// <summary>By form number: 1 + the index of the query word it answers.</summary>
    public byte[] Owners { get; private set; } = [];

    /// <summary>By form number: how well it answers.</summary>
    public float[] OwnerWeights { get; private set; } = [];

    public static Workspace Rent(int slots, int terms)
    {
        if (!Pool.TryTake(out Workspace? workspace))
            workspace = new Workspace();
        if (workspace.Scores.Length < slots)
        {
            int size = slots + (slots / 4) + 16;
            workspace.Scores = new float[size];
            workspace.Frequencies = new float[size];
            workspace.Matched = new int[size];
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
