using SelfService.Core.Persistence;

namespace SelfService.Web.Startup;

/// <summary>Holds the SQLite file for this process until it ends; PostgreSQL needs none.</summary>
public sealed class DatabaseLock(DatabaseSettings settings) : IDisposable
{
    private SingleProcessLock? held;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="DatabaseInUseException">Another process has the database.</exception>
    public void Acquire() => held ??= settings.FilePath is { } path ? SingleProcessLock.Acquire(path) : null;

    public void Dispose() => held?.Dispose();
}
