using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Web.Startup;

/// <summary>
/// The cases that a browser has opened with a key: a protected cookie with the ids of the keys. The secret itself was in the
/// link only; revoking a key closes the case in every browser it opened.
/// </summary>
public sealed class GuestCases(IDataProtectionProvider protection, SelfServiceOptions options, PortalDbContext db, VisitorsOf visitors, TimeProvider clock)
{
    private const int MaxKeys = 40;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    private readonly IDataProtector protector = protection.CreateProtector("SelfService.GuestCases");

    private string CookieName => PortalCookies.Name(PortalCookies.Cases, options.IsHttps);

    /// <summary>Who looks: the account, and the tickets this browser has opened with keys that are still good.</summary>
    public async Task<TicketViewer> ViewerAsync(HttpContext context, CancellationToken cancel)
    {
        var keys = Keys(context.Request);
        var opened = keys.Count == 0 ? [] : await db.TicketKeys.Good(Now()).Where(k => keys.Contains(k.Id)).Select(k => k.TicketId).Distinct().ToListAsync(cancel);
        return new TicketViewer(context.User.PersonId(), context.User.IsDesk(), opened);
    }

    /// <summary>
    /// Looks up the secret of a link and remembers its key. A case that an account has meanwhile gathered opens all the same:
    /// the secret proves the mailbox that the case was opened with, and revoking the key ends it.
    /// </summary>
    /// <returns>Whether the secret opens the ticket of that number.</returns>
    public async Task<bool> OpenAsync(HttpContext context, string number, string? secret, CancellationToken cancel)
    {
        if (TicketKey.HashOf(secret) is not { } hash)
        {
            return false;
        }

        var key = await db.TicketKeys.Good(Now()).Where(k => k.Hash == hash)
            .Join(db.Tickets.Where(t => t.Number == number), k => k.TicketId, t => t.Id, (k, t) => new { k.Id, t.CustomerId }).SingleOrDefaultAsync(cancel);
        if (key is null)
        {
            return false;
        }

        Remember(context, [key.Id]);
        await visitors.LinkAsync(context, key.CustomerId, cancel);
        return true;
    }

    /// <summary>This browser may open the tickets of the keys from now on. The oldest keys make room where there are too many.</summary>
    public void Remember(HttpContext context, IReadOnlyCollection<Guid> keyIds) => Keep(context, [.. Keys(context.Request).Concat(keyIds).Distinct().TakeLast(MaxKeys)]);

    /// <summary>
    /// Lets a browser in that has just opened these cases: whoever holds the form's key has written what is in them, and a guest has
    /// nothing else that would show them to her.
    /// </summary>
    public async Task LetInAsync(HttpContext context, IReadOnlyCollection<Guid> ticketIds, CancellationToken cancel)
    {
        var viewer = await ViewerAsync(context, cancel);
        var visible = await db.Tickets.VisibleTo(viewer).Where(t => ticketIds.Contains(t.Id)).Select(t => t.Id).ToListAsync(cancel);
        var keys = ticketIds.Except(visible).Select(id => TicketKey.Issue(id, Now()).Key).ToList();
        if (keys.Count > 0)
        {
            db.TicketKeys.AddRange(keys);
            await db.SaveChangesAsync(cancel);
            Remember(context, [.. keys.Select(k => k.Id)]);
        }
    }

    /// <summary>This browser no longer opens the ticket; the links to it stay good elsewhere.</summary>
    public async Task ForgetAsync(HttpContext context, Guid ticketId, CancellationToken cancel)
    {
        var keys = Keys(context.Request);
        var forgotten = await db.TicketKeys.Where(k => k.TicketId == ticketId && keys.Contains(k.Id)).Select(k => k.Id).ToListAsync(cancel);
        Keep(context, [.. keys.Except(forgotten)]);
    }

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;

    private void Keep(HttpContext context, IReadOnlyList<Guid> keys)
    {
        if (keys.Count == 0)
        {
            context.Response.Cookies.Delete(CookieName, new CookieOptions { Path = "/", Secure = options.IsHttps });
            return;
        }

        context.Response.Cookies.Append(CookieName, protector.Protect(string.Join(',', keys.Select(k => k.ToString("N")))), new CookieOptions
        {
            MaxAge = Lifetime,
            HttpOnly = true,
            IsEssential = true,
            Path = "/",
            SameSite = SameSiteMode.Lax,
            Secure = options.IsHttps,
        });
    }

    private List<Guid> Keys(HttpRequest request)
    {
        if (request.Cookies[CookieName] is not { Length: > 0 and < 4000 } cookie)
        {
            return [];
        }

        try
        {
            return [.. protector.Unprotect(cookie).Split(',').Select(k => Guid.ParseExact(k, "N"))];
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return [];
        }
    }
}
