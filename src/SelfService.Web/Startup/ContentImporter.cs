using System.Globalization;
using SelfService.Core;
using SelfService.Core.Catalog;
using SelfService.Core.Catalog.Content;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.LiveData;
using SelfService.Web.Components;

namespace SelfService.Web.Startup;

/// <summary>What an import of the content folder came to.</summary>
/// <param name="Failed">Files that were not loaded.</param>
/// <param name="Conflicts">Files that wait for an editor to merge them.</param>
public sealed record ImportedContent(DateTime At, int Files, int Failed, int Conflicts);

/// <summary>Imports the content folder and says what it found in the log. One import runs at a time.</summary>
public sealed partial class ContentImporter(IServiceScopeFactory scopes, SelfServiceOptions options, TimeProvider clock, ILogger<ContentImporter> logger) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private int asked;

    /// <summary>The last import since the start; null when there was none.</summary>
    public ImportedContent? Last { get; private set; }

    /// <summary>Whether one was asked for and is not done yet.</summary>
    public bool IsAsked => Volatile.Read(ref asked) > 0;

    /// <summary>Has the folder imported soon, beside everything else.</summary>
    public void Ask() => Interlocked.Exchange(ref asked, 1);

    /// <summary>Imports when somebody asked for it.</summary>
    public async Task RunAskedAsync(CancellationToken cancel)
    {
        if (!IsAsked)
        {
            return;
        }

        try
        {
            await RunAsync(cancel);
        }
        finally
        {
            Interlocked.Exchange(ref asked, 0);
        }
    }

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
            using var span = Signals.Spans.StartActivity("import content");
            await using var scope = scopes.CreateAsyncScope();
            // Articles come last: they name prices and snippets.
            var catalogue = await scope.ServiceProvider.GetRequiredService<ImportCatalog>().RunAsync(options.ContentDirectory, null, cancel);
            Tell(CatalogLoader.FolderName, "", catalogue);
            var snippets = await scope.ServiceProvider.GetRequiredService<ImportSnippets>().RunAsync(options.ContentDirectory, cancel);
            Tell(ImportSnippets.FolderName, "", snippets);
            await scope.ServiceProvider.GetRequiredService<FollowLiveData>().ReadAsync(cancel);
            var articles = await scope.ServiceProvider.GetRequiredService<ImportArticles>().RunAsync(options.ContentDirectory, null, cancel);
            Tell("articles", "articles/", articles);
            ImportReport[] all = [catalogue, snippets, articles];
            Last = new ImportedContent(clock.GetUtcNow().UtcDateTime, all.Sum(r => r.Files), all.Sum(r => r.Failed), all.Sum(r => r.Conflicts));
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
