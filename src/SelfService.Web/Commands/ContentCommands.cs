using System.Globalization;
using SelfService.Core.Catalog;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.LiveData;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.Synonyms;
using SelfService.Web.Components;
using SelfService.Web.Mail;
using SelfService.Web.Startup;

namespace SelfService.Web.Commands;

/// <summary><c>content check|import|export</c>. Problems go to standard output, progress and failures to standard error.</summary>
public static class ContentCommands
{
    private static CultureInfo Language => ContentReport.Language;

    /// <summary>Reads a content folder as an import would, and writes nothing. 1 when there are errors.</summary>
    public static Task<int> CheckAsync(string[] directory) => CommandHost.RunAsync(openDatabase: false, services =>
    {
        var folder = Folder(services, directory);
        var (files, found) = CheckContent.Run(folder, services.GetRequiredService<RenderWords>(), ContentReport.Progress, CancellationToken.None);
        var problems = found.ToList();
        MailTemplates.Read(folder, problems);
        ContentReport.Print(problems);
        Console.WriteLine(string.Format(Language, ContentWordsReader.Get("Report.Checked", Language), files,
            Count(problems, ProblemSeverity.Error), Count(problems, ProblemSeverity.Warning), Count(problems, ProblemSeverity.Notice)));
        return Task.FromResult(Count(problems, ProblemSeverity.Error) > 0 ? 1 : 0);
    });

    /// <summary>Imports a content folder. 1 when a file could not be loaded.</summary>
    public static Task<int> ImportAsync(string[] directory) => CommandHost.RunAsync(openDatabase: true, async services =>
    {
        var folder = Folder(services, directory);
        var catalogue = await services.GetRequiredService<ImportCatalog>().RunAsync(folder, ContentReport.Progress, CancellationToken.None);
        var snippets = await services.GetRequiredService<ImportSnippets>().RunAsync(folder, CancellationToken.None);
        // Articles name prices and snippets.
        await services.GetRequiredService<FollowLiveData>().ReadAsync(CancellationToken.None);
        var articles = await services.GetRequiredService<ImportArticles>().RunAsync(folder, ContentReport.Progress, CancellationToken.None);
        var report = articles.And(snippets).And(catalogue);
        ContentReport.Print(report.Problems);
        Console.WriteLine(string.Format(Language, ContentWordsReader.Get("Report.Imported", Language),
            report.Files, report.Created, report.Updated, report.Unchanged, report.Conflicts, report.Failed));
        return report.Failed > 0 ? 1 : 0;
    });

    /// <summary>Writes every article as Markdown, and the synonyms where editors have changed them.</summary>
    public static Task<int> ExportAsync(string directory) => CommandHost.RunAsync(openDatabase: true, async services =>
    {
        var count = await services.GetRequiredService<ExportArticles>().RunAsync(directory, ContentReport.Progress, CancellationToken.None);
        await services.GetRequiredService<ExportSynonyms>().RunAsync(directory, CancellationToken.None);
        Console.WriteLine(string.Format(Language, ContentWordsReader.Get("Report.Exported", Language), count, Path.GetFullPath(directory)));
        return 0;
    });

    private static string Folder(IServiceProvider services, string[] directory) =>
        directory is [var given, ..] ? given : services.GetRequiredService<SelfServiceOptions>().ContentDirectory;

    private static int Count(IEnumerable<ContentProblem> problems, ProblemSeverity severity) => problems.Count(p => p.Severity == severity);
}
