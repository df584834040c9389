using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Company;

namespace SelfService.Web.Pages.Appointments;

/// <summary>/citas: everything that can be booked.</summary>
public sealed class IndexModel(Agenda agenda, CompanyProfile company, TimeProvider clock) : PageModel
{
    public const string Address = "/citas";

    public IReadOnlyList<Service> Services => agenda.Services;

    public OpenState Open { get; private set; } = new(false, null);

    public void OnGet() => Open = company.OpeningHours.At(Instant.FromDateTimeOffset(clock.GetUtcNow()));
}
