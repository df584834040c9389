using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using SelfService.Core.Persistence;
using SelfService.Web.Components;

namespace SelfService.Web.Startup;

/// <summary>
/// How often one network address may ask for what costs us something. Each node counts what is read; what is sent, which also keeps out
/// who guesses, is counted by all nodes together where there can be several.
/// </summary>
public static class RateLimits
{
    public const string Search = "search";
    public const string Suggestions = "suggestions";
    public const string CatalogSearches = "catalog-searches";
    public const string FormOffers = "form-offers";
    public const string Votes = "votes";
    public const string Readings = "readings";
    public const string SignIns = "sign-ins";
    public const string CaseSearches = "case-searches";
    public const string CaseMessages = "case-messages";
    public const string Calendars = "calendars";

    /// <summary>Registers the limits; an endpoint asks for one by name.</summary>
    public static void Add(IServiceCollection services, LimitOptions limits) => services.AddRateLimiter(limiter =>
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(10);
            rejected.HttpContext.Response.TellToWait(wait);
            return ValueTask.CompletedTask;
        };
        ByAddress(limiter, Search, limits.SearchesPerMinute);
        ByAddress(limiter, Suggestions, limits.SuggestionsPerMinute);
        ByAddress(limiter, CatalogSearches, limits.SearchesPerMinute, request => !string.IsNullOrEmpty(request.Query["q"]));
        ByAddress(limiter, FormOffers, limits.SuggestionsPerMinute);
        BySender(limiter, Votes, limits.VotesPerMinute);
        ByAddress(limiter, Readings, limits.SearchesPerMinute);
        BySender(limiter, SignIns, limits.SignInsPerMinute);
        BySender(limiter, CaseSearches, limits.CaseSearchesPerMinute);
        BySender(limiter, CaseMessages, limits.CaseMessagesPerMinute);
        ByAddress(limiter, Calendars, limits.SearchesPerMinute);
    });

    private static void ByAddress(RateLimiterOptions limiter, string name, int perMinute, Func<HttpRequest, bool>? counts = null) =>
        limiter.AddPolicy(name, context => counts?.Invoke(context.Request) == false ? Free : InThisProcess(name, context, perMinute, TimeSpan.FromMinutes(1)));

    private static void BySender(RateLimiterOptions limiter, string name, int perMinute) =>
        limiter.AddPolicy(name, context => HttpMethods.IsPost(context.Request.Method) ? OfSender(name, context, perMinute, TimeSpan.FromMinutes(1)) : Free);

    private static RateLimitPartition<string> Free => RateLimitPartition.GetNoLimiter("");

    /// <summary>What one network sends, counted by all nodes together.</summary>
    internal static RateLimitPartition<string> OfSender(string name, HttpContext context, int most, TimeSpan window)
    {
        var services = context.RequestServices;
        // One process alone needs no database to count.
        return services.GetRequiredService<DatabaseSettings>().Kind == DatabaseKind.Sqlite
            ? InThisProcess(name, context, most, window)
            : RateLimitPartition.Get(name + Network(context.Connection.RemoteIpAddress), _ => (RateLimiter)new SharedLimiter(
                services.GetRequiredService<IServiceScopeFactory>(), services.GetRequiredService<TimeProvider>(), name, Network(context.Connection.RemoteIpAddress), most, window));
    }

    private static RateLimitPartition<string> InThisProcess(string name, HttpContext context, int most, TimeSpan window) =>
        RateLimitPartition.GetSlidingWindowLimiter(name + Network(context.Connection.RemoteIpAddress), _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = most,
            Window = window,
            SegmentsPerWindow = 6,
        });

    /// <summary>The network an address belongs to: one household has one IPv4 address, but a whole /64 of IPv6 ones.</summary>
    public static string Network(IPAddress? address)
    {
        if (address is null || address.AddressFamily != AddressFamily.InterNetworkV6 || address.IsIPv4MappedToIPv6)
        {
            return address?.MapToIPv4().ToString() ?? "";
        }

        return Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8));
    }
}
