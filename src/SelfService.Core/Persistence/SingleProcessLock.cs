namespace SelfService.Core.Persistence;

/// <summary>
/// Keeps a second process away from the same SQLite file for as long as it is held. The lock ends with the process,
/// however it ends.
/// </summary>
public sealed class SingleProcessLock : IDisposable
{
    // EAGAIN of Linux and of macOS, sharing and lock violations of Windows.
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];

    private readonly FileStream file;

    private SingleProcessLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock beside <paramref name="databasePath"/>.</summary>
    /// <exception cref="DatabaseInUseException">Another process holds it.</exception>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static SingleProcessLock Acquire(string databasePath)
    {
        try
        {
            return new SingleProcessLock(new FileStream(
                databasePath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (Held.Contains(exception.HResult))
        {
            throw new DatabaseInUseException(databasePath, exception);
        }
    }

    public void Dispose() => file.Dispose();
}

/// <summary>Another process has the SQLite database open.</summary>
public sealed class DatabaseInUseException(string path, Exception inner)
    : Exception($"Another process is using the database {path}. SQLite is for one process; stop the other one, or move to PostgreSQL.", inner);
