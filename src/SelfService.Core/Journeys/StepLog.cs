using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SelfService.Core.Persistence;

namespace SelfService.Core.Journeys;

/// <summary>
/// What visitors did and is not written yet. Adding never waits, neither for the database nor for room: when more comes than is
/// written, the oldest makes room and is counted. A crash loses what is still here, at most.
/// </summary>
public sealed partial class StepLog
{
    /// <summary>Steps that wait at most.</summary>
    public const int Capacity = 60_000;

    /// <summary>Steps written at once at most, unless in a rush.</summary>
    public const int BatchSize = 1_000;

    /// <summary>More than these at once are a rush: they are put down as they came, and sorted in when fewer come.</summary>
    public const int Rush = 6_000;

    private readonly IServiceScopeFactory scopes;
    private readonly ILogger<StepLog> logger;
    private readonly WaitingSteps waiting = new(Capacity);
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly List<StepBatch> taken = [];
    private long dropped;
    private long reported;

    /// <param name="scopes">Where each batch gets its database from.</param>
    public StepLog(IServiceScopeFactory scopes, ILogger<StepLog> logger) => (this.scopes, this.logger) = (scopes, logger);

    /// <summary>Steps that were lost for lack of room since the start.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    /// <summary>Takes a step; it is written with the next batch.</summary>
    public void Add(VisitStep step)
    {
        if (!waiting.Add(step))
        {
            Interlocked.Increment(ref dropped);
        }
    }

    /// <summary>Writes everything that waits. What could not be written stays and goes with the next call.</summary>
    public async Task FlushAsync(CancellationToken cancel)
    {
        await writing.WaitAsync(cancel);
        try
        {
            Report();
            // Once through what there is room for, and not for as long as more keeps coming.
            var (isAgain, isRush, written) = (taken.Count > 0, waiting.Count > Rush, 0);
            for (var left = (Capacity / BatchSize) + 1; left > 0 && Take(isRush ? Capacity / BatchSize : 1); left--)
            {
                await WriteAsync(isRush, isAgain, cancel);
                written += taken.Count;
                taken.Clear();
                isAgain = false;
            }

            if (!isRush)
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<PortalDbContext>().SortInAsync((Rush / BatchSize) - written, cancel);
            }
        }
        finally
        {
            writing.Release();
        }
    }

    private void Report()
    {
        if (Dropped is var all && all > reported)
        {
            Lost(all - reported);
            reported = all;
        }
    }

    private bool Take(int batches)
    {
        while (taken.Count < batches && waiting.Take(BatchSize) is { } next)
        {
            taken.Add(next);
        }

        return taken.Count > 0;
    }

    private async Task WriteAsync(bool isRush, bool isAgain, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        await db.InTransactionAsync(
            async () =>
            {
                var batches = isAgain ? await MissingAsync(db, cancel) : taken;
                if (isRush)
                {
                    db.StepBatches.AddRange(batches);
                }
                else
                {
                    await db.AppendStepsAsync([.. batches.SelectMany(b => b.Read())], cancel);
                }
            },
            cancel);
    }

    // The first time may have been stored and only its answer lost.
    private async Task<IReadOnlyList<StepBatch>> MissingAsync(PortalDbContext db, CancellationToken cancel)
    {
        var steps = taken.SelectMany(b => b.Read()).ToList();
        var ids = steps.Select(s => s.Id).ToList();
        var stored = await db.VisitSteps.Where(s => ids.Contains(s.Id)).Select(s => s.Id).ToHashSetAsync(cancel);
        foreach (var put in await db.StepBatches.AsNoTracking().Where(b => ids.Contains(b.Id)).ToListAsync(cancel))
        {
            stored.UnionWith(put.Read().Select(s => s.Id));
        }

        return [.. steps.Where(s => !stored.Contains(s.Id)).Chunk(BatchSize).Select(StepBatch.Of)];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} steps of visitors were not recorded: more came than could be written")]
    private partial void Lost(long count);
}
