using System.Numerics;
using SelfService.Search.Indexing;

namespace SelfService.Search.Ranking;

/// <summary>Finds words that stand side by side, by reading the tokens of the documents that hold all of them.</summary>
internal static class PhraseMatch
{
    /// <summary>Documents that hold the phrase, as postings with the occurrences of its rarest word.</summary>
    public static ulong[] Find(Snapshot snapshot, int[][] phrase)
    {
        if (phrase.Length == 0 || phrase.Any(forms => forms.Length == 0))
            return [];
        int[] rarest = phrase.MinBy(forms => forms.Sum(form => snapshot.Postings[form]!.Length))!;
        ulong[] all = Union(snapshot, rarest);
        foreach (int[] forms in phrase)
        {
            if (forms != rarest)
                Bits.And(all, Union(snapshot, forms));
        }

        var found = new List<ulong>();
        for (int group = 0; group < all.Length; group++)
        {
            for (ulong rest = all[group]; rest != 0; rest &= rest - 1)
            {
                int slot = (group << 6) + BitOperations.TrailingZeroCount(rest);
                if (!Holds(snapshot.Documents[slot]!, phrase))
                    continue;
                uint counts = 0;
                foreach (int form in rarest)
                {
                    WordSource source = SourceOf(snapshot, form);
                    int index = source.IndexOf(slot);
                    counts = index < 0 ? counts : Occurrences.Sum(counts, (uint)source.Postings[index]);
                }

                found.Add(((ulong)(uint)slot << 32) | counts);
            }
        }

        return [.. found];
    }

    /// <summary>True when some passage of the document has the words in order without another between them.</summary>
    public static bool Holds(IndexedDocument document, int[][] phrase)
    {
        if (phrase.Length == 0)
            return false;
        for (int p = 0; p < document.Passages.Length; p++)
        {
            ReadOnlySpan<int> tokens = document.Tokens.AsSpan(document.Passages[p].Start..document.EndOf(p));
            for (int start = 0; start < tokens.Length; start++)
            {
                if (phrase[0].AsSpan().Contains(tokens[start]) && Follows(tokens[(start + 1)..], phrase))
                    return true;
            }
        }

        return false;
    }

    private static ulong[] Union(Snapshot snapshot, int[] forms)
    {
        var bits = new ulong[SlotSet.Words(snapshot.Documents.Length)];
        foreach (int form in forms)
            SourceOf(snapshot, form).AddTo(bits);
        return bits;
    }

    private static WordSource SourceOf(Snapshot snapshot, int form) =>
        new(snapshot.Postings[form]!, snapshot.Frequencies[form]!, snapshot.Members[form], 1, form);

    private static bool Follows(ReadOnlySpan<int> tokens, int[][] phrase)
    {
        int next = 1;
        foreach (int token in tokens)
        {
            if (next == phrase.Length)
                break;
            if (token < 0)
                continue;
            if (!phrase[next].AsSpan().Contains(token))
                return false;
            next++;
        }

        return next == phrase.Length;
    }
}
