using SelfService.Search;

namespace SelfService.Web.Startup;

/// <summary>What articles can be searched with.</summary>
public enum SearchEngineKind
{
    /// <summary>The index in memory.</summary>
    Memory,

    /// <summary>Lucene.Net, where it is compiled in.</summary>
    Lucene,
}

/// <summary>With what articles are searched.</summary>
public sealed class SearchOptions
{
    public SearchEngineKind Engine { get; set; } = SearchEngineKind.Memory;

    /// <summary>Folder of the index of Lucene, of this machine alone; empty for <c>search</c> in the data directory. Deleted, it is made anew.</summary>
    public string Directory { get; set; } = "";
}

/// <summary>Makes the engine that the settings name.</summary>
public static class SearchEngines
{
    /// <summary>Whether Lucene.Net was compiled in (<c>-p:SearchEngine=Lucene</c>).</summary>
    public static bool HasLucene =>
#if LUCENE
        true;
#else
        false;
#endif

    /// <summary>An engine that knows no article yet.</summary>
    public static ISearchEngine Create(SelfServiceOptions options, SearchLanguage language) => options.Search.Engine switch
    {
#if LUCENE
        SearchEngineKind.Lucene => new Search.Lucene.LuceneSearchEngine(options.Search.Directory, language),
#endif
        _ => new MemorySearchEngine(language),
    };
}
