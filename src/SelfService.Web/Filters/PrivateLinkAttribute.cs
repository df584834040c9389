using Microsoft.AspNetCore.Mvc.Filters;

namespace SelfService.Web.Filters;

/// <summary>For pages whose address holds a key: nothing keeps them, and no other site is told where the person came from.</summary>
public sealed class PrivateLinkAttribute : ResultFilterAttribute
{
    public override void OnResultExecuting(ResultExecutingContext context)
    {
        var headers = context.HttpContext.Response.Headers;
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex";
    }
}
