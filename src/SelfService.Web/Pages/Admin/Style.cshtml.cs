using Microsoft.AspNetCore.Mvc.RazorPages;

namespace SelfService.Web.Pages.Admin;

/// <summary>/admin/estilo: every component in every state, for staff.</summary>
public sealed class StyleModel : PageModel
{
    public void OnGet()
    {
    }
}
