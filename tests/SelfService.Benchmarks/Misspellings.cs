using System.Text;

namespace SelfService.Benchmarks;

/// <summary>
/// Spoils one word of a question as people do. A list of real misspellings (wrong, right, class …, tab separated, one
/// heading line) is cut in two halves, for tuning and for reporting. A question word that stands in the half itself takes
/// its misspelling; otherwise a word takes the change of another pair that fits its letters (the letters replaced and one
/// neighbour on either side). Missing accents are left out: they are another question. The same question always gets the
/// same mistake.
/// </summary>
internal sealed class Misspellings
{
    private const int ShortestWord = 5;

    private readonly Dictionary<string, string> _whole = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _changes = new(StringComparer.Ordinal);

    private Misspellings()
    {
    }

    /// <exception cref="InvalidDataException">A line has too few columns.</exception>
    public static Misspellings Read(string file, bool tuning)
    {
        string[] lines = [.. File.ReadLines(file).Skip(1).Where(line => line.Length > 0)];
        var read = new Misspellings();
        foreach (string line in tuning ? lines[..(lines.Length / 2)] : lines[(lines.Length / 2)..])
        {
            string[] columns = line.Split('\t');
            if (columns.Length < 3)
                throw new InvalidDataException($"{file}: {line}");
            if (columns[2] != "tilde")
                read.Add(columns[0].ToLowerInvariant(), columns[1].ToLowerInvariant());
        }

        return read;
    }

    /// <summary>The question with one word misspelt, or as it is when nothing fits.</summary>
    public string Spoil(string id, string question)
    {
        string[] words = question.Split(' ');
        uint seed = Hash(id);
        // Words of the list first, then any word that a change fits, from a place the id decides.
        for (int pass = 0; pass < 2; pass++)
        {
            for (int i = 0; i < words.Length; i++)
            {
                int at = (int)((seed + i) % words.Length);
                string word = words[at].ToLowerInvariant();
                if ((pass == 0 ? _whole.GetValueOrDefault(word) : Changed(word, seed)) is { } wrong)
                {
                    words[at] = wrong;
                    return string.Join(' ', words);
                }
            }
        }

        return question;
    }

    private void Add(string wrong, string right)
    {
        if (!right.All(char.IsLetter) || !wrong.All(char.IsLetter))
            return;
        _whole.TryAdd(right, wrong);
        string from = $"^{right}$", to = $"^{wrong}$";
        int start = 0, end = 0, shorter = Math.Min(from.Length, to.Length);
        while (start < shorter && from[start] == to[start])
            start++;
        while (end < shorter - start && from[^(end + 1)] == to[^(end + 1)])
            end++;
        if (start == 0 || end == 0 || from.Length - start - end > 2 || to.Length - start - end > 2)
            return;
        string key = from[(start - 1)..^(end - 1)];
        if (!_changes.TryGetValue(key, out List<string>? changes))
            _changes[key] = changes = [];
        changes.Add(to[(start - 1)..^(end - 1)]);
    }

    private string? Changed(string word, uint seed)
    {
        if (word.Length < ShortestWord || !word.All(char.IsLetter))
            return null;
        string marked = $"^{word}$";
        var fitting = new List<string>();
        for (int at = 0; at < marked.Length; at++)
        {
            for (int length = 2; length <= 4 && at + length <= marked.Length; length++)
            {
                if (!_changes.TryGetValue(marked.Substring(at, length), out List<string>? changes))
                    continue;
                foreach (string change in changes)
                    fitting.Add(new StringBuilder(marked).Remove(at, length).Insert(at, change).Replace("^", "").Replace("$", "").ToString());
            }
        }

        fitting.RemoveAll(wrong => wrong == word);
        return fitting.Count == 0 ? null : fitting[(int)((seed >> 8) % fitting.Count)];
    }

    /// <summary>The FNV hash, the same on every machine.</summary>
    private static uint Hash(string text)
    {
        uint hash = 2_166_136_261;
        foreach (char c in text)
            hash = (hash ^ c) * 16_777_619;
        return hash;
    }
}
