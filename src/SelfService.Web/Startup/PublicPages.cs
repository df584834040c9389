using System.Globalization;
using System.IO.Compression;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Primitives;

namespace SelfService.Web.Startup;

/// <summary>
/// Pages that are the same for everybody are kept whole, already compressed. A request with any cookie of ours but the
/// visitor's is neither answered from what is kept nor kept itself.
/// </summary>
public sealed class PublicPages : IOutputCachePolicy
{
    /// <summary>Name of the policy, for <c>[OutputCache(PolicyName = …)]</c>.</summary>
    public const string Policy = "public";

    /// <summary>Tag of everything that a change of the knowledge base makes stale.</summary>
    public const string Tag = "knowledge-base";

    // Also bounds how long "open now" may be wrong.
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    /// <summary>Registers the cache and the compression it keeps.</summary>
    public static void Add(IServiceCollection services, bool https)
    {
        services.AddOutputCache(cache => cache.AddPolicy(Policy, new PublicPages()));
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = https;
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml", "application/atom+xml", "application/opensearchdescription+xml"];
        });
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Optimal);
    }

    ValueTask IOutputCachePolicy.CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var request = context.HttpContext.Request;
        var isPublic = (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && !PortalCookies.ArePersonal(request.Cookies);
        context.EnableOutputCaching = true;
        context.AllowCacheLookup = context.AllowCacheStorage = context.AllowLocking = isPublic;
        context.ResponseExpirationTimeSpan = Lifetime;
        context.Tags.Add(Tag);
        // Each name by itself: one text with a comma would be the name of a single parameter.
        context.CacheVaryByRules.QueryKeys = new StringValues(["pagina", "para"]);
        context.CacheVaryByRules.VaryByValues["language"] = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        context.CacheVaryByRules.VaryByValues["country"] = context.HttpContext.Reader().Country;
        context.CacheVaryByRules.VaryByValues["encoding"] = Encoding(request.Headers.AcceptEncoding);
        return ValueTask.CompletedTask;
    }

    ValueTask IOutputCachePolicy.ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    ValueTask IOutputCachePolicy.ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        var isOfSomebody = !StringValues.IsNullOrEmpty(response.Headers.SetCookie) && !Footsteps.GaveCookieAfterCopy(context.HttpContext);
        if (response.StatusCode != StatusCodes.Status200OK || isOfSomebody)
        {
            context.AllowCacheStorage = false;
        }

        return ValueTask.CompletedTask;
    }

    // The many spellings of the header come down to the few answers there are.
    private static string Encoding(StringValues accept)
    {
        var text = accept.ToString();
        return text.Contains("br", StringComparison.OrdinalIgnoreCase) ? "br" : text.Contains("gzip", StringComparison.OrdinalIgnoreCase) ? "gzip" : "";
    }
}
