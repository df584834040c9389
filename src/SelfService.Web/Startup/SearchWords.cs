using SelfService.Search;
using SelfService.Search.Querying;

namespace SelfService.Web.Startup;

/// <summary>Reads the company's synonyms and stop words; what cannot be understood is reported and left out.</summary>
public sealed partial class SearchWords
{
    /// <summary>The language of the search, with the company's own files where there are some.</summary>
    public static SearchLanguage Load(string contentDirectory, ILoggerFactory loggers)
    {
        var language = SearchLanguage.Parse(Read(contentDirectory, "stopwords.txt"), Read(contentDirectory, "synonyms.txt"));
        var logger = loggers.CreateLogger<SearchWords>();
        foreach (var problem in language.Problems)
        {
            Unusable(logger, problem.File, problem.Line, problem.Reason);
        }

        return language;
    }

    /// <summary>Asks the engine a little of everything, so that the first customer does not wait for code to be compiled.</summary>
    public static void WarmUp(ISearchEngine engine)
    {
        foreach (var question in new[] { "hola", "no prende mi labadora", "\"pago\" factura", "cancelar pedido" })
        {
            engine.Search(new SearchRequest(SearchQuery.Parse(question), Audience.Public));
            engine.Suggest(question, Audience.Public, 8);
        }
    }

    private static string? Read(string contentDirectory, string name)
    {
        var path = Path.Combine(contentDirectory, "search", name);
        return File.Exists(path) ? File.ReadAllText(path) : null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "content/search/{File}:{Line}: {Reason}")]
    private static partial void Unusable(ILogger logger, string file, int line, string reason);
}
