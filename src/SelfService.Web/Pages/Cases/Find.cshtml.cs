using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using SelfService.Core.Company;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Cases;

/// <summary>
/// /casos/buscar: a new link for who has lost hers. Whatever is typed, one job is left and one answer given; what the fields
/// may look like is checked, and whether there is such a case is not looked at here.
/// </summary>
[EnableRateLimiting(RateLimits.CaseSearches)]
public sealed class FindModel(PortalDbContext db, CompanyProfile company, TimeProvider clock) : PageModel
{
    public const int NumberMaxLength = 40;

    private const string NumberField = "numero";
    private const string ReachField = "contacto";

    [BindProperty(Name = NumberField)]
    public string? Number { get; set; }

    /// <summary>E-mail address or telephone that was given with the case.</summary>
    [BindProperty(Name = ReachField)]
    public string? Reach { get; set; }

    /// <summary>The search was taken; its answer comes by mail or telephone, if at all.</summary>
    public bool IsSent { get; private set; }

    public void OnGet([FromQuery(Name = NumberField)] string? number, [FromQuery(Name = "enviado")] string? sent) => (Number, IsSent) = (number, sent == "1");

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Number = PlainText.Line(Number);
        Reach = PlainText.Line(Reach);
        var number = TicketNumber.Parse(Number);
        if (number is null)
        {
            ModelState.AddModelError(NumberField, Number.Length == 0 ? "FindCase.NumberRequired" : "FindCase.NumberInvalid");
        }

        if (EmailAddress.Parse(Reach) is null && PhoneNumber.Parse(Reach, company.Country) is null)
        {
            ModelState.AddModelError(ReachField, Reach.Length == 0 ? "FindCase.ReachRequired" : "FindCase.ReachInvalid");
        }

        if (!ModelState.IsValid)
        {
            var page = Page();
            page.StatusCode = StatusCodes.Status400BadRequest;
            return page;
        }

        db.Jobs.Add(new CaseSearch(number!, Reach).ToJob(clock.GetUtcNow().UtcDateTime));
        await db.SaveChangesAsync(cancel);
        return LocalRedirect("/casos/buscar?enviado=1");
    }
}
