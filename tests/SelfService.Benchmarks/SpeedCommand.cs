using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SelfService.Search;
using SelfService.Search.Querying;

namespace SelfService.Benchmarks;

/// <summary>
/// <c>speed</c>: grows a set of documents to each size (see <see cref="GrownCollection"/>) and prints one JSON line a
/// size: building, memory, one changed article, and the times of ranking alone, of a whole query with ten snippets, of
/// suggestions (also of the first letter or two alone), of hostile queries and of a plain BM25 over the same postings. Times
/// are microseconds of one thread. Every query is asked in several rounds: <c>p50 p95 p99</c> are over all askings,
/// <c>quiet_</c> over the fastest of each query, which is what a
/// machine does that has nothing else to do. The last line says how each figure grows.
/// </summary>
internal static class SpeedCommand
{
    private const string Usage = "Usage: speed --docs FILE --queries FILE [--sizes 24000,100000] [--rounds 5] [--engine memory|lucene|lucene-stock]";

    /// <summary>Exit code: 0 done, 1 failed, 2 bad arguments.</summary>
    public static int Run(string[] args)
    {
        Arguments? options = Arguments.Read(args, ["docs", "queries"], ["sizes", "rounds", "engine"], out string error);
        string engine = options?["engine"] ?? "memory";
        int[] sizes = [.. (options?["sizes"] ?? "24000,100000").Split(',').Select(size => Number(size))];
        int rounds = Number(options?["rounds"] ?? "5");
        if (error.Length == 0 && (rounds < 1 || sizes.Any(size => size < 1)))
            error = "--sizes and --rounds are numbers above zero.";
        if (error.Length == 0 && Engines.Create(engine, SearchLanguage.Default) is null)
            error = Engines.Names.Contains(engine) ? Engines.NotCompiledIn : $"--engine is one of {string.Join(", ", Engines.Names)}.";
        if (error.Length > 0)
        {
            Console.Error.WriteLine($"{error}\n{Usage}");
            return 2;
        }

        try
        {
            List<SearchDocument> documents = JudgedQuestions.ReadDocuments(options!["docs"]!);
            string[] queries = [.. JudgedQuestions.ReadQuestions(options["queries"]!, null).Select(question => question.Query)];
            Measure(engine, documents, queries, sizes, rounds);
            return 0;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    private static void Measure(string name, List<SearchDocument> documents, string[] queries, int[] sizes, int rounds)
    {
        ISearchEngine? warm = Engines.Create(name, SearchLanguage.Default)!;
        warm.Apply(documents, [], 1);
        AskAll(warm, queries, 2);
        // Long enough for the runtime to have compiled everything a second time, optimised.
        Thread.Sleep(500);
        AskAll(warm, queries, 2);
        warm = null;
        Dictionary<string, double>? first = null;
        foreach (int size in sizes)
        {
            Dictionary<string, double> figures = MeasureSize(name, documents, queries, size, rounds);
            Console.WriteLine(JsonSerializer.Serialize(figures));
            if (first is not null)
            {
                Dictionary<string, double> growth = figures.Where(figure => first.GetValueOrDefault(figure.Key) > 0 && figure.Key != "load")
                    .ToDictionary(figure => figure.Key, figure => Math.Round(figure.Value / first[figure.Key], 2));
                Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object> { ["growth_to"] = size, ["times"] = growth }));
            }

            first ??= figures;
        }
    }

