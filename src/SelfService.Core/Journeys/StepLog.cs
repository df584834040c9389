using System.Threading.Channels;
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
    public const int Capacity = 20_000;

    /// <summary>Steps written in one transaction at most.</summary>
    public const int BatchSize = 1_000;

    private readonly IServiceScopeFactory scopes;
    private readonly ILogger<StepLog> logger;
    private readonly Channel<VisitStep> waiting;
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly List<VisitStep> batch = new(BatchSize);
    private long dropped;
    private long reported;

    /// <param name="scopes">Where each batch gets its database from.</param>
    public StepLog(IServiceScopeFactory scopes, ILogger<StepLog> logger)
    {
        (this.scopes, this.logger) = (scopes, logger);
        waiting = Channel.CreateBounded<VisitStep>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest }, _ => Interlocked.Increment(ref dropped));
    }

    /// <summary>Steps that were lost for lack of room since the start.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    /// <summary>Takes a step; it is written with the next batch.</summary>
    public void Add(VisitStep step) => waiting.Writer.TryWrite(step);

    /// <summary>Writes everything that waits. What could not be written stays and goes with the next call.</summary>
    public async Task FlushAsync(CancellationToken cancel)
    {
        await writing.WaitAsync(cancel);
        try
        {
            Report();
            // Once through what there is room for, and not for as long as more keeps coming.
            var isAgain = batch.Count > 0;
            for (var left = (Capacity / BatchSize) + 1; left > 0 && Fill(); left--)
            {
                await WriteAsync(isAgain, cancel);
                batch.Clear();
                isAgain = false;
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

    private bool Fill()
    {
        while (batch.Count < BatchSize && waiting.Reader.TryRead(out var step))
        {
            batch.Add(step);
        }

        return batch.Count > 0;
    }

    private async Task WriteAsync(bool isAgain, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        await db.InTransactionAsync(
            async () =>
            {
                // The first time may have been stored and only its answer lost.
                var ids = batch.Select(s => s.Id).ToList();
                var stored = isAgain ? await db.VisitSteps.Where(s => ids.Contains(s.Id)).Select(s => s.Id).ToListAsync(cancel) : [];
                await db.AppendStepsAsync(stored.Count == 0 ? batch : [.. batch.Where(s => !stored.Contains(s.Id))], cancel);
            },
            cancel);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} steps of visitors were not recorded: more came than could be written")]
    private partial void Lost(long count);
}
