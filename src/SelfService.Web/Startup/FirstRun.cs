using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using SelfService.Core.People;

namespace SelfService.Web.Startup;

/// <summary>
/// The key to the page that makes the first administrator. It stands in the log of whoever started the portal, is good on every node
/// for a day, and opens nothing once there is an administrator.
/// </summary>
public sealed partial class FirstRun(IDataProtectionProvider protection, SelfServiceOptions options, ILogger<FirstRun> logger)
{
    /// <summary>Where the page is.</summary>
    public const string Address = "/instalar";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("SelfService.FirstRun").ToTimeLimitedDataProtector();

    /// <summary>Writes the link into the log while there is no administrator.</summary>
    public async Task AnnounceAsync(FirstAdministrator administrator, CancellationToken cancel)
    {
        if (await administrator.IsMissingAsync(cancel))
        {
            NoAdministrator($"{options.PublicUrl}{Address}?clave={Key()}");
        }
    }

    /// <summary>A new key.</summary>
    public string Key() => protector.Protect("administrator", Lifetime);

    /// <summary>Whether the key is one of ours and not too old.</summary>
    public bool IsGood(string? key)
    {
        if (key is not { Length: > 0 and <= AccountLinks.KeyMaxLength })
        {
            return false;
        }

        try
        {
            protector.Unprotect(key);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "There is no administrator yet. Whoever opens this link within a day becomes the first one: {Link}")]
    private partial void NoAdministrator(string link);
}
