using Microsoft.Net.Http.Headers;

namespace SelfService.Web.Startup;

/// <summary>
/// Headers of every answer. No page has inline scripts or styles, so one policy without nonces holds everywhere and whole
/// pages can be kept.
/// </summary>
public sealed class SecurityHeaders(RequestDelegate next, SelfServiceOptions options)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; "
        + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>For files we did not write: nothing in them runs, wherever they are opened.</summary>
    public const string FilePolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        // At the last moment, because a failed request loses the headers it had.
        context.Response.OnStarting(() =>
        {
            Set(context.Response.Headers);
            return Task.CompletedTask;
        });
        return next(context);
    }

    private void Set(IHeaderDictionary headers)
    {
        headers.TryAdd(HeaderNames.ContentSecurityPolicy, Policy);
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.TryAdd("Referrer-Policy", "strict-origin-when-cross-origin");
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        if (options.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }
    }
}
