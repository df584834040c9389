namespace SelfService.Search.Querying;

/// <summary>
/// Damerau's edit distance (F. J. Damerau, 1964; restricted transpositions) where what Spanish speakers mistake costs
/// little: b/v, s/c/z, ll/y, g/j, qu/k, a missing h, doubled letters. Both words are folded, so accents cost nothing.
/// </summary>
internal static class SpanishEditDistance
{
    private const float Confusion = 0.35f;
    private const float Alike = 0.8f;
    private const float Neighbour = 0.9f;

    /// <summary>Letters neither alike nor near: rather another word (<i>calor, color</i>) than a misspelling.</summary>
    private const float Unlike = 1.4f;

    private const float SilentH = 0.3f;
    private const float Doubled = 0.5f;
    private const float Swap = 0.8f;
    private const float OtherFirstLetter = 0.5f;
    private const string Letters = "abcdefghijklmnopqrstuvwxyzñ";

    private static readonly float[] ReplaceCosts = MakeReplaceCosts();

    /// <summary>Longest distance at which a word of this many letters is still the same word.</summary>
    public static float Limit(int length) => length switch { <= 4 => 0.8f, <= 6 => 1f, 7 => 1.1f, _ => 1.4f };

    /// <summary>Distance in edits, or something above <paramref name="limit"/> as soon as it is sure to be above.</summary>
    public static float Between(string typed, string known, float limit)
    {
        int width = known.Length + 1;
        Span<float> rows = stackalloc float[3 * 68];
        if (width > 68)
            return float.MaxValue;
        Span<float> before = rows[..width], previous = rows.Slice(68, width), current = rows.Slice(136, width);
        previous[0] = 0;
        for (int j = 1; j < width; j++)
            previous[j] = previous[j - 1] + Single(known, j - 1);
        for (int i = 1; i <= typed.Length; i++)
        {
            current[0] = previous[0] + Single(typed, i - 1);
            float least = current[0];
            for (int j = 1; j < width; j++)
            {
                float cost = previous[j - 1] + Replace(typed, i - 1, known, j - 1);
                cost = Math.Min(cost, previous[j] + Single(typed, i - 1));
                cost = Math.Min(cost, current[j - 1] + Single(known, j - 1));
                if (i > 1 && j > 1)
                    cost = Math.Min(cost, before[j - 2] + Pair(typed, i - 2, known, j - 2));
                if (i > 1 && IsPair(typed, i - 2, known[j - 1]))
                    cost = Math.Min(cost, before[j - 1] + Confusion);
                if (j > 1 && IsPair(known, j - 2, typed[i - 1]))
                    cost = Math.Min(cost, previous[j - 2] + Confusion);
                current[j] = cost;
                least = Math.Min(least, cost);
            }

            // Two rows decide the next: both must be beyond the limit before giving up.
            if (least > limit + 1)
                return float.MaxValue;
            Span<float> free = before;
            before = previous;
            previous = current;
            current = free;
        }

        return previous[width - 1] + FirstLetter(typed, known);
    }

    /// <summary>People rarely miss the first letter of a word, unless it sounds the same.</summary>
    private static float FirstLetter(string typed, string known)
    {
        char a = typed[0], b = known[0];
        bool swapped = typed.Length > 1 && known.Length > 1 && typed[1] == b && known[1] == a;
        bool sameSound = (typed.Length > 1 && IsPair(typed, 0, b)) || (known.Length > 1 && IsPair(known, 0, a));
        return a == b || a == 'h' || b == 'h' || swapped || sameSound || Replace(typed, 0, known, 0) <= Confusion ? 0 : OtherFirstLetter;
    }

    /// <summary>Price of one letter too many or too few.</summary>
    private static float Single(string word, int at)
    {
        if (word[at] == 'h')
            return SilentH;
        return at > 0 && word[at] == word[at - 1] ? Doubled : 1;
    }

    private static float Replace(string typed, int i, string known, int j)
    {
        char a = typed[i], b = known[j];
        if (a == b)
            return 0;
        int row = Index(a), column = Index(b);
        return row < 0 || column < 0 ? Unlike : ReplaceCosts[(row * Letters.Length) + column];
    }

    private static int Index(char letter) => letter is >= 'a' and <= 'z' ? letter - 'a' : letter == 'ñ' ? 26 : -1;

    /// <summary>The price of every letter for every other, worked out once.</summary>
    private static float[] MakeReplaceCosts()
    {
        var costs = new float[Letters.Length * Letters.Length];
        for (int row = 0; row < Letters.Length; row++)
        {
            for (int column = 0; column < Letters.Length; column++)
                costs[(row * Letters.Length) + column] = PriceOf(Letters[row], Letters[column]);
        }

        return costs;
    }

    private static float PriceOf(char a, char b)
    {
        if (a > b)
            (a, b) = (b, a);
        return (a, b) switch
        {
            ('b', 'v') or ('s', 'z') or ('c', 's') or ('c', 'z') or ('g', 'j') or ('i', 'y') or ('c', 'k') or ('k', 'q')
                or ('n', 'ñ') or ('c', 'q') or ('s', 'x') or ('m', 'n') => Confusion,
            ('a', 'e') or ('e', 'i') or ('o', 'u') or ('h', 'j') or ('g', 'h') or ('l', 'r') or ('c', 'g') or ('b', 'p') or ('d', 't') => Alike,
            _ => AreNeighbours(a, b) ? Neighbour : Unlike,
        };
    }

    /// <summary>Two letters exchanged.</summary>
    private static float Pair(string typed, int i, string known, int j) =>
        typed[i] == known[j + 1] && typed[i + 1] == known[j] ? Swap : float.MaxValue / 4;

    /// <summary>Two letters that sound like one: <i>ll</i> as y, <i>qu</i> as k or c, <i>gu</i> as g.</summary>
    private static bool IsPair(string word, int at, char single) => (word[at], word[at + 1], single) switch
    {
        ('l', 'l', 'y') or ('q', 'u', 'k') or ('q', 'u', 'c') or ('g', 'u', 'g') or ('g', 'u', 'w') or ('h', 'u', 'w')
            or ('c', 'c', 'x') or ('c', 's', 'x') or ('k', 's', 'x') or ('s', 'c', 'c') or ('s', 'h', 'x') => true,
        _ => false,
    };

    /// <summary>Side by side, or one above the other, on a Spanish keyboard.</summary>
    private static bool AreNeighbours(char a, char b)
    {
        const string Rows = "qwertyuiop asdfghjklñ zxcvbnm";
        int i = Rows.IndexOf(a, StringComparison.Ordinal), j = Rows.IndexOf(b, StringComparison.Ordinal);
        return i >= 0 && j >= 0 && Math.Abs(i - j) is 1 or 10 or 11 or 12;
    }
}
