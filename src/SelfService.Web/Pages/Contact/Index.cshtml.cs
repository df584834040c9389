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
    public static readonly string[] Errands = ["pedir", "agendar"];

    // Addresses that were given out before these had pages of their own.
    private static readonly Dictionary<string, string> Moved = new() { ["solicitar"] = "/solicitudes", ["casos"] = "/casos" };

    /// <summary>What the customer came for, one of <see cref="Errands"/>, or null.</summary>
    [BindProperty(Name = "para", SupportsGet = true)]
    public string? Errand { get; set; }

    public OpenState Open { get; private set; } = new(false, null);

    public IActionResult OnGet()
    {
        if (Errand is not null && Moved.TryGetValue(Errand, out var page))
        {
            return Redirect(page);
        }

        Errand = Errands.Contains(Errand) ? Errand : null;
        Open = company.OpeningHours.At(Instant.FromDateTimeOffset(clock.GetUtcNow()));
        return Page();
    }
}
