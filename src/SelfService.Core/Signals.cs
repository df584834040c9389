using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SelfService.Core;

/// <summary>
/// What the portal says of itself to whoever watches over it: counters and spans, in the names of OpenTelemetry. Their tags are names of
/// our own (a kind of job, a queue of work), never what a customer wrote, who she is, or an address.
/// </summary>
public static class Signals
{
    /// <summary>Name of the meter and of the source of spans.</summary>
    public const string Name = "SelfService";

    /// <summary>Spans of what takes time: searches, tickets, bookings, jobs, imports.</summary>
    public static readonly ActivitySource Spans = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>Bookings of a time that somebody else had taken meanwhile.</summary>
    public static readonly Counter<long> BookingsRefused = Meter.CreateCounter<long>("selfservice.bookings.refused", "{booking}", "Bookings of a time that was taken meanwhile.");

    /// <summary>Attempts at jobs that failed, by <c>kind</c> (mails are <c>mail</c>) and whether they were <c>given_up</c>.</summary>
    public static readonly Counter<long> JobsFailed = Meter.CreateCounter<long>("selfservice.jobs.failed", "{attempt}", "Attempts at jobs that failed; mails are the kind mail.");

    /// <summary>Runs of recurring work that failed, by <c>work</c>.</summary>
    public static readonly Counter<long> WorkFailed = Meter.CreateCounter<long>("selfservice.work.failed", "{run}", "Runs of recurring work that failed.");
}
