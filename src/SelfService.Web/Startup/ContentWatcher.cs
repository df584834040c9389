namespace SelfService.Web.Startup;

/// <summary>In Development, imports the content folder and reads the forms and the agenda again when a file in it changes.</summary>
public sealed partial class ContentWatcher(
    ContentImporter importer, FormLoader forms, AgendaLoader agenda, SelfServiceOptions options, ILogger<ContentWatcher> logger) : BackgroundService
{
    // Editors write a file in several steps; the import waits until they are quiet.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!Directory.Exists(options.ContentDirectory))
        {
            return;
        }

        using var changed = new SemaphoreSlim(0);
        using var watcher = new FileSystemWatcher(options.ContentDirectory) { IncludeSubdirectories = true };
        void Note(object sender, FileSystemEventArgs e) => changed.Release();
        watcher.Changed += Note;
        watcher.Created += Note;
        watcher.Deleted += Note;
        watcher.Renamed += Note;
        watcher.EnableRaisingEvents = true;

        while (!stoppingToken.IsCancellationRequested)
        {
            await changed.WaitAsync(stoppingToken);
            while (await changed.WaitAsync(Quiet, stoppingToken))
            {
                // Still writing.
            }

            try
            {
                forms.Reload();
                agenda.Reload();
                await importer.RunAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(exception);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The content folder could not be imported; the next change tries again")]
    private partial void Failed(Exception exception);
}
