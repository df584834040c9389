using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SelfService.Search;
using SelfService.Search.Querying;

namespace SelfService.Benchmarks;

/// <summary>
/// <c>relevance</c>: indexes documents as published articles, asks every question as a customer would type it, and prints
/// one JSON object with what was found and how fast.
/// </summary>
internal static class RelevanceCommand
{
    private const string Usage =
        "Usage: relevance --docs FILE --queries FILE [--split dev|test] [--engine memory|lucene|lucene-stock]"
        + " [--synonyms FILE] [--stopwords FILE] [--misspellings FILE [--half tuning|report]] [--accents keep|drop]";

    private const int Depth = 10;

    /// <summary>Exit code: 0 done, 1 failed, 2 bad arguments.</summary>
    public static int Run(string[] args)
    {
        Arguments? options = Arguments.Read(
            args, ["docs", "queries"], ["split", "engine", "synonyms", "stopwords", "misspellings", "half", "accents"], out string error);
        if (options?["split"] is not (null or "dev" or "test"))
            error = "--split is dev or test.";
        if (options?["engine"] is { } engine && !Engines.Names.Contains(engine))
            error = $"--engine is one of {string.Join(", ", Engines.Names)}.";
        if (options?["half"] is not (null or "tuning" or "report"))
            error = "--half is tuning or report.";
        if (options?["accents"] is not (null or "keep" or "drop"))
            error = "--accents is keep or drop.";
        if (error.Length > 0)
            return Fail($"{error}\n{Usage}", 2);
        try
        {
            return Measure(options!);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return Fail(e.Message, 1);
        }
    }

    private static int Measure(Arguments options)
    {
        string name = options["engine"] ?? "memory";
        SearchLanguage language = ReadLanguage(options);
        if (Engines.Create(name, language) is not { } engine)
            return Fail(Engines.NotCompiledIn, 1);
        List<SearchDocument> documents = JudgedQuestions.ReadDocuments(options["docs"]!);
        List<JudgedQuestion> questions = JudgedQuestions.ReadQuestions(options["queries"]!, options["split"]);
        if (questions.Count == 0)
            return Fail("There is no question to ask.", 1);

        int asked = questions.Count;
        List<string> asTyped = questions.ConvertAll(question => question.Query);
        questions = Spoil(questions, options);
        int spoilt = Enumerable.Range(0, asked).Count(i => questions[i].Query != asTyped[i]);

        // A first engine, thrown away, so that the figures are those of a warm process.
        Warm(Engines.Create(name, language)!, documents, questions);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var building = Stopwatch.StartNew();
        engine.Apply(documents, [], revision: 1);
        building.Stop();
        long heap = GC.GetTotalMemory(forceFullCollection: true) - before;

        var figures = new RelevanceFigures();
        foreach (JudgedQuestion question in questions)
        {
            long start = Stopwatch.GetTimestamp();
            SearchResults results = Ask(engine, question.Query);
            figures.Add(question.Relevant, [.. results.Hits.Select(hit => hit.Document.Id)], Stopwatch.GetElapsedTime(start));
        }

        var report = new Dictionary<string, object> { ["engine"] = name, ["docs"] = documents.Count, ["queries"] = questions.Count };
        if (spoilt > 0)
            report["spoilt"] = spoilt;
        foreach ((string key, double value) in figures.Report())
            report[key] = value;
        report["build_docs_per_s"] = Math.Round(documents.Count / building.Elapsed.TotalSeconds);
        report["heap_mb"] = Math.Round(heap / 1048576.0, 1);
        Console.WriteLine(JsonSerializer.Serialize(report));
        return 0;
    }

    /// <summary>The questions as asked by who makes a mistake or leaves the accents out.</summary>
    private static List<JudgedQuestion> Spoil(List<JudgedQuestion> questions, Arguments options)
    {
        if (options["misspellings"] is { } file)
        {
            Misspellings misspellings = Misspellings.Read(file, tuning: options["half"] == "tuning");
            questions = questions.ConvertAll(question => question with { Query = misspellings.Spoil(question.Id, question.Query) });
        }

        return options["accents"] == "drop"
            ? questions.ConvertAll(question => question with { Query = WithoutAccents(question.Query) })
            : questions;
    }

    private static string WithoutAccents(string text) =>
        new([.. text.Normalize(NormalizationForm.FormC).Select(c => c == 'ñ' || c == 'Ñ' ? c : c.ToString().Normalize(NormalizationForm.FormD)[0])]);

    private static SearchResults Ask(ISearchEngine engine, string text) =>
        engine.Search(new SearchRequest(SearchQuery.Parse(text), Audience.Public) { Limit = Depth });

    private static void Warm(ISearchEngine engine, List<SearchDocument> documents, List<JudgedQuestion> questions)
    {
        engine.Apply(documents, [], revision: 1);
        var time = Stopwatch.StartNew();
        for (int i = 0; time.ElapsedMilliseconds < 1500; i = (i + 1) % questions.Count)
            Ask(engine, questions[i].Query);
    }

    private static SearchLanguage ReadLanguage(Arguments options)
    {
        if (options["synonyms"] is null && options["stopwords"] is null)
            return SearchLanguage.Default;
        string? stopWords = options["stopwords"] is { } stop ? File.ReadAllText(stop) : null;
        string? synonyms = options["synonyms"] is { } same ? File.ReadAllText(same) : null;
        SearchLanguage language = SearchLanguage.Parse(stopWords, synonyms);
        foreach (LanguageProblem problem in language.Problems)
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{problem.File}:{problem.Line}: {problem.Reason}"));
        return language;
    }

    private static int Fail(string message, int code)
    {
        Console.Error.WriteLine(message);
        return code;
    }
}
