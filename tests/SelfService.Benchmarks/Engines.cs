using SelfService.Search;

namespace SelfService.Benchmarks;

/// <summary>The engines that can be measured.</summary>
internal static class Engines
{
    /// <summary>A new, empty engine, or null when it is not compiled in.</summary>
    public static ISearchEngine? Create(string name, SearchLanguage language) =>
        name == "memory" ? new MemorySearchEngine(language) : null;
}
