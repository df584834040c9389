using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace SelfService.Web.Startup;

/// <summary>
/// Keys of authenticator apps that are on offer and not yet taken: sealed into the form, for one person and a quarter of an hour,
/// so that looking at the page stores nothing.
/// </summary>
public sealed class OfferedKey(IDataProtectionProvider provider)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <summary>The key as the form carries it.</summary>
    public string Seal(byte[] key, Guid personId) => Protector(personId).Protect(Convert.ToBase64String(key), Lifetime);

    /// <summary>The key that was offered to this person; null when it was not, or too long ago.</summary>
    public byte[]? Open(string? offer, Guid personId)
    {
        try
        {
            return string.IsNullOrEmpty(offer) ? null : Convert.FromBase64String(Protector(personId).Unprotect(offer));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private ITimeLimitedDataProtector Protector(Guid personId) => provider.CreateProtector("SelfService.OfferedKey", personId.ToString("N")).ToTimeLimitedDataProtector();
}
