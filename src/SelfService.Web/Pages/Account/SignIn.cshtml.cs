using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace SelfService.Web.Pages.Account;

public sealed class SignInModel : PageModel
{
    [BindProperty, Required(ErrorMessage = "SignIn.EmailRequired"), StringLength(254, ErrorMessage = "SignIn.EmailInvalid")]
    public string Email { get; set; } = "";

    [BindProperty, Required(ErrorMessage = "SignIn.PasswordRequired"), StringLength(200, ErrorMessage = "SignIn.PasswordTooLong"), DataType(DataType.Password)]
    public string Password { get; set; } = "";

    [BindProperty(Name = "volver", SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public void OnGet()
    {
    }
}
