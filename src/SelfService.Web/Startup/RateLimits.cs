using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace SelfService.Web.Startup;

/// <summary>How often one network address may ask for what costs us something. Counted by each node.</summary>
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
            rejected.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
        ByAddress(limiter, Search, limits.SearchesPerMinute);
        ByAddress(limiter, Suggestions, limits.SuggestionsPerMinute);
        ByAddress(limiter, CatalogSearches, limits.SearchesPerMinute, request => !string.IsNullOrEmpty(request.Query["q"]));
        ByAddress(limiter, FormOffers, limits.SuggestionsPerMinute);
        ByAddress(limiter, Votes, limits.VotesPerMinute, IsPost);
        ByAddress(limiter, Readings, limits.SearchesPerMinute);
        ByAddress(limiter, SignIns, limits.SignInsPerMinute, IsPost);
        ByAddress(limiter, CaseSearches, limits.CaseSearchesPerMinute, IsPost);
        ByAddress(limiter, CaseMessages, limits.CaseMessagesPerMinute, IsPost);
        ByAddress(limiter, Calendars, limits.SearchesPerMinute);
    });

    private static void ByAddress(RateLimiterOptions limiter, string name, int perMinute, Func<HttpRequest, bool>? counts = null) =>
        limiter.AddPolicy(name, context => counts?.Invoke(context.Request) == false
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetSlidingWindowLimiter(name + Network(context.Connection.RemoteIpAddress), _ => new SlidingWindowRateLimiterOptions
            {
                PermitLimit = perMinute,
                Window = TimeSpan.FromMinutes(1),
                SegmentsPerWindow = 6,
            }));

    private static bool IsPost(HttpRequest request) => HttpMethods.IsPost(request.Method);

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
