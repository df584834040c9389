using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using SelfService.Core.Company;
using SelfService.Core.Requests;

namespace SelfService.Web.Pages.Requests;

/// <summary>/solicitudes/gracias: nothing was sent, nothing is kept, and here is the way back.</summary>
public sealed class ThanksModel(RequestForms forms, CompanyProfile company, TimeProvider clock) : PageModel
{
    private const string FormParameter = "de";

    /// <summary>The form she was at, when the address names one.</summary>
    public RequestForm? Form { get; private set; }

    public OpenState Open { get; private set; } = new(false, null);

    /// <summary>The page for who was at that form.</summary>
    public static string AddressOf(string form) => $"/solicitudes/gracias?{FormParameter}={form}";

    public void OnGet()
    {
        Form = forms.Find(Request.Query[FormParameter]);
        Open = company.OpeningHours.At(Instant.FromDateTimeOffset(clock.GetUtcNow()));
    }
}
