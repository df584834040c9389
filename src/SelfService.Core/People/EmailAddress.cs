namespace SelfService.Core.People;

/// <summary>E-mail addresses as people type them.</summary>
public static class EmailAddress
{
    /// <summary>Longest address, in characters (RFC 5321, 4.5.3.1.3, less the angle brackets).</summary>
    public const int MaxLength = 254;

    private const int LocalMaxLength = 64;

    /// <summary>
    /// The address in the one form it is kept and compared in: trimmed, without invisible characters, in lower case. Quoted
    /// local parts and addresses without a domain of two labels are not taken: no customer has one, and headers break on them.
    /// </summary>
    /// <returns>Null when it is not an address.</returns>
    public static string? Parse(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed) || typed.Length > 4 * MaxLength)
        {
            return null;
        }

        var address = TypedText.Clean(typed).ToLowerInvariant();
        var at = address.IndexOf('@');
        return address.Length <= MaxLength && at is > 0 and <= LocalMaxLength && IsLocal(address[..at]) && IsDomain(address[(at + 1)..]) ? address : null;
    }

    private static bool IsLocal(string local) =>
        local.All(c => char.IsLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~.".Contains(c))
        && local[0] != '.' && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal);

    private static bool IsDomain(string domain)
    {
        var labels = domain.Split('.');
        return labels.Length >= 2 && labels[^1].Length >= 2
            && labels.All(label => label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsLetterOrDigit(c) || c == '-'));
    }
}
