namespace SelfService.Core.KnowledgeBase.Differences;

/// <summary>The words of something, for asking how alike two things are.</summary>
internal sealed class WordBag
{
    private readonly int[] words;
    private readonly long weight;
    private readonly Vocabulary vocabulary;

    public WordBag(Vocabulary vocabulary, IEnumerable<int> ids)
    {
        this.vocabulary = vocabulary;
        words = [.. ids.Where(id => vocabulary.Kind(id) == TokenKind.Word)];
        Array.Sort(words);
        weight = words.Sum(id => (long)vocabulary.Length(id));
    }

    /// <summary>
    /// 0 to 1: twice what both have by what each has (Dice 1945), counted in characters, so that articles and prepositions weigh little.
    /// </summary>
    public double Similarity(WordBag other)
    {
        long common = 0;
        for (int i = 0, j = 0; i < words.Length && j < other.words.Length;)
        {
            if (words[i] == other.words[j])
            {
                common += vocabulary.Length(words[i]);
                i++;
                j++;
            }
            else if (words[i] < other.words[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return common == 0 ? 0 : 2.0 * common / (weight + other.weight);
    }
}

/// <summary>Which of the old things became which of the new ones, when all of them changed.</summary>
internal static class SimilarPairs
{
    /// <summary>Below this two things are not one that changed.</summary>
    public const double Threshold = 0.4;

    private const int MaxCells = 250_000;

    // How far from its place in proportion something is looked for.
    private const int Reach = 32;

    /// <summary>Pairs in the order of both sides that are most alike in sum; linear in one side for large numbers.</summary>
    /// <param name="similarity">How alike an old and a new one are; under <see cref="Threshold"/> they are no pair.</param>
    public static List<(int Old, int New)> Find(int oldCount, int newCount, Func<int, int, double> similarity)
    {
        var pairs = new List<(int, int)>();
        if (oldCount == 0 || newCount == 0)
        {
            return pairs;
        }

        if ((long)oldCount * newCount > MaxCells)
        {
            // Most likely something was replaced in every line.
            pairs.AddRange(Enumerable.Range(0, Math.Min(oldCount, newCount)).Where(i => similarity(i, i) >= Threshold).Select(i => (i, i)));
            return pairs;
        }

        var best = new double[oldCount + 1, newCount + 1];
        var isPair = new bool[oldCount, newCount];
        for (var i = oldCount - 1; i >= 0; i--)
        {
            for (var j = newCount - 1; j >= 0; j--)
            {
                best[i, j] = Math.Max(best[i + 1, j], best[i, j + 1]);
                if (Math.Abs(j - ((long)i * newCount / oldCount)) <= Reach && similarity(i, j) is var alike and >= Threshold
                    && alike + best[i + 1, j + 1] > best[i, j])
                {
                    best[i, j] = alike + best[i + 1, j + 1];
                    isPair[i, j] = true;
                }
            }
        }

        for (int i = 0, j = 0; i < oldCount && j < newCount;)
        {
            if (isPair[i, j])
            {
                pairs.Add((i++, j++));
            }
            else if (best[i + 1, j] >= best[i, j + 1])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return pairs;
    }
}
