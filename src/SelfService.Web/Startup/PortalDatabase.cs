using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;

namespace SelfService.Web.Startup;

/// <summary>Opens the database for this process and keeps others away from a SQLite file until the process ends.</summary>
public sealed partial class PortalDatabase(DatabaseSettings settings, IServiceScopeFactory scopes, ILogger<PortalDatabase> logger) : IDisposable
{
    private SingleProcessLock? held;

    /// <summary>Takes the lock and brings the schema up to date.</summary>
    /// <exception cref="DatabaseInUseException">Another process has the database.</exception>
    public async Task OpenAsync(CancellationToken cancel)
    {
        held ??= settings.FilePath is { } path ? SingleProcessLock.Acquire(path) : null;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        await db.MigrateAsync(cancel);
        await db.Database.OpenConnectionAsync(cancel);
        Opened(settings.Kind, db.Database.GetDbConnection().ServerVersion);
    }

    public void Dispose() => held?.Dispose();

    [LoggerMessage(Level = LogLevel.Information, Message = "Database: {Kind} {Version}")]
    private partial void Opened(DatabaseKind kind, string version);
}
