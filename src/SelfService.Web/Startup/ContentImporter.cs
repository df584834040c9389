using System.Globalization;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Web.Components;

namespace SelfService.Web.Startup;

/// <summary>Imports the content folder and says what it found in the log. One import runs at a time.</summary>
public sealed partial class ContentImporter(IServiceScopeFactory scopes, SelfServiceOptions options, ILogger<ContentImporter> logger) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Imports what changed since the last time.</summary>
    public async Task<ImportReport> RunAsync(CancellationToken cancel)
    {
        if (!Directory.Exists(options.ContentDirectory))
        {
            Missing(options.ContentDirectory);
            return new ImportReport();
        }

        await turn.WaitAsync(cancel);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var report = await scope.ServiceProvider.GetRequiredService<ImportArticles>().RunAsync(options.ContentDirectory, null, cancel);
            foreach (var problem in report.Problems.Where(p => p.Severity != ProblemSeverity.Notice))
            {
                Found(problem.File, problem.Line, ContentWordsReader.Describe(problem, CultureInfo.GetCultureInfo("es")));
            }

            Finished(report.Files, report.Created, report.Updated, report.Unchanged, report.Conflicts, report.Failed);
            return report;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    [LoggerMessage(Level = LogLevel.Warning, Message = "There is no content folder {Path}: nothing is imported")]
    private partial void Missing(string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "content/articles/{File}:{Line}: {Reason}")]
    private partial void Found(string file, int line, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Content: {Files} files, {Created} new, {Updated} changed, {Unchanged} unchanged, {Conflicts} to merge, {Failed} not loaded")]
    private partial void Finished(int files, int created, int updated, int unchanged, int conflicts, int failed);
}
