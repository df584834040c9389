using System.Text;
using SelfService.Search;

namespace SelfService.Benchmarks;

/// <summary>
/// Makes a large collection of a small one. The first documents are the given ones; each further one is a copy in which
/// one word in four is another: mostly a word of the collection itself, drawn by its frequency, and one time in six a new
/// word, drawn from an endless list by Zipf's law (G. K. Zipf, 1949), so that the vocabulary grows as that of real texts
/// does (Heaps' law). The seed is fixed: the same file gives the same collection on every machine.
/// </summary>
internal sealed class GrownCollection
{
    private const double Replaced = 0.25;
    private const double New = 1.0 / 6;
    private const int NewWords = 2_000_000;

    private static readonly string[] Onsets = ["b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "tr", "pl", "br", "cr", "ch", "j", "z"];
    private static readonly string[] Nuclei = ["a", "e", "i", "o", "u", "ia", "io", "ue"];
    private static readonly string[] Codas = ["", "", "", "n", "r", "s", "l"];

    private readonly List<SearchDocument> _given;
    private readonly string[] _words;
    private readonly Random _random = new(20_240);

    public GrownCollection(List<SearchDocument> given)
    {
        _given = given;
        _words = [.. given.SelectMany(document => document.Sections).SelectMany(section => Words(section.Text))];
    }

    /// <summary>The collection at this size.</summary>
    public List<SearchDocument> Grow(int size)
    {
        var grown = new List<SearchDocument>(size);
        for (int i = 0; i < size; i++)
            grown.Add(i < _given.Count ? _given[i] : Copy(_given[i % _given.Count], i));
        return grown;
    }

    /// <summary>A document as it would be after an author changed some of its words.</summary>
    public SearchDocument Change(SearchDocument document) => Copy(document, -1) with { Id = document.Id };

    private SearchDocument Copy(SearchDocument document, int number) => document with
    {
        Id = $"{document.Id}-{number}",
        Title = Vary(document.Title),
        Summary = Vary(document.Summary),
        Sections = [.. document.Sections.Select(section => section with { Heading = Vary(section.Heading), Text = Vary(section.Text) })],
    };

    private string Vary(string text)
    {
        var varied = new StringBuilder(text.Length);
        for (int at = 0; at < text.Length;)
        {
            int start = at;
            while (at < text.Length && char.IsLetter(text[at]))
                at++;
            if (at > start)
                varied.Append(_random.NextDouble() < Replaced ? Another() : text[start..at]);
            else
                varied.Append(text[at++]);
        }

        return varied.ToString();
    }

    private string Another() => _words.Length > 0 && _random.NextDouble() >= New
        ? _words[_random.Next(_words.Length)]
        : NewWord((int)Math.Exp(_random.NextDouble() * Math.Log(NewWords)));

    /// <summary>The word of this rank: two to four syllables that tell its number.</summary>
    private static string NewWord(int rank)
    {
        var word = new StringBuilder();
        uint rest = ((uint)rank * 2_654_435_761) >> 6;
        for (int syllable = 0; syllable < 2 + (rank > 300 ? 1 : 0) + (rank > 60_000 ? 1 : 0); syllable++)
        {
            word.Append(Onsets[rest % Onsets.Length]);
            rest /= (uint)Onsets.Length;
            word.Append(Nuclei[rest % Nuclei.Length]);
            rest /= (uint)Nuclei.Length;
            word.Append(Codas[rest % Codas.Length]);
            rest = (rest / (uint)Codas.Length) + ((uint)rank >> (4 * syllable));
        }

        return word.ToString();
    }

    private static IEnumerable<string> Words(string text)
    {
        for (int at = 0; at < text.Length; at++)
        {
            int start = at;
            while (at < text.Length && char.IsLetter(text[at]))
                at++;
            if (at > start)
                yield return text[start..at];
        }
    }
}
