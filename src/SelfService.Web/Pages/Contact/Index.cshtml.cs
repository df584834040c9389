using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using NodaTime;
using SelfService.Core.Company;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Contact;

/// <summary>/contacto: every way to reach a person, with what to have at hand for each errand.</summary>
[OutputCache(PolicyName = PublicPages.Policy)]
public sealed class IndexModel(CompanyProfile company, TimeProvider clock) : PageModel
{
    public static readonly string[] Errands = ["pedir", "agendar", "solicitar", "casos"];

    /// <summary>What the customer came for, one of <see cref="Errands"/>, or null.</summary>
    [BindProperty(Name = "para", SupportsGet = true)]
    public string? Errand { get; set; }

    public OpenState Open { get; private set; } = new(false, null);

    public void OnGet()
    {
        Errand = Errands.Contains(Errand) ? Errand : null;
        Open = company.OpeningHours.At(Instant.FromDateTimeOffset(clock.GetUtcNow()));
    }
}
