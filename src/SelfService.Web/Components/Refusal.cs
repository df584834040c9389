using System.Globalization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace SelfService.Web.Components;

/// <summary>The one road back for what a page itself finds wrong.</summary>
public static class Refusal
{
    /// <summary>The same page with everything typed and one more error.</summary>
    /// <param name="field">Id of the field; empty for the form as a whole.</param>
    /// <param name="message">Key of the text.</param>
    public static PageResult Refuse(this PageModel page, string field, string message, int status = StatusCodes.Status400BadRequest)
    {
        page.ModelState.AddModelError(field, message);
        return page.Answer(status);
    }

    /// <summary>The same page with everything typed, and a status.</summary>
    public static PageResult Answer(this PageModel page, int status)
    {
        var result = page.Page();
        result.StatusCode = status;
        return result;
    }

    /// <summary>Says when to come back.</summary>
    public static void TellToWait(this HttpResponse response, TimeSpan wait) =>
        response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
