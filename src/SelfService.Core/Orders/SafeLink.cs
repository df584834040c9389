using SelfService.Core.Tickets;

namespace SelfService.Core.Orders;

/// <summary>An address outside the portal that customers are sent to: always with https, never with a name or password in it.</summary>
public static class SafeLink
{
    /// <summary>The address as it was typed; null when it is none, or not a safe one.</summary>
    /// <param name="most">Longest that is taken, in characters.</param>
    public static string? Read(string? typed, int most)
    {
        var text = PlainText.Line(typed);
        return text.Length <= most && !text.Contains(' ') && Uri.TryCreate(text, UriKind.Absolute, out var address)
            && address.Scheme == Uri.UriSchemeHttps && address.Host.Contains('.') && address.UserInfo.Length == 0 && address.AbsoluteUri.Length <= most
            ? address.AbsoluteUri
            : null;
    }
}
