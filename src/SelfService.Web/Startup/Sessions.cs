using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using SelfService.Core.People;
using SelfService.Core.People.SecondFactors;

namespace SelfService.Web.Startup;

/// <summary>Sessions: cookies that say how they were opened and when, and that end at a fixed moment however busy they are.</summary>
public static class Sessions
{
    /// <summary>Claim with the way a session was opened (RFC 8176).</summary>
    public const string MethodClaim = "amr";

    /// <summary>Value of <see cref="MethodClaim"/> for a session that was opened with more than a password.</summary>
    public const string TwoFactors = "mfa";

    /// <summary>Claim with the moment the person last showed who she is, in Unix seconds.</summary>
    public const string ProvedClaim = "auth_time";

    /// <summary>Claim that tells a session from every other.</summary>
    public const string IdClaim = "sid";

    /// <summary>How long a session of staff lasts, and one that is not to be kept.</summary>
    public static readonly TimeSpan WorkingDay = TimeSpan.FromHours(12);

    /// <summary>How long a customer's session lasts that is to be kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    // A stolen page is no account: changing factors asks again after this.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan StepLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Registers the cookies and what looks after them.</summary>
    public static void Add(IServiceCollection services, SelfServiceOptions options)
    {
        services.AddScoped<SignInAttempts>().AddScoped<EndSessions>().AddScoped<ChangeRoles>();
        services.AddScoped<FactorSecrets>().AddScoped<ChangeSecondFactor>();
        services.AddScoped<OpenSession>().AddScoped<EndSession>().AddScoped<ISecurityStampValidator, SessionValidator>().AddScoped<BrowserCart>().AddScoped<PendingSignIn>().AddScoped<PasswordCheck>().AddSingleton<OfferedKey>();
        services.AddSingleton<IPersonalDataProtector, SecretProtector>();
        services.AddSingleton<SecondFactorRule>().AddScoped<StaffRoles>();
        services.AddSingleton<IClaimsTransformation, StaffWithoutFactor>();
        services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            // Not the Host header, which anybody can write.
            passkeys.ServerDomain = new Uri(options.PublicUrl).Host;
            // A key that knows whose it is: nobody types an address to sign in with it.
            passkeys.ResidentKeyRequirement = "required";
        });
        services.Configure<SecurityStampValidatorOptions>(stamp =>
        {
            stamp.ValidationInterval = TimeSpan.FromMinutes(1);
            stamp.OnRefreshingPrincipal = refreshing =>
            {
                Carry(refreshing.CurrentPrincipal!, refreshing.NewPrincipal!);
                return Task.CompletedTask;
            };
        });
        services.ConfigureApplicationCookie(cookie => Configure(cookie, PortalCookies.Session, options));
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme, cookie =>
        {
            cookie.Cookie.Name = PortalCookies.Name(PortalCookies.Step, options.IsHttps);
            cookie.Cookie.SecurePolicy = PortalCookies.Secure(options.IsHttps);
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.ExpireTimeSpan = StepLifetime;
        });
        services.Configure<CookieTempDataProviderOptions>(once =>
        {
            once.Cookie.Name = PortalCookies.Name(PortalCookies.Once, options.IsHttps);
            once.Cookie.SecurePolicy = PortalCookies.Secure(options.IsHttps);
            once.Cookie.SameSite = SameSiteMode.Lax;
        });
    }

    /// <summary>Whether the session was opened with more than a password.</summary>
    public static bool HasTwoFactors(this ClaimsPrincipal person) => person.HasClaim(MethodClaim, TwoFactors);

    /// <summary>When the person last showed who she is; null where the session does not say.</summary>
    public static DateTimeOffset? ProvedAt(this ClaimsPrincipal person) =>
        long.TryParse(person.FindFirstValue(ProvedClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>Whether she did so a moment ago.</summary>
    public static bool IsFresh(this ClaimsPrincipal person, DateTimeOffset now) => person.ProvedAt() is { } proved && now - proved <= Fresh;

    /// <summary>Id of the session; null where it does not say.</summary>
    public static Guid? SessionId(this ClaimsPrincipal person) => Guid.TryParse(person.FindFirstValue(IdClaim), out var id) ? id : null;

    private static void Configure(CookieAuthenticationOptions cookie, string name, SelfServiceOptions options)
    {
        cookie.Cookie.Name = PortalCookies.Name(name, options.IsHttps);
        cookie.Cookie.SecurePolicy = PortalCookies.Secure(options.IsHttps);
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.ExpireTimeSpan = WorkingDay;
        cookie.SlidingExpiration = false;
        cookie.LoginPath = "/cuenta/entrar";
        cookie.LogoutPath = "/cuenta/salir";
        cookie.ReturnUrlParameter = "volver";
        // The sign-in page says where to go; the handler would put the address into a header as it came.
        cookie.Events.OnRedirectToReturnUrl = _ => Task.CompletedTask;
        cookie.Events.OnSigningIn = LanguageChoice.FollowAsync;
        cookie.Events.OnRedirectToAccessDenied = context =>
        {
            // Not allowed and not existing are the same 404, except for who only lacks the second factor.
            if (HttpMethods.IsGet(context.Request.Method) && context.HttpContext.User.HasClaim(StaffWithoutFactor.Claim, StaffWithoutFactor.Claim))
            {
                context.Response.Redirect("/cuenta/seguridad");
            }
            else
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
            }

            return Task.CompletedTask;
        };
    }

    // The account is read anew each minute; how this session was opened is known to its cookie only.
    private static void Carry(ClaimsPrincipal from, ClaimsPrincipal to) =>
        ((ClaimsIdentity)to.Identity!).AddClaims(from.Claims.Where(c => c.Type is MethodClaim or ProvedClaim or IdClaim));
}
