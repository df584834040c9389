using System.Globalization;
using SelfService.Core.Catalog;
using SelfService.Core.Catalog.Content;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.LiveData;
using SelfService.Web.Components;

namespace SelfService.Web.Startup;

/// <summary>Imports the content folder and says what it found in the log. One import runs at a time.</summary>
public sealed partial class ContentImporter(IServiceScopeFactory scopes, SelfServiceOptions options, ILogger<ContentImporter> logger) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Imports the catalogue, the snippets and the articles, what changed of them since the last time.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        if (!Directory.Exists(options.ContentDirectory))
        {
            Missing(options.ContentDirectory);
            return;
        }

        await turn.WaitAsync(cancel);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            // Articles come last: they name prices and snippets.
            Tell(CatalogLoader.FolderName, "", await scope.ServiceProvider.GetRequiredService<ImportCatalog>().RunAsync(options.ContentDirectory, null, cancel));
            Tell(ImportSnippets.FolderName, "", await scope.ServiceProvider.GetRequiredService<ImportSnippets>().RunAsync(options.ContentDirectory, cancel));
            await scope.ServiceProvider.GetRequiredService<FollowLiveData>().ReadAsync(cancel);
            Tell("articles", "articles/", await scope.ServiceProvider.GetRequiredService<ImportArticles>().RunAsync(options.ContentDirectory, null, cancel));
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    // Problems of the catalogue name its folder themselves.
    private void Tell(string folder, string above, ImportReport report)
    {
        foreach (var problem in report.Problems.Where(p => p.Severity != ProblemSeverity.Notice))
        {
            Found(above + problem.File, problem.Line, ContentWordsReader.Describe(problem, CultureInfo.GetCultureInfo("es")));
        }

        if (report.Files > 0)
        {
            Finished(folder, report.Files, report.Created, report.Updated, report.Unchanged, report.Conflicts, report.Failed);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "There is no content folder {Path}: nothing is imported")]
    private partial void Missing(string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "content/{File}:{Line}: {Reason}")]
    private partial void Found(string file, int line, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "content/{Folder}: {Files} files, {Created} new, {Updated} changed, {Unchanged} unchanged, {Conflicts} to merge, {Failed} not loaded")]
    private partial void Finished(string folder, int files, int created, int updated, int unchanged, int conflicts, int failed);
}
