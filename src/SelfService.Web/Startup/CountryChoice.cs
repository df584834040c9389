using SelfService.Core.Company;

namespace SelfService.Web.Startup;

/// <summary>
/// Country of the reader, where the company serves several: what the address says, then her own choice, then the company's country.
/// An article's address carries it only for search engines and for links between the countries' versions.
/// </summary>
public static class CountryChoice
{
    /// <summary>Of the address and of the form.</summary>
    public const string QueryName = "pais";

    /// <summary>ISO 3166 code of one of the company's countries.</summary>
    public static string Of(HttpRequest request, CompanyProfile company, SelfServiceOptions options) =>
        company.Countries.Count < 2 ? company.Country
        : new[] { request.Query[QueryName].ToString(), request.Cookies[PortalCookies.Name(PortalCookies.Country, options.IsHttps)] }.FirstOrDefault(company.Countries.Contains) ?? company.Country;

    /// <summary>Maps the form of the page's foot: POST /pais remembers the choice.</summary>
    public static void MapCountryChoice(this IEndpointRouteBuilder routes) => routes.MapPost("/pais", async (HttpContext context, CompanyProfile company, SelfServiceOptions options) =>
    {
        if (!SameOrigin.Allows(context.Request) || await PlainForm.ReadAsync(context.Request) is not { } form || !company.Countries.Contains(form[QueryName].ToString()))
        {
            return Results.BadRequest();
        }

        context.Response.Cookies.Append(PortalCookies.Name(PortalCookies.Country, options.IsHttps), form[QueryName].ToString(), new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(365),
            HttpOnly = true,
            IsEssential = true,
            Path = "/",
            SameSite = SameSiteMode.Lax,
            Secure = options.IsHttps,
        });
        return Results.LocalRedirect(LocalAddress.OrHome(form["volver"]));
    }).DisableAntiforgery();
}