    private static Dictionary<string, double> MeasureSize(string name, List<SearchDocument> documents, string[] queries, int size, int rounds)
    {
        var collection = new GrownCollection(documents);
        List<SearchDocument> grown = collection.Grow(size);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        ISearchEngine engine = Engines.Create(name, SearchLanguage.Default)!;
        var memory = engine as MemorySearchEngine;
        TimeSpan building = Time(() => engine.Apply(grown, [], 1));
        var figures = new Dictionary<string, double>
        {
            ["docs"] = size,
            ["vocabulary"] = memory?.Current.Words.Count ?? 0,
            ["load"] = Load(),
            ["build_s"] = Math.Round(building.TotalSeconds, 2),
            ["build_docs_per_s"] = Math.Round(size / building.TotalSeconds),
            ["heap_mb"] = Math.Round((GC.GetTotalMemory(forceFullCollection: true) - before) / 1048576.0, 1),
        };

        string[] typed = [.. queries.Where(query => query.Length > 6).Select((query, i) => query[..(3 + (i * 7 % Math.Min(query.Length - 3, 20)))])];
        string[] shortest = [.. typed.SelectMany(text => new[] { text[..1], text[..2].TrimEnd() }).Distinct()];
        SearchQuery[] parsed = [.. queries.Select(SearchQuery.Parse)];
        AskAll(engine, queries, 1);
        Add(figures, "query", queries, rounds, query => engine.Search(Request(SearchQuery.Parse(query))));
        if (memory is not null)
            Add(figures, "ranking", parsed, rounds, query => memory.Rank(Request(query)));
        Add(figures, "suggest", typed, rounds, text => engine.Suggest(text, Audience.Public, 8));
        Add(figures, "suggest_short", shortest, rounds, text => engine.Suggest(text, Audience.Public, 8));
        if (memory is not null)
        {
            AddHostile(figures, memory, rounds);
            var plain = new PlainBm25(memory.Current);
            Add(figures, "plain_bm25", queries, rounds, query => plain.Search(query));
            figures["query_by_plain_bm25"] = Math.Round(figures["query_quiet_p50"] / figures["plain_bm25_quiet_p50"], 2);
        }

        SearchDocument[] changes = [.. Enumerable.Range(0, 21).Select(i => collection.Change(grown[i * 997 % size]))];
        double[] changing = [.. changes.Select((change, i) => Time(() => engine.Apply([change], [], engine.Revision + 1)).TotalMilliseconds).Skip(1).Order()];
        figures["change_p50_ms"] = Math.Round(changing[changing.Length / 2], 1);
        figures["change_worst_ms"] = Math.Round(changing[^1], 1);
        (engine as IDisposable)?.Dispose();
        return figures;
    }

    private static SearchRequest Request(SearchQuery query) => new(query, Audience.Public) { Limit = 10 };

    private static void AskAll(ISearchEngine engine, string[] queries, int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            foreach (string query in queries)
            {
                engine.Search(Request(SearchQuery.Parse(query)));
                engine.Suggest(query, Audience.Public, 8);
            }
        }
    }

    private static void Add<T>(Dictionary<string, double> figures, string name, T[] inputs, int rounds, Action<T> run)
    {
        var all = new List<double>(inputs.Length * rounds);
        double[] fastest = [.. inputs.Select(_ => double.MaxValue)];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < inputs.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                run(inputs[i]);
                double time = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
                all.Add(time);
                fastest[i] = Math.Min(fastest[i], time);
            }
        }

        foreach ((string prefix, List<double> times) in new[] { ("", all), ("quiet_", [.. fastest]) })
        {
            times.Sort();
            foreach (int percent in (int[])[50, 95, 99])
                figures[$"{name}_{prefix}p{percent}"] = Math.Round(times[Math.Min(times.Count - 1, times.Count * percent / 100)], 1);
        }
    }

    /// <summary>
    /// The slowest of the hostile queries, each by the fastest of its askings: in general, and of a snapshot nobody asked
    /// anything before.
    /// </summary>
    private static void AddHostile(Dictionary<string, double> figures, MemorySearchEngine engine, int rounds)
    {
        string[] queries = HostileQueries.Of(engine.Current);
        double[] again = [.. queries.Select(_ => double.MaxValue)], first = [.. again];
        for (int round = 0; round < rounds; round++)
        {
            engine.Apply([], [], engine.Revision + 1);
            for (int i = 0; i < queries.Length; i++)
            {
                SearchRequest request = Request(SearchQuery.Parse(queries[i]));
                first[i] = Math.Min(first[i], Time(() => engine.Search(request)).TotalMicroseconds);
                again[i] = Math.Min(again[i], Time(() => engine.Search(Request(SearchQuery.Parse(queries[i])))).TotalMicroseconds);
            }
        }

        figures["hostile_worst_us"] = Math.Round(again.Max());
        figures["hostile_first_us"] = Math.Round(first.Max());
    }

    private static TimeSpan Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Load of the machine over the last minute, or 0 where the system does not tell.</summary>
    private static double Load() =>
        File.Exists("/proc/loadavg") ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture) : 0;
}
