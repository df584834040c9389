using System.Threading.RateLimiting;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Requests;

/// <summary>
/// How many requests one network sends an hour, counted by each node. It is asked by the page and not before it, because what
/// was typed must come back.
/// </summary>
public sealed class NetworkLimit(SelfServiceOptions options) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly PartitionedRateLimiter<HttpContext> limiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
        RateLimitPartition.GetSlidingWindowLimiter(RateLimits.Network(context.Connection.RemoteIpAddress), _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = options.Limits.RequestsPerHour,
            Window = Window,
            SegmentsPerWindow = 12,
        }));

    /// <summary>Counts one request.</summary>
    /// <returns>How long to wait; null when it is within the limit.</returns>
    public TimeSpan? Count(HttpContext context)
    {
        using var lease = limiter.AttemptAcquire(context);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Window;
    }

    public void Dispose() => limiter.Dispose();
}
