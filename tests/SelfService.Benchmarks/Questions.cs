namespace SelfService.Benchmarks;

/// <summary>Questions to a grown content folder, made of the words of its titles.</summary>
internal static class Questions
{
    private const int OftenCount = 200;
    private const int OnceCount = 200_000;
    private const int ShortestWord = 4;

    /// <summary>Two hundred, each of two or three words that stand in one title.</summary>
    public static IReadOnlyList<string> Often(string content) =>
        [.. Titles(content).Where(words => words.Length >= 2).Select((words, i) => string.Join(' ', words.Take(2 + (i % 2)))).Distinct().Take(OftenCount)];

    /// <summary>Two hundred thousand that differ from each other and from those: two words of one title and one of another.</summary>
    public static IReadOnlyList<string> Once(string content)
    {
        var titles = Titles(content).Where(words => words.Length >= 2).ToList();
        var others = titles.SelectMany(words => words).Distinct().ToList();
        var random = new Random(11);
        var questions = new HashSet<string>();
        while (questions.Count < OnceCount)
        {
            var words = titles[random.Next(titles.Count)];
            questions.Add($"{words[0]} {words[^1]} {others[random.Next(others.Count)]} {others[random.Next(others.Count)]}");
        }

        return [.. questions];
    }

    /// <summary>The one that comes at this place where of four questions three have been asked by others before.</summary>
    public static string AsPeopleAsk(IReadOnlyList<string> often, IReadOnlyList<string> once, int place) =>
        place % 4 == 0 ? once[place / 4 % once.Count] : often[place % often.Count];

    private static IEnumerable<string[]> Titles(string content) =>
        from file in Directory.GetFiles(Path.Combine(content, "articles"), "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        let title = File.ReadLines(file).FirstOrDefault(line => line.StartsWith("title:", StringComparison.Ordinal)) ?? ""
        select title["title:".Length..].ToLowerInvariant().Split([' ', '"', '¿', '?', '.', ',', ':'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length >= ShortestWord).ToArray();
}
