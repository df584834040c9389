using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using SelfService.Core.Persistence;

namespace SelfService.Web.Startup;

/// <summary>A limit of one network that all nodes count together, in the database.</summary>
/// <param name="name">What is limited.</param>
/// <param name="network">Of <see cref="RateLimits.Network"/>; only its hash is stored.</param>
public sealed class SharedLimiter(IServiceScopeFactory scopes, TimeProvider clock, string name, string network, int most, TimeSpan window) : RateLimiter
{
    private readonly string key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{name} {network}")));

    // Who is over the limit is refused from here, without asking the database, for so long as it said.
    private readonly Lock refusing = new();
    private long refusedAt;
    private TimeSpan refused;

    // Requests that wait for the database's answer.
    private int asking;

    // Thrown away at any time but then, and while an answer may bring it.
    public override TimeSpan? IdleDuration => Volatile.Read(ref asking) == 0 && Refused() is null ? TimeSpan.MaxValue : null;

    public override RateLimiterStatistics? GetStatistics() => null;

    // What does not wait cannot ask the database: the caller asks again, and waits.
    protected override RateLimitLease AttemptAcquireCore(int permitCount) => new Lease(window);

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        if (Refused() is { } rest)
        {
            return new Lease(rest);
        }

        Interlocked.Increment(ref asking);
        try
        {
            var wait = await AskAsync(cancellationToken);
            if (wait is { } refusal)
            {
                // A request let through before may get its answer after this one: it takes nothing back.
                lock (refusing)
                {
                    (refusedAt, refused) = (clock.GetTimestamp(), refusal);
                }
            }

            return new Lease(wait);
        }
        finally
        {
            Interlocked.Decrement(ref asking);
        }
    }

    private async Task<TimeSpan?> AskAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PortalDbContext>().TakeAsync(key, most, window, clock.GetUtcNow().UtcDateTime, cancel);
    }

    private TimeSpan? Refused()
    {
        lock (refusing)
        {
            var rest = refused - clock.GetElapsedTime(refusedAt);
            return rest > TimeSpan.Zero ? rest : null;
        }
    }

    private sealed class Lease(TimeSpan? wait) : RateLimitLease
    {
        public override bool IsAcquired => wait is null;

        public override IEnumerable<string> MetadataNames => wait is null ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = wait;
            return wait is not null && metadataName == MetadataName.RetryAfter.Name;
        }
    }
}
