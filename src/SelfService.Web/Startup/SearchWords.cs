using SelfService.Core.Persistence;
using SelfService.Core.Synonyms;
using SelfService.Search;
using SelfService.Search.Querying;

namespace SelfService.Web.Startup;

/// <summary>Reads the company's synonyms and stop words; what cannot be understood is reported and left out.</summary>
public sealed partial class SearchWords
{
    /// <summary>The words of the search, with the company's own files where there are some.</summary>
    public static CompanySynonyms Load(string contentDirectory, ILoggerFactory loggers)
    {
        var words = CompanySynonyms.Read(contentDirectory);
        var logger = loggers.CreateLogger<SearchWords>();
        foreach (var problem in words.Language.Problems)
        {
            Unusable(logger, problem.File, problem.Line, problem.Reason);
        }

        return words;
    }

    /// <summary>Takes what editors have changed, on this node or another; no page that was made before is shown any longer.</summary>
    public static async Task FollowAsync(IServiceProvider services, CancellationToken cancel)
    {
        if (await services.GetRequiredService<SynonymIndex>().FollowAsync(services.GetRequiredService<PortalDbContext>(), cancel))
        {
            await PublicPages.ForgetAsync(services, cancel);
        }
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "content/search/{File}:{Line}: {Reason}")]
    private static partial void Unusable(ILogger logger, string file, int line, string reason);
}
