namespace SelfService.Web.Startup;

/// <summary>Names of the portal's cookies. Over HTTPS they carry the prefix that ties them to this host and to HTTPS.</summary>
public static class PortalCookies
{
    private const string Prefix = "__Host-";

    /// <summary>The random visitor; the only cookie that leaves cached pages usable.</summary>
    public const string Visitor = "visita";

    /// <summary>Choice of language.</summary>
    public const string Language = "idioma";

    /// <summary>Choice of country.</summary>
    public const string Country = "pais";

    /// <summary>Signed-in person.</summary>
    public const string Session = "sesion";

    /// <summary>Antiforgery.</summary>
    public const string Safety = "seguro";

    /// <summary>Cases opened without an account.</summary>
    public const string Cases = "casos";

    /// <summary>A sign-in that waits for its second factor, or a passkey that is being asked for.</summary>
    public const string Step = "paso";

    /// <summary>What the next page shows once.</summary>
    public const string Once = "aviso";

    /// <summary>What somebody without an account wants to order.</summary>
    public const string Cart = "carrito";

    private static readonly string[] All = [Visitor, Language, Country, Session, Safety, Cases, Step, Once, Cart];

    /// <summary>Full name of a cookie.</summary>
    public static string Name(string cookie, bool https) => https ? Prefix + cookie : cookie;

    /// <summary>Policy for the <c>Secure</c> attribute.</summary>
    public static CookieSecurePolicy Secure(bool https) => https ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;

    /// <summary>Whether a request brings any of our cookies except the visitor's; its answer may then be personal.</summary>
    public static bool ArePersonal(IRequestCookieCollection cookies) =>
        cookies.Keys.Any(name => Strip(name) is var plain && plain != Visitor && (All.Contains(plain) || plain.StartsWith("Identity", StringComparison.Ordinal)));

    private static string Strip(string name) => name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
}
