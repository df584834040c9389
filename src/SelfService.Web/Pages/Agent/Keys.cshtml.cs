using Microsoft.AspNetCore.Mvc.RazorPages;

namespace SelfService.Web.Pages.Agent;

/// <summary>/agente/teclas: the keys of the desk.</summary>
public sealed class KeysModel : PageModel
{
    public void OnGet()
    {
    }
}
