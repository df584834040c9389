using System.Buffers;

namespace SelfService.Search.Indexing;

/// <summary>New postings from old ones: lists that no changed document touches are shared, the others written once.</summary>
internal static class PostingsMerge
{
    /// <param name="last">Where the old postings and the removed documents are.</param>
    /// <param name="gone">Slots that were emptied, some of them to be filled again.</param>
    /// <param name="added">Filled slots in ascending order.</param>
    /// <param name="terms">Forms in the vocabulary after the change.</param>
    public static ulong[]?[] Apply(
        Snapshot last, List<int> gone, List<(int Slot, IndexedDocument Document)> added, int terms)
    {
        var postings = new ulong[]?[terms];
        last.Postings.CopyTo(postings, 0);
        int[] additions = Cleared<int>(terms), next = Cleared<int>(terms);
        bool[] seen = Cleared<bool>(terms), isGone = Cleared<bool>(last.Documents.Length);
        var affected = new List<int>();
        foreach (int slot in gone)
        {
            isGone[slot] = true;
            Note(last.Documents[slot]!.Terms, seen, affected);
        }

        foreach ((_, IndexedDocument document) in added)
        {
            Note(document.Terms, seen, affected);
            foreach (int term in document.Terms)
                additions[term]++;
        }

        // The additions of all affected terms lie in one array, one stretch a term; `next` is where each goes on.
        int total = 0;
        foreach (int term in affected)
        {
            next[term] = total;
            total += additions[term];
        }

        var pending = new ulong[total];
        foreach ((int slot, IndexedDocument document) in added)
        {
            for (int i = 0; i < document.Terms.Length; i++)
                pending[next[document.Terms[i]]++] = ((ulong)(uint)slot << 32) | document.Counts[i];
        }

        foreach (int term in affected)
        {
            ReadOnlySpan<ulong> fresh = pending.AsSpan(next[term] - additions[term], additions[term]);
            postings[term] = Merge(postings[term] ?? [], isGone, gone.Count > 0, fresh);
        }

        ArrayPool<int>.Shared.Return(additions);
        ArrayPool<int>.Shared.Return(next);
        ArrayPool<bool>.Shared.Return(seen);
        ArrayPool<bool>.Shared.Return(isGone);
        return postings;
    }

    /// <summary>An array for the time of one change. New ones of this size would cost a collection of all generations each few changes.</summary>
    private static T[] Cleared<T>(int length)
    {
        T[] array = ArrayPool<T>.Shared.Rent(length);
        Array.Clear(array);
        return array;
    }

    private static void Note(int[] terms, bool[] seen, List<int> affected)
    {
        foreach (int term in terms)
        {
            if (!seen[term])
            {
                seen[term] = true;
                affected.Add(term);
            }
        }
    }

    private static ulong[]? Merge(ulong[] old, bool[] isGone, bool anyGone, ReadOnlySpan<ulong> fresh)
    {
        int kept = old.Length;
        if (anyGone)
        {
            kept = 0;
            foreach (ulong posting in old)
                kept += isGone[posting >> 32] ? 0 : 1;
        }

        if (kept + fresh.Length == 0)
            return null;
        var merged = new ulong[kept + fresh.Length];
        int at = 0, add = 0;
        foreach (ulong posting in old)
        {
            if (anyGone && isGone[posting >> 32])
                continue;
            while (add < fresh.Length && fresh[add] < posting)
                merged[at++] = fresh[add++];
            merged[at++] = posting;
        }

        fresh[add..].CopyTo(merged.AsSpan(at));
        return merged;
    }
}
