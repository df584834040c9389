using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace SelfService.Web.Filters;

/// <summary>A page that shows what has to be read first, also when its handler was not reached.</summary>
public interface IShowsMore
{
    /// <summary>Reads what the page shows besides the form.</summary>
    Task LoadAsync(CancellationToken cancel);
}

/// <summary>
/// The one road back for invalid input: the same page with status 400 and everything the person typed. It also catches
/// forms that could not be read (too many fields, broken multipart), which would otherwise reach a handler empty.
/// </summary>
public sealed class InvalidInputFilter : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (HttpMethods.IsPost(context.HttpContext.Request.Method) && !context.ModelState.IsValid && context.HandlerInstance is PageModel page)
        {
            if (page is IShowsMore more)
            {
                await more.LoadAsync(context.HttpContext.RequestAborted);
            }

            var result = page.Page();
            result.StatusCode = StatusCodes.Status400BadRequest;
            context.Result = result;
            return;
        }

        await next();
    }
}
