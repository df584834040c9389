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

    private PublicPages(params string[] parameters) => this.parameters = new StringValues(parameters);

    /// <summary>Registers the cache and the compression it keeps.</summary>
    public static void Add(IServiceCollection services, bool https)
    {
        services.AddSingleton<KeptTopics>().AddSingleton<KeptCards>();
        services.AddOutputCache(cache =>
        {
            // Questions nobody asks again push each other out, not the portal out of its memory.
            cache.SizeLimit = 48 * MegaByte;
            cache.AddPolicy(Policy, new PublicPages("pagina", "para"));
            cache.AddPolicy(Answers, new PublicPages("q", "tema", "literal", "pagina"));
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
        context.AllowCacheLookup = context.AllowCacheStorage = context.AllowLocking = isPublic;
        context.ResponseExpirationTimeSpan = Lifetime;
        context.Tags.Add(Tag);
        context.CacheVaryByRules.QueryKeys = parameters;
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
