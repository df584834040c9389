using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Net.Http.Headers;

namespace SelfService.Web.Filters;

/// <summary>
/// A page is asked only for what it has a handler for; anything else is a 405. The framework would show it with nothing read, and
/// takes what pages do around their handlers (<see cref="PageModel.OnPageHandlerExecutionAsync"/>) for handlers of a method "PAGE".
/// </summary>
public sealed class OwnHandlers : IPageFilter, IOrderedFilter
{
    /// <summary>Before what pages do around their handlers.</summary>
    public int Order => int.MinValue;

    /// <summary>Takes what is no handler off a page.</summary>
    public static void OfPage(PageApplicationModel page)
    {
        foreach (var hook in page.HandlerMethods.Where(h => h.MethodInfo.Name.StartsWith("OnPageHandler", StringComparison.Ordinal)).ToList())
        {
            page.HandlerMethods.Remove(hook);
        }
    }

    public void OnPageHandlerSelected(PageHandlerSelectedContext context)
    {
    }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var http = context.HttpContext;
        // A page that only shows something may do without one.
        if (context.HandlerMethod is null && !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            var methods = context.ActionDescriptor.HandlerMethods.Select(h => h.HttpMethod.ToUpperInvariant()).Append(HttpMethods.Get).Distinct().Order();
            http.Response.Headers[HeaderNames.Allow] = string.Join(", ", methods);
            context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
        }
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
    }
}
