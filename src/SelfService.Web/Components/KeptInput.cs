using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace SelfService.Web.Components;

/// <summary>A form whose words come back when nothing could be stored.</summary>
public interface IKeepsInput
{
    /// <summary>The form again, with everything that was typed and why it was not taken; where the page says nothing else, among its errors.</summary>
    Task<IActionResult> NotStoredAsync(CancellationToken cancel) =>
        Task.FromResult<IActionResult>(((PageModel)this).Refuse("", "Form.NotStored", StatusCodes.Status503ServiceUnavailable));
}
