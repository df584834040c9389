using System.Text;

namespace SelfService.Core.KnowledgeBase.Differences;

/// <summary>
/// Two changes of the same text put together: the algorithm of diff3 as described by Khanna, Kunal and Pierce, "A Formal Investigation of
/// Diff3" (FSTTCS 2007), by line. Lines that both changed are merged once more by word, because a line of prose is a whole paragraph; there,
/// changes of different sides need an unchanged word between them, since neighbouring words are mostly one thought ("5 euros").
/// Nothing that either side wrote is lost: it is in the merged text or in a conflict.
/// </summary>
public sealed class ThreeWayMerge
{
    private readonly List<MergeRegion> regions = [];
    private readonly SequenceMatcher matcher = new();
    private readonly Vocabulary words = new();
    private readonly StringBuilder clear = new();

    private ThreeWayMerge(string baseText, string mine, string theirs)
    {
        var vocabulary = new Vocabulary();
        var (o, a, b) = (vocabulary.Lines(baseText), vocabulary.Lines(mine), vocabulary.Lines(theirs));
        foreach (var chunk in Chunks(o.Ids, a.Ids, b.Ids))
        {
            var conflict = new MergeRegion.Conflict(
                o.Between(chunk.Base.From, chunk.Base.To), a.Between(chunk.Mine.From, chunk.Mine.To), b.Between(chunk.Theirs.From, chunk.Theirs.To));
            if ((Resolved(conflict) ?? ByWord(conflict)) is { } text)
            {
                clear.Append(text);
            }
            else
            {
                EndClear();
                regions.Add(conflict);
            }
        }

        EndClear();
    }

    /// <summary>The merged text in order; no two clear regions follow each other.</summary>
    public IReadOnlyList<MergeRegion> Regions => regions;

    /// <summary>Whether somebody has to decide.</summary>
    public bool HasConflicts => regions.Exists(r => r is MergeRegion.Conflict);

    /// <summary>The merged text; null where there are conflicts.</summary>
    public string? Text => HasConflicts ? null : string.Concat(regions.OfType<MergeRegion.Merged>().Select(r => r.Text));

    /// <summary>Merges two changes of a text.</summary>
    /// <param name="baseText">What both started from.</param>
    /// <param name="mine">What one made of it.</param>
    /// <param name="theirs">What the other made of it.</param>
    public static ThreeWayMerge Of(string baseText, string mine, string theirs) => new(baseText, mine, theirs);

    private void EndClear()
    {
        if (clear.Length > 0)
        {
            regions.Add(new MergeRegion.Merged(clear.ToString()));
            clear.Clear();
        }
    }

    private static string? Resolved(MergeRegion.Conflict conflict) =>
        conflict.Mine == conflict.BaseText ? conflict.Theirs
        : conflict.Theirs == conflict.BaseText || conflict.Mine == conflict.Theirs ? conflict.Mine
        : null;

    private string? ByWord(MergeRegion.Conflict conflict)
    {
        var (o, a, b) = (words.Words(conflict.BaseText), words.Words(conflict.Mine), words.Words(conflict.Theirs));
        var text = new StringBuilder();
        // Who made the last change, as long as no unchanged word came after it.
        bool? wasMine = null;
        foreach (var chunk in Chunks(o.Ids, a.Ids, b.Ids))
        {
            var part = new MergeRegion.Conflict(
                o.Between(chunk.Base.From, chunk.Base.To), a.Between(chunk.Mine.From, chunk.Mine.To), b.Between(chunk.Theirs.From, chunk.Theirs.To));
            if (Resolved(part) is not { } resolved)
            {
                return null;
            }

            text.Append(resolved);
            if (chunk.IsStable)
            {
                wasMine = HasWord(o.Ids[chunk.Base.From..chunk.Base.To]) ? null : wasMine;
            }
            else if (part.Mine != part.Theirs)
            {
                var isMine = part.Theirs == part.BaseText;
                if (wasMine is { } before && before != isMine)
                {
                    return null;
                }

                wasMine = isMine;
            }
        }

        return text.ToString();
    }

    private bool HasWord(int[] ids) => ids.Any(id => words.Kind(id) == TokenKind.Word);

    private IEnumerable<Chunk> Chunks(int[] o, int[] a, int[] b)
    {
        var (inMine, inTheirs) = (Places(o, a), Places(o, b));
        var (i, x, y) = (0, 0, 0);
        while (i < o.Length || x < a.Length || y < b.Length)
        {
            var next = i;
            while (next < o.Length && inMine[next] == x + next - i && inTheirs[next] == y + next - i)
            {
                next++;
            }

            var isStable = next > i;
            var (nextX, nextY) = (x + next - i, y + next - i);
            if (!isStable)
            {
                while (next < o.Length && (inMine[next] < 0 || inTheirs[next] < 0))
                {
                    next++;
                }

                (nextX, nextY) = next < o.Length ? (inMine[next], inTheirs[next]) : (a.Length, b.Length);
            }

            yield return new Chunk(isStable, new Stretch(i, next), new Stretch(x, nextX), new Stretch(y, nextY));
            (i, x, y) = (next, nextX, nextY);
        }
    }

    // For each piece of the base where the other text has it; -1 where it has not.
    private int[] Places(int[] o, int[] other)
    {
        var places = new int[o.Length];
        Array.Fill(places, -1);
        foreach (var run in matcher.Match(o, other))
        {
            for (var i = 0; i < run.Length; i++)
            {
                places[run.Old + i] = run.New + i;
            }
        }

        return places;
    }

    private readonly record struct Stretch(int From, int To);

    private readonly record struct Chunk(bool IsStable, Stretch Base, Stretch Mine, Stretch Theirs);
}
