using SelfService.Search;
using SelfService.Search.Indexing;

namespace SelfService.Benchmarks;

/// <summary>
/// Queries of ten thousand characters made to cost as much as possible: each kind once of what the collection has most of.
/// </summary>
internal static class HostileQueries
{
    private const int Length = 10_000;
    private const int Letters = 6;

    public static string[] Of(Snapshot snapshot)
    {
        var random = new Random(3);
        int[] known = [.. Enumerable.Range(0, snapshot.Postings.Length).Where(snapshot.Knows).OrderByDescending(term => snapshot.Postings[term]!.Length)];
        string[] words = [.. known.Select(term => snapshot.Words[term].Form).Where(form => form.All(char.IsLetter))];
        string[] stopWords = [.. words.Where(word => SearchLanguage.Default.StopWords.Contains(word))];
        string[] others = [.. words.Where(word => !SearchLanguage.Default.StopWords.Contains(word))];
        string[] alike = [.. words.Where(word => word.Length >= Letters).GroupBy(word => word[..Letters])
            .OrderByDescending(group => group.Count()).Take(100).Select(group => group.First())];
        return
        [
            Fill(others), Fill(others.Where(word => word.Length <= 7)), Fill(stopWords), Fill(alike),
            Fill(others.Where(word => word.Length >= 8).Select(word => word.Remove(random.Next(2, 6), 1).Insert(4, "x"))),
            Fill(Enumerable.Repeat(0, Length).Select(_ => new string([.. Enumerable.Repeat(0, 9).Select(_ => (char)('a' + random.Next(26)))]))),
            Fill(stopWords.Select((word, i) => $"\"{word} {others[i]}\"")), Fill(["a-"], ""), Fill(["ñ"], ""), Fill(["\""], ""), Fill(["ﷺ"], ""),
        ];
    }

    private static string Fill(IEnumerable<string> words, string separator = " ")
    {
        string text = string.Join(separator, words.Take(Length));
        return text.Length == 0 ? "" : string.Concat(Enumerable.Repeat(text + separator, 1 + (Length / text.Length)))[..Length];
    }
}
