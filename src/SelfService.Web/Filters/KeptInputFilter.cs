using Microsoft.AspNetCore.Mvc.Filters;
using SelfService.Core.Persistence;
using SelfService.Web.Components;

namespace SelfService.Web.Filters;

/// <summary>
/// Where the database or the disk does not let anything be stored, the same page answers 503 with everything the person typed, in the
/// place of a page of an error that has none of it.
/// </summary>
public sealed partial class KeptInputFilter(ILogger<KeptInputFilter> logger) : IAsyncPageFilter
{
    private const int PauseSeconds = 30;

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var done = await next();
        if (done is { Exception: { } exception, ExceptionHandled: false, HandlerInstance: IKeepsInput form } && HttpMethods.IsPost(context.HttpContext.Request.Method) && DatabaseBusy.CannotWrite(exception))
        {
            NotStored(context.ActionDescriptor.ViewEnginePath, exception);
            context.HttpContext.Response.Headers.RetryAfter = $"{PauseSeconds}";
            done.Result = await form.NotStoredAsync(context.HttpContext.RequestAborted);
            done.ExceptionHandled = true;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A form of {Page} could not be stored; it was given back")]
    private partial void NotStored(string page, Exception exception);
}
