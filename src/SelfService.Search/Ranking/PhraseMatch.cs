using SelfService.Search.Indexing;

namespace SelfService.Search.Ranking;

/// <summary>Finds words that stand side by side, by reading the tokens of the documents that hold the rarest of them.</summary>
internal static class PhraseMatch
{
    /// <summary>Slots that hold the phrase, with the weighted frequency of its rarest word there.</summary>
    public static IEnumerable<(int Slot, float Frequency)> Find(Snapshot snapshot, int[][] phrase)
    {
        if (phrase.Length == 0 || phrase.Any(forms => forms.Length == 0))
            yield break;
        int[] rarest = phrase.MinBy(forms => forms.Sum(form => snapshot.Postings[form]!.Length))!;
        var found = new SortedDictionary<int, float>();
        foreach (int form in rarest)
        {
            foreach (ulong posting in snapshot.Postings[form]!)
            {
                int slot = (int)(posting >> 32);
                float frequency = snapshot.Worth[slot].Of((uint)posting);
                if (found.TryGetValue(slot, out float known))
                    found[slot] = known + frequency;
                else if (Holds(snapshot.Documents[slot]!, phrase))
                    found[slot] = frequency;
            }
        }

        foreach ((int slot, float frequency) in found)
            yield return (slot, frequency);
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
                if (Array.IndexOf(phrase[0], tokens[start]) >= 0 && Follows(tokens[(start + 1)..], phrase))
                    return true;
            }
        }

        return false;
    }

    private static bool Follows(ReadOnlySpan<int> tokens, int[][] phrase)
    {
        int next = 1;
        foreach (int token in tokens)
        {
            if (next == phrase.Length)
                break;
            if (token < 0)
                continue;
            if (Array.IndexOf(phrase[next], token) < 0)
                return false;
            next++;
        }

        return next == phrase.Length;
    }
}
