using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Audit;
using SelfService.Core.Persistence;

namespace SelfService.Web.Startup;

/// <summary>
/// Says in the audit log when the portal starts with other settings than the last time: which ones are set, and a fingerprint
/// that changes with their values. The values stay where they are, and secrets are not even part of the fingerprint.
/// </summary>
public sealed class SettingsLog(PortalDbContext db, IConfiguration configuration, TimeProvider clock)
{
    private const int FingerprintLength = 12;
    private static readonly string[] SecretEndings = ["Password", "Passphrase", "Token"];

    /// <summary>Writes a line when something changed.</summary>
    public async Task WriteAsync(CancellationToken cancel)
    {
        var detail = Describe();
        var last = await db.AuditEntries.Where(e => e.Kind == AuditKind.SettingsChanged).OrderByDescending(e => e.At).Select(e => e.Detail).FirstOrDefaultAsync(cancel);
        if (last == detail)
        {
            return;
        }

        db.Audit(AuditKind.SettingsChanged, clock.GetUtcNow().UtcDateTime, actorId: null, detail: detail, via: "start");
        await db.SaveChangesAsync(cancel);
    }

    private static bool IsSecret(string key) => SecretEndings.Any(ending => key.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private string Describe()
    {
        var set = configuration.GetSection(SelfServiceOptions.Section).AsEnumerable(makePathsRelative: true)
            .Where(setting => setting.Value is not null).OrderBy(setting => setting.Key, StringComparer.Ordinal).ToList();
        var values = string.Join('\n', set.Where(setting => !IsSecret(setting.Key)).Select(setting => $"{setting.Key}={setting.Value}"));
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(values)))[..FingerprintLength];
        var detail = $"{fingerprint} {string.Join(", ", set.Select(setting => setting.Key))}".TrimEnd();
        return detail[..Math.Min(detail.Length, AuditEntry.DetailMaxLength)];
    }
}
