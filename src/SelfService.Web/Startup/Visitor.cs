namespace SelfService.Web.Startup;

/// <summary>The random first-party id of a browser, given when it first does something worth linking.</summary>
public static class Visitor
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(395);

    /// <summary>The browser's id, when it has one and may be linked to what it did before.</summary>
    public static Guid? Known(HttpRequest request, bool https) =>
        !Privacy.IsWanted(request) && Guid.TryParseExact(request.Cookies[PortalCookies.Name(PortalCookies.Visitor, https)], "N", out var known) ? known : null;

    /// <summary>The browser's id; a new one is set on the answer when it has none.</summary>
    public static Guid Of(HttpContext context, bool https)
    {
        var name = PortalCookies.Name(PortalCookies.Visitor, https);
        if (Guid.TryParseExact(context.Request.Cookies[name], "N", out var known))
        {
            return known;
        }

        var visitor = Guid.NewGuid();
        context.Response.Cookies.Append(name, visitor.ToString("N"), new CookieOptions
        {
            MaxAge = Lifetime,
            HttpOnly = true,
            IsEssential = true,
            Path = "/",
            SameSite = SameSiteMode.Lax,
            Secure = https,
        });
        return visitor;
    }
}
