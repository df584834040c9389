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
    /// <summary>Name of the policy of pages, for <c>[OutputCache(PolicyName = …)]</c>.</summary>
    public const string Policy = "public";

    /// <summary>Name of the policy of answers to a question.</summary>
    public const string Answers = "answers";

    private const string Tag = "knowledge-base";

    // Also bounds how long "open now" may be wrong.
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private const int MegaByte = 1024 * 1024;

    // Each name by itself: one text with a comma would be the name of a single parameter.
    private readonly StringValues parameters;

    // What is asked in any words is kept from the second time on.
    private readonly AskedBefore? asked;

    private PublicPages(StringValues parameters, AskedBefore? asked = null) => (this.parameters, this.asked) = (parameters, asked);

    /// <summary>Registers the cache and the compression it keeps.</summary>
    public static void Add(IServiceCollection services, bool https)
    {
        services.AddSingleton<KeptTopics>().AddSingleton<KeptCards>();
        services.AddOutputCache(cache =>
        {
            cache.SizeLimit = 48 * MegaByte;
            cache.AddPolicy(Policy, new PublicPages(new StringValues(["pagina", "para"])));
            cache.AddPolicy(Answers, new PublicPages(new StringValues(["q", "tema", "literal", "pagina"]), new AskedBefore(TimeProvider.System, Lifetime)));
        });
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = https;
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml", "application/atom+xml", "application/opensearchdescription+xml"];
        });
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Optimal);
    }

    /// <summary>Forgets all that is kept, when something else is to be read or found.</summary>
    public static ValueTask ForgetAsync(IServiceProvider services, CancellationToken cancel)
    {
        services.GetRequiredService<KeptTopics>().Drop();
        services.GetRequiredService<KeptCards>().Drop();
        return services.GetRequiredService<IOutputCacheStore>().EvictByTagAsync(Tag, cancel);
    }

    ValueTask IOutputCachePolicy.CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var request = context.HttpContext.Request;
        // A parameter given twice would be sorted by the cache, for the page too: another question would be answered.
        var isPublic = (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && !PortalCookies.ArePersonal(request.Cookies)
            && parameters.All(name => request.Query[name!].Count <= 1);
        context.EnableOutputCaching = true;
        context.AllowCacheLookup = isPublic;
        context.ResponseExpirationTimeSpan = Lifetime;
        context.Tags.Add(Tag);
        context.CacheVaryByRules.QueryKeys = parameters;
        var varies = context.CacheVaryByRules.VaryByValues;
        varies["language"] = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        varies["country"] = context.HttpContext.Reader().Country;
        varies["encoding"] = Encoding(request.Headers.AcceptEncoding);
        context.AllowCacheStorage = context.AllowLocking = isPublic && (asked is null || asked.Ask(Question(request.Query, varies)));
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

    private int Question(IQueryCollection query, IDictionary<string, string> varies)
    {
        var hash = default(HashCode);
        foreach (var name in parameters)
        {
            hash.Add(query[name!].ToString());
        }

        foreach (var value in varies.Values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    // The many spellings of the header come down to the few answers there are.
    private static string Encoding(StringValues accept)
    {
        var text = accept.ToString();
        return text.Contains("br", StringComparison.OrdinalIgnoreCase) ? "br" : text.Contains("gzip", StringComparison.OrdinalIgnoreCase) ? "gzip" : "";
    }
}
