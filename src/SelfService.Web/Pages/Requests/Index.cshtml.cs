using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using SelfService.Core.Company;
using SelfService.Core.Requests;

namespace SelfService.Web.Pages.Requests;

/// <summary>/solicitudes: everything that can be asked for.</summary>
public sealed class IndexModel(RequestForms forms, CompanyProfile company, TimeProvider clock) : PageModel
{
    public IReadOnlyList<RequestForm> Forms => forms.All;

    public OpenState Open { get; private set; } = new(false, null);

    public void OnGet() => Open = company.OpeningHours.At(Instant.FromDateTimeOffset(clock.GetUtcNow()));
}
