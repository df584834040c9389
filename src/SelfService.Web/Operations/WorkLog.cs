using System.Collections.Concurrent;
using System.Data.Common;
using System.Net.Sockets;
using SelfService.Core.Jobs;

namespace SelfService.Web.Operations;

/// <summary>How a piece of recurring work went on this node.</summary>
/// <param name="DoneAt">When it last succeeded.</param>
/// <param name="Took">How long that took.</param>
/// <param name="FailedAt">When it last failed.</param>
/// <param name="Error">Why, in words without anything of a customer.</param>
public sealed record WorkRun(string Work, TimeSpan Period, DateTime? DoneAt, TimeSpan Took, DateTime? FailedAt, string Error)
{
    /// <summary>Whether it failed the last time.</summary>
    public bool IsFailing => FailedAt is { } failed && !(DoneAt >= failed);
}

/// <summary>What became of recurring work since this process started.</summary>
public sealed class WorkLog(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, WorkRun> runs = new(StringComparer.Ordinal);

    /// <summary>Everything that has run, what fails first.</summary>
    public IReadOnlyList<WorkRun> All => [.. runs.Values.OrderByDescending(r => r.IsFailing).ThenBy(r => r.Period).ThenBy(r => r.Work, StringComparer.Ordinal)];

    public void Done(string work, TimeSpan period, TimeSpan took) => Note(work, period, run => run with { DoneAt = Now(), Took = took });

    public void Failed(string work, TimeSpan period, Exception exception) => Note(work, period, run => run with { FailedAt = Now(), Error = Describe(exception) });

    /// <summary>What may be shown of an exception: the words of the system and of our own jobs; of others only what they are.</summary>
    public static string Describe(Exception exception) => exception switch
    {
        IOException or SocketException or JobException or UnauthorizedAccessException => $"{exception.GetType().Name}: {exception.Message}",
        // The rest of a database's message may be a value.
        DbException db => $"{db.GetType().Name} {db.SqlState ?? db.ErrorCode.ToString(System.Globalization.CultureInfo.InvariantCulture)}",
        { InnerException: { } inner } => $"{exception.GetType().Name}, {Describe(inner)}",
        _ => exception.GetType().Name,
    };

    private void Note(string work, TimeSpan period, Func<WorkRun, WorkRun> note) =>
        runs.AddOrUpdate(work, _ => note(new WorkRun(work, period, null, TimeSpan.Zero, null, "")), (_, run) => note(run));

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;
}
