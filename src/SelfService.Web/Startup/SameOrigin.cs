namespace SelfService.Web.Startup;

/// <summary>
/// Guard of the few forms that stand on cached pages and so carry no token: the browser itself says where they come from.
/// </summary>
public static class SameOrigin
{
    /// <summary>Whether the browser says that a page of this site sent the request.</summary>
    public static bool Allows(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ } site])
        {
            return site is "same-origin" or "none";
        }

        return request.Headers.Origin is [{ } origin]
            && Uri.TryCreate(origin, UriKind.Absolute, out var from)
            && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>Addresses to go back to, as they come from forms.</summary>
public static class LocalAddress
{
    /// <summary>The address when it is a path of this site; the home page otherwise.</summary>
    public static string OrHome(string? address) =>
        address is { Length: > 0 and <= 2000 } && address[0] == '/' && (address.Length == 1 || (address[1] != '/' && address[1] != '\\'))
            && !address.Any(char.IsControl)
            ? Ascii(address)
            : "/";

    // A header holds no accents; the same address with them written as %C3%B1 does.
    private static string Ascii(string address) =>
        string.Concat(address.EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));
}
