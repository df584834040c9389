using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace SelfService.Web.Filters;

/// <summary>
/// The one road back for invalid input: the same page with status 400 and everything the person typed. It also catches
/// forms that could not be read (too many fields, broken multipart), which would otherwise reach a handler empty.
/// </summary>
public sealed class InvalidInputFilter : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (HttpMethods.IsPost(context.HttpContext.Request.Method) && !context.ModelState.IsValid && context.HandlerInstance is PageModel page)
        {
            var result = page.Page();
            result.StatusCode = StatusCodes.Status400BadRequest;
            context.Result = result;
            return Task.CompletedTask;
        }

        return next();
    }
}
