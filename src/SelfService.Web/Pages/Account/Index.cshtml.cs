using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.Company;
using SelfService.Core.People;
using SelfService.Core.Tickets;
using SelfService.Web.Components;
using SelfService.Web.Filters;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Account;

/// <summary>/cuenta: what the person says about herself, and the way to everything else of her account.</summary>
[OwnAccount]
public sealed class IndexModel(ChangeProfile change, CompanyProfile company, SelfServiceOptions options) : PageModel
{
    private static readonly string[] Notices = ["bienvenida", "perfil", "contrasena", "correo", "confirmado"];

    // Only these are taken from the form; address, role and confirmation are no fields of it.
    [BindProperty, Required(ErrorMessage = "Account.NameRequired"), StringLength(Person.NameMaxLength, ErrorMessage = "Account.NameTooLong")]
    public string Name { get; set; } = "";

    [BindProperty]
    public string? Language { get; set; }

    [BindProperty, StringLength(PhoneNumber.TypedMaxLength, ErrorMessage = "Account.PhoneInvalid")]
    public string? Phone { get; set; }

    [BindProperty]
    public string? Notice { get; set; }

    [BindProperty]
    public string? Stamp { get; set; }

    /// <summary>What just happened, for a line above the form.</summary>
    [BindProperty(Name = "aviso", SupportsGet = true)]
    public string? Done { get; set; }

    public Person Person => HttpContext.Owner();

    /// <summary>What was stored meanwhile by another window; null when nothing was.</summary>
    public Profile? Meanwhile { get; private set; }

    /// <summary>Key of the line about what just happened, or null.</summary>
    public string? DoneKey => Notices.Contains(Done) ? $"Account.Said{char.ToUpperInvariant(Done![0])}{Done[1..]}" : null;

    public void OnGet() => Show(Profile.Of(Person));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Name = PlainText.Line(Name);
        if (Name.Length == 0)
        {
            return this.Refuse(nameof(Name), "Account.NameRequired");
        }

        var phone = string.IsNullOrWhiteSpace(Phone) ? null : PhoneNumber.Parse(Phone, company.Country);
        if (phone is null && !string.IsNullOrWhiteSpace(Phone))
        {
            return this.Refuse(nameof(Phone), "Account.PhoneInvalid");
        }

        if (!Enum.TryParse<NoticeLevel>(Notice, out var notices) || !Enum.IsDefined(notices) || (Language is not null && !company.Languages.Contains(Language)))
        {
            return this.Refuse("", "Form.Unreadable");
        }

        var profile = new Profile(Name, Language, phone?.E164, notices);
        if (await change.RunAsync(Person.Id, profile, phone, Stamp, cancel) is { } meanwhile)
        {
            Meanwhile = meanwhile;
            ModelState.Remove(nameof(Stamp));
            Stamp = meanwhile.Stamp();
            return this.Refuse("", "Account.Meanwhile", StatusCodes.Status409Conflict);
        }

        if (Language is not null)
        {
            LanguageChoice.Remember(HttpContext.Response, Language, options);
        }

        return LocalRedirect("/cuenta?aviso=perfil");
    }

    /// <summary>A telephone as people of the company's country write it.</summary>
    public string? Spoken(string? phone) => PhoneNumber.Parse(phone, company.Country)?.Display(company.Country) ?? phone;

    private void Show(Profile profile) =>
        (Name, Language, Phone, Notice, Stamp) = (profile.Name, profile.Language, Spoken(profile.Phone), profile.Notices.ToString(), profile.Stamp());
}
