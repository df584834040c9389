using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace SelfService.Web.Startup;

/// <summary>
/// The page of an error answers in the place of any request. It is asked for like any page: whatever the method was, and
/// without the form, which may be what failed.
/// </summary>
public sealed class FailedRequests(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            var request = context.Request;
            request.Method = HttpMethods.IsHead(request.Method) ? request.Method : HttpMethods.Get;
            request.ContentType = null;
            request.ContentLength = null;
        }

        return next(context);
    }
}

/// <summary>Answers 413 to a request that says it is larger than its endpoint takes; no form is tried on it.</summary>
public sealed class OversizedRequests(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var limit = context.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (context.Request.ContentLength is { } length && length > limit?.MaxRequestBodySize)
        {
            if (!limit.IsReadOnly)
            {
                // The server then reads what is still coming for a moment; a browser cut off while it sends shows no answer.
                limit.MaxRequestBodySize = null;
            }

            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return Task.CompletedTask;
        }

        return next(context);
    }
}
