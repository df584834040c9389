using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace SelfService.Web.Pages.Account;

/// <summary>/cuenta/aviso/…: what happened and what comes next, for who is not signed in. The same for everybody.</summary>
public sealed class NoticeModel : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string About { get; set; } = "";

    /// <summary>Part of the keys of its texts.</summary>
    public string Key => About switch { "registro" => "Register", "olvide" => "Forgot", "contrasena" => "Password", _ => "Deleted" };

    /// <summary>Whether a mail is on its way.</summary>
    public bool IsAboutMail => About is "registro" or "olvide";

    /// <summary>Where to ask for the mail again.</summary>
    public string Again => "/cuenta/" + About;

    public void OnGet()
    {
    }
}
