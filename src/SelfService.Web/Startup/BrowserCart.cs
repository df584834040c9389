using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using SelfService.Core.Orders;

namespace SelfService.Web.Startup;

/// <summary>
/// Whose cart a request means: a protected cookie knows the cart of a browser where nobody has signed in, and an account has its
/// own. Made up or of somebody else, the cookie opens nothing.
/// </summary>
public sealed class BrowserCart(IDataProtectionProvider protection, SelfServiceOptions options, Carts carts)
{
    private readonly IDataProtector protector = protection.CreateProtector("SelfService.Cart");

    private string CookieName => PortalCookies.Name(PortalCookies.Cart, options.IsHttps);

    /// <summary>Who holds the cart.</summary>
    public CartHolder Holder(HttpContext context) => new(context.User.PersonId(), Id(context.Request));

    /// <summary>Pieces in the cart of who asks; no question to the database where there cannot be any.</summary>
    public async Task<int> CountAsync(HttpContext context) =>
        Holder(context) is { PersonId: null, CartId: null } ? 0 : await carts.CountAsync(Holder(context), context.RequestAborted);

    /// <summary>The browser remembers the cart from now on, unless it is that of an account.</summary>
    public void Remember(HttpContext context, Guid cartId)
    {
        if (context.User.PersonId() is null)
        {
            context.Response.Cookies.Append(CookieName, protector.Protect(cartId.ToString("N")), new CookieOptions
            {
                MaxAge = Cart.Lifetime,
                HttpOnly = true,
                IsEssential = true,
                Path = "/",
                SameSite = SameSiteMode.Lax,
                Secure = options.IsHttps,
            });
        }
    }

    /// <summary>What the browser had becomes the cart of who signs in; signing out leaves it with her.</summary>
    public async Task GatherAsync(HttpContext context, Guid personId, CancellationToken cancel)
    {
        if (Id(context.Request) is { } cartId)
        {
            await carts.MergeAsync(cartId, personId, cancel);
            context.Response.Cookies.Delete(CookieName, new CookieOptions { Path = "/", Secure = options.IsHttps });
        }
    }

    private Guid? Id(HttpRequest request)
    {
        if (request.Cookies[CookieName] is not { Length: > 0 and < 1000 } cookie)
        {
            return null;
        }

        try
        {
            return Guid.ParseExact(protector.Unprotect(cookie), "N");
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
