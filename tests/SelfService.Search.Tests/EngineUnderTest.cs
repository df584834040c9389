namespace SelfService.Search.Tests;

/// <summary>The engine that the contract is tried on: Lucene.Net where it is compiled in, otherwise that in memory.</summary>
internal static class EngineUnderTest
{
    /// <summary>An empty one.</summary>
    public static ISearchEngine New(SearchLanguage? language = null) =>
#if LUCENE
        new global::SelfService.Search.Lucene.LuceneSearchEngine(folder: null, language);
#else
        new MemorySearchEngine(language);
#endif

    /// <summary>One that holds the demonstration content.</summary>
    public static ISearchEngine OfDemonstration()
    {
        ISearchEngine engine = New(DemonstrationContent.Language);
        engine.Apply([.. DemonstrationContent.Articles], [], 1);
        return engine;
    }
}
