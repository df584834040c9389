namespace SelfService.Core.KnowledgeBase.Differences;

/// <summary>
/// The difference of two texts by line and, inside lines that changed, by word. Texts are compared by their exact characters, line ends
/// included. Any two texts can be compared; the time is bounded, and for texts that have little in common the answer is coarser.
/// </summary>
public sealed class TextDifference
{
    /// <summary>Unchanged lines shown around a change.</summary>
    public const int ContextLines = 3;

    private readonly List<DifferenceLine> lines = [];
    private readonly Vocabulary words = new();
    private readonly SequenceMatcher matcher = new();
    private readonly TokenizedText old;
    private readonly TokenizedText current;

    private TextDifference(string oldText, string newText)
    {
        var vocabulary = new Vocabulary();
        old = vocabulary.Lines(oldText);
        current = vocabulary.Lines(newText);
        var (i, j) = (0, 0);
        // Empty lines between paragraphs that changed would fix the wrong ones to each other.
        var runs = matcher.Match(old.Ids, current.Ids);
        foreach (var run in LoneBlanks.Without(runs, old.Ids.Length, current.Ids.Length, index => string.IsNullOrWhiteSpace(OldLine(index))))
        {
            Changed(i, run.Old, j, run.New);
            for (var line = 0; line < run.Length; line++)
            {
                SameLine(run.Old + line, run.New + line);
            }

            (i, j) = (run.Old + run.Length, run.New + run.Length);
        }

        Changed(i, old.Ids.Length, j, current.Ids.Length);
    }

    /// <summary>All lines of both texts, in order.</summary>
    public IReadOnlyList<DifferenceLine> Lines => lines;

    /// <summary>Words and numbers that are in the new text only.</summary>
    public int WordsAdded { get; private set; }

    /// <summary>Words and numbers that are in the old text only.</summary>
    public int WordsRemoved { get; private set; }

    /// <summary>Whether both texts are the same.</summary>
    public bool IsSame => lines.TrueForAll(l => l.Kind == LineKind.Same);

    /// <summary>Compares two texts.</summary>
    public static TextDifference Between(string oldText, string newText) => new(oldText, newText);

    /// <summary>The changes without the long unchanged stretches between them; none when both texts are the same.</summary>
    /// <param name="context">Unchanged lines kept before and after a change.</param>
    public IReadOnlyList<DifferenceHunk> Hunks(int context = ContextLines)
    {
        var hunks = new List<DifferenceHunk>();
        var shownTo = 0;
        for (var first = Next(0); first < lines.Count;)
        {
            var last = first;
            var next = Next(first + 1);
            // A single line left out takes the room of that line.
            while (next < lines.Count && next - last - 1 <= (2 * context) + 1)
            {
                last = next;
                next = Next(next + 1);
            }

            var from = Math.Max(shownTo, first - context);
            var to = Math.Min(lines.Count, last + 1 + context);
            hunks.Add(new DifferenceHunk(from - shownTo, lines[from..to], next < lines.Count ? 0 : lines.Count - to));
            (shownTo, first) = (to, next);
        }

        return hunks;
    }

    private int Next(int from)
    {
        var index = from >= lines.Count ? -1 : lines.FindIndex(from, l => l.Kind != LineKind.Same);
        return index < 0 ? lines.Count : index;
    }

    private string OldLine(int index) => old.Between(index, index + 1);

    private string NewLine(int index) => current.Between(index, index + 1);

    private void SameLine(int oldIndex, int newIndex)
    {
        IReadOnlyList<DifferencePart> parts = [new(PartKind.Same, OldLine(oldIndex))];
        lines.Add(new DifferenceLine(LineKind.Same, oldIndex + 1, newIndex + 1, parts, parts));
    }

    private void Changed(int oldFrom, int oldTo, int newFrom, int newTo)
    {
        var before = Enumerable.Range(oldFrom, oldTo - oldFrom).Select(i => words.Words(OldLine(i))).ToList();
        var after = Enumerable.Range(newFrom, newTo - newFrom).Select(j => words.Words(NewLine(j))).ToList();
        var oldBags = before.ConvertAll(line => new WordBag(words, line.Ids));
        var newBags = after.ConvertAll(line => new WordBag(words, line.Ids));
        var (i, j) = (0, 0);
        foreach (var (x, y) in SimilarPairs.Find(before.Count, after.Count, Similarity))
        {
            Replaced(x, y);
            if (old.Ids[oldFrom + x] == current.Ids[newFrom + y])
            {
                SameLine(oldFrom + x, newFrom + y);
            }
            else
            {
                ChangedLine(oldFrom + x, before[x], newFrom + y, after[y]);
            }

            (i, j) = (x + 1, y + 1);
        }

        Replaced(before.Count, after.Count);

        // Lines without words are alike when they are the same.
        double Similarity(int x, int y) =>
            Math.Max(oldBags[x].Similarity(newBags[y]), old.Ids[oldFrom + x] == current.Ids[newFrom + y] ? SimilarPairs.Threshold : 0);

        void Replaced(int toOld, int toNew)
        {
            for (; i < toOld; i++)
            {
                lines.Add(new DifferenceLine(LineKind.Removed, oldFrom + i + 1, null, [new(PartKind.Removed, before[i].Text)], []));
                WordsRemoved += CountWords(before[i], 0, before[i].Ids.Length);
            }

            for (; j < toNew; j++)
            {
                lines.Add(new DifferenceLine(LineKind.Added, null, newFrom + j + 1, [], [new(PartKind.Added, after[j].Text)]));
                WordsAdded += CountWords(after[j], 0, after[j].Ids.Length);
            }
        }
    }

    private void ChangedLine(int oldIndex, TokenizedText before, int newIndex, TokenizedText after)
    {
        var (oldParts, newParts) = (new List<DifferencePart>(), new List<DifferencePart>());
        var (i, j) = (0, 0);
        var runs = matcher.Match(before.Ids, after.Ids);
        foreach (var run in LoneBlanks.Without(runs, before.Ids.Length, after.Ids.Length, index => words.Kind(before.Ids[index]) == TokenKind.Blank))
        {
            Replaced(run.Old, run.New);
            (i, j) = (run.Old + run.Length, run.New + run.Length);
            var same = new DifferencePart(PartKind.Same, before.Between(run.Old, i));
            oldParts.Add(same);
            newParts.Add(same);
        }

        Replaced(before.Ids.Length, after.Ids.Length);
        lines.Add(new DifferenceLine(LineKind.Changed, oldIndex + 1, newIndex + 1, oldParts, newParts));

        void Replaced(int toOld, int toNew)
        {
            if (toOld > i)
            {
                oldParts.Add(new DifferencePart(PartKind.Removed, before.Between(i, toOld)));
                WordsRemoved += CountWords(before, i, toOld);
            }

            if (toNew > j)
            {
                newParts.Add(new DifferencePart(PartKind.Added, after.Between(j, toNew)));
                WordsAdded += CountWords(after, j, toNew);
            }
        }
    }

    private int CountWords(TokenizedText text, int from, int to)
    {
        var count = 0;
        for (var i = from; i < to; i++)
        {
            count += words.Kind(text.Ids[i]) == TokenKind.Word ? 1 : 0;
        }

        return count;
    }
}
