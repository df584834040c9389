using Microsoft.EntityFrameworkCore;
using SelfService.Core;
using SelfService.Core.Deflection;
using SelfService.Core.Persistence;

namespace SelfService.Web.Startup;

/// <summary>The random first-party id of a browser, given when it first does something worth linking.</summary>
public static class Visitor
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(395);

    /// <summary>The browser's id, when it has one and may be linked to what it did before.</summary>
    public static Guid? Known(HttpRequest request, bool https) =>
        !PrivacySignal.IsWanted(request) && Guid.TryParseExact(request.Cookies[PortalCookies.Name(PortalCookies.Visitor, https)], "N", out var known) ? known : null;

    /// <summary>The browser's id to write down what it does; null for who asked not to be followed.</summary>
    public static Guid? Followed(HttpContext context, bool https) => PrivacySignal.IsWanted(context.Request) ? null : Of(context, https);

    /// <summary>The browser's id; a new one is set on the answer when it has none.</summary>
    public static Guid Of(HttpContext context, bool https)
    {
        var name = PortalCookies.Name(PortalCookies.Visitor, https);
        if (Guid.TryParseExact(context.Request.Cookies[name], "N", out var known))
        {
            return known;
        }

        // In order of time, so that what new visitors do is stored side by side.
        var visitor = OrderedId.New();
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

/// <summary>
/// Joins a browser to the customer it turned out to be: she signed in, or opened her case by its link. What it did before is hers too,
/// and the days concerned are decided again.
/// </summary>
public sealed partial class VisitorsOf(PortalDbContext db, SelfServiceOptions options, TimeProvider clock, ILogger<VisitorsOf> logger)
{
    /// <summary>Joins it to the customer of an account; nothing where she has none yet, or asked not to be followed.</summary>
    public async Task LinkPersonAsync(HttpContext context, Guid personId, CancellationToken cancel)
    {
        if (Visitor.Known(context.Request, options.IsHttps) is not null
            && await db.Customers.Where(c => c.PersonId == personId).Select(c => (Guid?)c.Id).SingleOrDefaultAsync(cancel) is { } customer)
        {
            await LinkAsync(context, customer, cancel);
        }
    }

    /// <summary>Joins it to a customer. That it cannot be written keeps nobody from her case.</summary>
    public async Task LinkAsync(HttpContext context, Guid customerId, CancellationToken cancel)
    {
        if (Visitor.Known(context.Request, options.IsHttps) is not { } visitor)
        {
            return;
        }

        try
        {
            await db.InTransactionAsync(() => db.LinkVisitorAsync(visitor, customerId, clock.GetUtcNow().UtcDateTime, cancel), cancel);
        }
        catch (Exception exception) when (!cancel.IsCancellationRequested)
        {
            Failed(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A browser was not joined to its customer")]
    private partial void Failed(Exception exception);
}
