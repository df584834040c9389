using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Net.Http.Headers;

namespace SelfService.Web.Startup;

/// <summary>
/// Gives a page that is kept the tag of its bytes, as they leave, so that a browser that has them is answered 304 (by the cache, from what
/// it keeps). It stands between the cache and the compression and works once for every time a page is made, not for every answer.
/// </summary>
public sealed class EntityTags(RequestDelegate next)
{
    private const int TagBytes = 16;

    public Task InvokeAsync(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) && context.Features.Get<IOutputCacheFeature>()?.Context.AllowCacheStorage == true ? TagAsync(context) : next(context);

    private async Task TagAsync(HttpContext context)
    {
        var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var page = new MemoryStream();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(page));
        try
        {
            await next(context);
            await context.Response.CompleteAsync();
        }
        finally
        {
            context.Features.Set(body);
        }

        var bytes = page.GetBuffer().AsMemory(0, (int)page.Length);
        if (bytes.IsEmpty)
        {
            // What stands before us may still answer, with a page of an error.
            return;
        }

        if (context.Response.StatusCode == StatusCodes.Status200OK)
        {
            // Also a browser's own copy is asked about every time: it may be older than the article.
            context.Response.Headers.TryAdd(HeaderNames.CacheControl, "no-cache");
            context.Response.Headers.ETag = $"\"{Base64Url.EncodeToString(SHA256.HashData(bytes.Span).AsSpan(0, TagBytes))}\"";
            context.Response.ContentLength = bytes.Length;
        }

        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
