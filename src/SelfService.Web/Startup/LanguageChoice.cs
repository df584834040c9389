using System.Globalization;
using Microsoft.Net.Http.Headers;
using SelfService.Core.Company;

namespace SelfService.Web.Startup;

/// <summary>
/// Language of the page: the cookie of the person's choice, then what the browser asks for, then Spanish. Dates, money and
/// numbers follow the company's country in either language.
/// </summary>
public sealed class LanguageChoice(RequestDelegate next, CompanyProfile company, SelfServiceOptions options)
{
    private readonly Dictionary<string, (CultureInfo Format, CultureInfo Language)> offered = company.Languages
        .ToDictionary(language => language, language => (Format(company.Locale, language), CultureInfo.GetCultureInfo(language)));

    public Task InvokeAsync(HttpContext context)
    {
        var language = Chosen(context.Request) ?? company.Languages[0];
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = offered[language];
        context.Response.Headers.ContentLanguage = language;
        return next(context);
    }

    private string? Chosen(HttpRequest request)
    {
        if (request.Cookies[PortalCookies.Name(PortalCookies.Language, options.IsHttps)] is { } cookie && offered.ContainsKey(cookie))
        {
            return cookie;
        }

        return request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(accepted => accepted.Quality ?? 1)
            .Select(accepted => Primary(accepted))
            .FirstOrDefault(offered.ContainsKey);
    }

    private static string Primary(StringWithQualityHeaderValue accepted)
    {
        var value = accepted.Value.ToString();
        var dash = value.IndexOf('-');
        return (dash < 0 ? value : value[..dash]).ToLowerInvariant();
    }

    private static CultureInfo Format(string locale, string language)
    {
        var country = locale[(locale.IndexOf('-') + 1)..];
        return CultureInfo.GetCultureInfo(locale.StartsWith(language, StringComparison.OrdinalIgnoreCase) ? locale : $"{language}-{country}");
    }
}

/// <summary>POST /idioma: remembers the choice of language.</summary>
public static class LanguageSwitch
{
    /// <summary>Maps the form of the page's foot.</summary>
    public static void MapLanguageSwitch(this IEndpointRouteBuilder routes) => routes.MapPost("/idioma", async (HttpContext context, CompanyProfile company, SelfServiceOptions options) =>
    {
        if (!SameOrigin.Allows(context.Request) || await PlainForm.ReadAsync(context.Request) is not { } form
            || form["idioma"].ToString() is var language && !company.Languages.Contains(language))
        {
            return Results.BadRequest();
        }

        context.Response.Cookies.Append(PortalCookies.Name(PortalCookies.Language, options.IsHttps), language, new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(365),
            HttpOnly = true,
            IsEssential = true,
            Path = "/",
            SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax,
            Secure = options.IsHttps,
        });
        return Results.LocalRedirect(LocalAddress.OrHome(form["volver"]));
    }).DisableAntiforgery();
}
