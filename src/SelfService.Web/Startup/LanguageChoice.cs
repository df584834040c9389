using System.Globalization;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using SelfService.Core.Company;
using SelfService.Core.Persistence;

namespace SelfService.Web.Startup;

/// <summary>
/// Language of the page: the person's choice, which a cookie holds since she chose it or signed in, then what the browser asks
/// for, then Spanish. Dates, money and numbers follow the company's country in either language.
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

    /// <summary>Remembers a choice in the browser.</summary>
    public static void Remember(HttpResponse response, string language, SelfServiceOptions options) =>
        response.Cookies.Append(PortalCookies.Name(PortalCookies.Language, options.IsHttps), language, new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(365),
            HttpOnly = true,
            IsEssential = true,
            Path = "/",
            SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax,
            Secure = options.IsHttps,
        });

    /// <summary>Whoever signs in reads the language she chose, whatever this browser's last person read.</summary>
    public static async Task FollowAsync(CookieSigningInContext context)
    {
        var services = context.HttpContext.RequestServices;
        if (context.Principal?.PersonId() is { } id
            && await services.GetRequiredService<PortalDbContext>().Users.Where(p => p.Id == id).Select(p => p.Language).SingleOrDefaultAsync() is { } language
            && services.GetRequiredService<CompanyProfile>().Languages.Contains(language))
        {
            Remember(context.Response, language, services.GetRequiredService<SelfServiceOptions>());
        }
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

    /// <summary>How dates, money and numbers are written for who reads that language.</summary>
    public static CultureInfo Format(string locale, string language)
    {
        var country = locale[(locale.IndexOf('-') + 1)..];
        return CultureInfo.GetCultureInfo(locale.StartsWith(language, StringComparison.OrdinalIgnoreCase) ? locale : $"{language}-{country}");
    }
}

/// <summary>POST /idioma: remembers the choice of language.</summary>
public static class LanguageSwitch
{
    /// <summary>Maps the form of the page's foot.</summary>
    public static void MapLanguageSwitch(this IEndpointRouteBuilder routes) => routes.MapPost("/idioma", async (HttpContext context, PortalDbContext db, CompanyProfile company, SelfServiceOptions options) =>
    {
        if (!SameOrigin.Allows(context.Request) || await PlainForm.ReadAsync(context.Request) is not { } form
            || form["idioma"].ToString() is var language && !company.Languages.Contains(language))
        {
            return Results.BadRequest();
        }

        LanguageChoice.Remember(context.Response, language, options);
        if (context.User.PersonId() is { } id)
        {
            await db.InTransactionAsync(() => db.Users.Where(p => p.Id == id).ExecuteUpdateAsync(set => set.SetProperty(p => p.Language, language)), context.RequestAborted);
        }

        return Results.LocalRedirect(LocalAddress.OrHome(form["volver"]));
    }).DisableAntiforgery();
}
