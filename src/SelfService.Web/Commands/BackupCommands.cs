using SelfService.Core.Persistence;
using SelfService.Core.Persistence.Backups;
using SelfService.Web.Components;
using SelfService.Web.Startup;

namespace SelfService.Web.Commands;

/// <summary><c>backup FILE</c>, <c>restore FILE [--replace]</c> and <c>migrate-database</c>.</summary>
public static class BackupCommands
{
    private const string ReplaceOption = "--replace";

    /// <summary>Makes a backup, also while the portal runs.</summary>
    public static Task<int> MakeAsync(string file) => RunAsync(async services =>
    {
        var path = Path.GetFullPath(file);
        var manifest = await services.GetRequiredService<MakeBackup>().RunAsync(DataOf(services), path, CancellationToken.None);
        Say("Report.BackupMade", path, manifest.Files.Count, manifest.Files.Sum(f => f.Bytes) >> 20, manifest.Schema);
        return 0;
    });

    /// <summary>Restores one while the portal does not run.</summary>
    public static Task<int> RestoreAsync(string file, string[] options) => options is not ([] or [ReplaceOption]) ? Task.FromResult(Usage.Print()) : RunAsync(async services =>
    {
        var kept = await services.GetRequiredService<RestoreBackup>().RunAsync(DataOf(services), Path.GetFullPath(file), options is [ReplaceOption], CancellationToken.None);
        Say("Report.Restored", DataOf(services));
        if (kept is not null)
        {
            Say("Report.RestoredKept", kept);
        }

        return 0;
    });

    /// <summary>Copies the SQLite database of the data folder to the PostgreSQL database of the settings, while the portal does not run.</summary>
    public static Task<int> MoveAsync() => RunAsync(async services =>
    {
        if (services.GetRequiredService<PortalDbContext>() is not PostgresPortalDbContext target)
        {
            Console.Error.WriteLine(Word("Report.CopyNeedsPostgres"));
            return 1;
        }

        var path = DatabaseSettings.InDirectory(DataOf(services)).FilePath!;
        if (!File.Exists(path))
        {
            throw new BackupException(BackupProblem.NoDatabase);
        }

        using var alone = SingleProcessLock.Acquire(path);
        await using var source = DatabaseSettings.OpenSqlite(path);
        await new CopyDatabase(source, target).RunAsync(new Teller(), CancellationToken.None);
        Say("Report.CopiedAll");
        return 0;
    });

    // In the order in which it happens, unlike Progress<T>.
    private sealed class Teller : IProgress<CopiedTable>
    {
        public void Report(CopiedTable value) => Say("Report.CopiedTable", value.Name, value.Rows, Word(value.IsNew ? "Report.CopiedNow" : "Report.CopiedBefore"));
    }

    private static string DataOf(IServiceProvider services) => services.GetRequiredService<SelfServiceOptions>().DataDirectory;

    private static Task<int> RunAsync(Func<IServiceProvider, Task<int>> command) => CommandHost.RunAsync(openDatabase: false, async services =>
    {
        try
        {
            return await command(services);
        }
        catch (BackupException exception)
        {
            Console.Error.WriteLine(Word("Report.Backup." + exception.Problem));
            if (exception.Detail.Length > 0)
            {
                Console.Error.WriteLine(exception.Detail);
            }

            return 1;
        }
    });

    private static string Word(string key) => ContentWordsReader.Get(key, ContentReport.Language);

    private static void Say(string key, params object[] words) => Console.WriteLine(string.Format(ContentReport.Language, Word(key), words));
}
