using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using SelfService.Search;
using SelfService.Search.Querying;
using SelfService.Search.Tests;

namespace SelfService.Benchmarks;

/// <summary>
/// <c>engines --sets DIR --questions DIR [--sizes 240,3000,24000] [--rounds 5]</c>: every engine that is compiled in, one beside the other in one run. What is found
/// first in each judged set of a folder (<c>NAME.docs.jsonl</c> with <c>NAME.queries.jsonl</c>) and in the demonstration content with the questions of its
/// customers; then, with the first set grown to each size, how long building takes, how long questions take with ten snippets, what is in memory and on disk.
/// </summary>
internal static class EnginesCommand
{
    private const int Depth = 10;

    public static int Run(string[] args)
    {
        if (Arguments.Read(args, ["sets", "questions"], ["sizes", "rounds"], out string error) is not { } options)
        {
            Console.Error.WriteLine(error);
            return 2;
        }

        int[] sizes = [.. (options["sizes"] ?? "240,3000,24000").Split(',').Select(size => int.Parse(size, CultureInfo.InvariantCulture))];
        int rounds = int.Parse(options["rounds"] ?? "5", CultureInfo.InvariantCulture);
        string[] names = [.. Engines.Names.Where(name => Engines.Create(name, SearchLanguage.Default) is not null)];
        List<Set> sets = [.. Directory.GetFiles(options["sets"]!, "*.docs.jsonl").Order(StringComparer.Ordinal).Select(Read), Demonstration(options["questions"]!)];
        foreach (Set set in sets)
        {
            foreach (string name in names)
                Print(Relevance(name, set));
        }

        foreach (int size in sizes)
        {
            List<SearchDocument> grown = new GrownCollection(sets.First(set => set.Name.Contains("support", StringComparison.Ordinal)).Documents).Grow(size);
            List<string> queries = sets.First(set => set.Name.Contains("support", StringComparison.Ordinal)).Questions.ConvertAll(question => question.Query);
            foreach (string name in names)
                Print(Speed(name, grown, queries, rounds));
        }

        return 0;
    }

    private static Set Read(string file)
    {
        string path = file[..^".docs.jsonl".Length];
        return new Set(Path.GetFileName(path), SearchLanguage.Default, JudgedQuestions.ReadDocuments(file), JudgedQuestions.ReadQuestions(path + ".queries.jsonl", null));
    }

    /// <summary>The demonstration content, and what its customers type: <c>slug, slug | question</c>.</summary>
    private static Set Demonstration(string folder)
    {
        var questions = new List<JudgedQuestion>();
        foreach (string line in Directory.GetFiles(folder, "customer-questions*.txt").Order(StringComparer.Ordinal).SelectMany(File.ReadLines).Where(line => line.Contains('|', StringComparison.Ordinal) && line[0] != '#'))
        {
            string[] parts = line.Split('|', 2, StringSplitOptions.TrimEntries);
            questions.Add(new JudgedQuestion($"q{questions.Count}", parts[1], [.. parts[0].Split(',', StringSplitOptions.TrimEntries)], null));
        }

        return new Set("demonstration", DemonstrationContent.Language, [.. DemonstrationContent.Articles], questions);
    }

    private static Dictionary<string, object> Relevance(string name, Set set)
    {
        ISearchEngine engine = Engines.Create(name, set.Language)!;
        engine.Apply(set.Documents, [], 1);
        var figures = new RelevanceFigures();
        foreach (JudgedQuestion question in set.Questions)
        {
            long start = Stopwatch.GetTimestamp();
            SearchResults results = Ask(engine, question.Query);
            figures.Add(question.Relevant, [.. results.Hits.Select(hit => hit.Document.Id)], Stopwatch.GetElapsedTime(start));
        }

        (engine as IDisposable)?.Dispose();
        Dictionary<string, double> report = figures.Report().ToDictionary(figure => figure.Name, figure => figure.Value);
        return new()
        {
            ["set"] = set.Name,
            ["engine"] = name,
            ["docs"] = set.Documents.Count,
            ["queries"] = set.Questions.Count,
            ["ndcg_at_10"] = report["ndcg_at_10"],
            ["recall_at_1"] = report["recall_at_1"],
        };
    }

    private static Dictionary<string, object> Speed(string name, List<SearchDocument> documents, List<string> queries, int rounds)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("selfservice-engines-");
        try
        {
            Warm(name, documents, queries);
            long before = GC.GetTotalMemory(forceFullCollection: true);
            ISearchEngine engine = Engines.Create(name, SearchLanguage.Default, folder.FullName)!;
            long start = Stopwatch.GetTimestamp();
            engine.Apply(documents, [], 1);
            double building = Stopwatch.GetElapsedTime(start).TotalSeconds;
            var times = new List<double>();
            for (int round = 0; round < rounds; round++)
            {
                foreach (string query in queries)
                {
                    start = Stopwatch.GetTimestamp();
                    Ask(engine, query);
                    times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
                }
            }

            // After the questions, with what was kept for them.
            double memory = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1048576.0;
            start = Stopwatch.GetTimestamp();
            engine.Apply([documents[^1] with { Title = "Otro título" }], [], 2);
            double change = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            (engine as IDisposable)?.Dispose();
            times.Sort();
            return new()
            {
                ["engine"] = name,
                ["docs"] = documents.Count,
                ["build_s"] = Math.Round(building, 2),
                ["p50_us"] = Math.Round(times[times.Count / 2]),
                ["p99_us"] = Math.Round(times[times.Count * 99 / 100]),
                ["heap_mb"] = Math.Round(memory, 1),
                ["disk_mb"] = Math.Round(folder.GetFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) / 1048576.0, 1),
                ["one_change_ms"] = Math.Round(change, 1),
            };
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A first engine, thrown away, so that the figures are those of a warm process.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Warm(string name, List<SearchDocument> documents, List<string> queries)
    {
        ISearchEngine warm = Engines.Create(name, SearchLanguage.Default)!;
        warm.Apply(documents, [], 1);
        queries.ForEach(query => Ask(warm, query));
        (warm as IDisposable)?.Dispose();
    }

    private static SearchResults Ask(ISearchEngine engine, string text) =>
        engine.Search(new SearchRequest(SearchQuery.Parse(text), Audience.Public) { Limit = Depth });

    private static void Print(Dictionary<string, object> figures) => Console.WriteLine(JsonSerializer.Serialize(figures));

    private sealed record Set(string Name, SearchLanguage Language, List<SearchDocument> Documents, List<JudgedQuestion> Questions);
}
