using System.Threading.RateLimiting;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Requests;

/// <summary>
/// How many requests one network sends an hour. It is asked by the page and not before it, because what was typed must come back.
/// </summary>
public sealed class NetworkLimit(SelfServiceOptions options) : IDisposable
{
    private const string Name = "requests";

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly PartitionedRateLimiter<HttpContext> limiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimits.OfSender(Name, context, options.Limits.RequestsPerHour, Window));

    /// <summary>Counts one request.</summary>
    /// <returns>How long to wait; null when it is within the limit.</returns>
    public async Task<TimeSpan?> CountAsync(HttpContext context)
    {
        using var lease = await limiter.AcquireAsync(context, cancellationToken: context.RequestAborted);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Window;
    }

    public void Dispose() => limiter.Dispose();
}
