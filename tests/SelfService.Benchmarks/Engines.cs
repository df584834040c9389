using SelfService.Search;

namespace SelfService.Benchmarks;

/// <summary>The engines that can be measured.</summary>
internal static class Engines
{
    /// <summary>Their names, of those too that are not compiled in.</summary>
    public static readonly string[] Names = ["memory", "lucene", "lucene-stock"];

    public const string NotCompiledIn = "Lucene is not compiled in. Build with -p:SearchEngine=Lucene.";

    /// <summary>A new, empty engine, or null when it is not compiled in.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="language">Words it searches with; the stock analysis has its own.</param>
    /// <param name="folder">Where Lucene keeps its index; null for memory.</param>
    public static ISearchEngine? Create(string name, SearchLanguage language, string? folder = null) => name switch
    {
        "memory" => new MemorySearchEngine(language),
#if LUCENE
        "lucene" => new Search.Lucene.LuceneSearchEngine(folder, language),
        "lucene-stock" => new StockLuceneEngine(folder),
#endif
        _ => null,
    };
}
