namespace SelfService.Core.Persistence;

/// <summary>
/// Lets one writer in at a time where the database has only one (SQLite); writers queue here, in order, instead of
/// failing with "database is locked". Open for a database that takes many writers.
/// </summary>
public sealed class WriterGate(bool oneAtATime)
{
    private readonly SemaphoreSlim? semaphore = oneAtATime ? new SemaphoreSlim(1, 1) : null;

    /// <summary>Waits for the turn; disposing the result ends it.</summary>
    public async Task<IDisposable?> EnterAsync(CancellationToken cancel)
    {
        if (semaphore is null)
        {
            return null;
        }

        await semaphore.WaitAsync(cancel);
        return new Turn(semaphore);
    }

    private sealed class Turn(SemaphoreSlim semaphore) : IDisposable
    {
        private SemaphoreSlim? held = semaphore;

        public void Dispose() => Interlocked.Exchange(ref held, null)?.Release();
    }
}
