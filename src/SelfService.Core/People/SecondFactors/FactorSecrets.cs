using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;

namespace SelfService.Core.People.SecondFactors;

/// <summary>
/// What is kept of a person's second factors, in Identity's table of tokens: the key of her app, encrypted; the last step whose
/// code was used; the hashes of her recovery codes.
/// </summary>
public sealed class FactorSecrets(PortalDbContext db, IPersonalDataProtector protector, TimeProvider clock)
{
    private const string Provider = "SelfService";
    private const string AppKey = "AppKey";
    private const string AppStep = "AppStep";
    private const string Codes = "RecoveryCodes";
    private const char Separator = ' ';

    /// <summary>Whether the app shows this code now. A code is good once, also for two who send it together.</summary>
    public async Task<bool> UseCodeAsync(Guid personId, string? typed, CancellationToken cancel = default)
    {
        if (await ReadAsync(personId, AppKey, cancel) is not { } kept || Open(kept) is not { } key || TimeCode.Match(key, typed, clock.GetUtcNow()) is not { } step)
        {
            return false;
        }

        var written = Write(step);
        return await db.InTransactionAsync(() => Of(personId, AppStep).Where(t => string.Compare(t.Value, written) < 0)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.Value, written), cancel), cancel) == 1;
    }

    /// <summary>Whether this is one of the person's recovery codes. It is good once, also for two who send it together.</summary>
    public async Task<bool> UseRecoveryCodeAsync(Guid personId, string? typed, CancellationToken cancel = default)
    {
        if (RecoveryCode.HashOf(typed, personId) is not { } hash || await ReadAsync(personId, Codes, cancel) is not { } kept)
        {
            return false;
        }

        var left = string.Join(Separator, kept.Split(Separator).Where(h => h != hash));
        return left != kept && await db.InTransactionAsync(() => Of(personId, Codes).Where(t => t.Value == kept)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.Value, left), cancel), cancel) == 1;
    }

    /// <summary>Recovery codes that have not been used.</summary>
    public async Task<int> CountCodesAsync(Guid personId, CancellationToken cancel = default) =>
        (await ReadAsync(personId, Codes, cancel))?.Split(Separator, StringSplitOptions.RemoveEmptyEntries).Length ?? 0;

    /// <summary>Keeps the key of an app, whose code of a step has been seen. In the caller's transaction.</summary>
    internal async Task SetAppAsync(Guid personId, byte[] key, long step, CancellationToken cancel)
    {
        await Of(personId, AppKey, AppStep).ExecuteDeleteAsync(cancel);
        Add(personId, AppKey, protector.Protect(Convert.ToBase64String(key))!);
        Add(personId, AppStep, Write(step));
    }

    /// <summary>Makes new recovery codes in place of the old ones. In the caller's transaction.</summary>
    internal async Task<IReadOnlyList<string>> MakeCodesAsync(Guid personId, CancellationToken cancel)
    {
        var codes = RecoveryCode.Create();
        await Of(personId, Codes).ExecuteDeleteAsync(cancel);
        Add(personId, Codes, string.Join(Separator, codes.Select(code => RecoveryCode.HashOf(code, personId))));
        return codes;
    }

    /// <summary>Forgets the app and the recovery codes. In the caller's transaction.</summary>
    internal Task ForgetAsync(Guid personId, CancellationToken cancel) => Of(personId, AppKey, AppStep, Codes).ExecuteDeleteAsync(cancel);

    private IQueryable<IdentityUserToken<Guid>> Of(Guid personId, params string[] names) =>
        db.UserTokens.Where(t => t.UserId == personId && t.LoginProvider == Provider && names.Contains(t.Name));

    private Task<string?> ReadAsync(Guid personId, string name, CancellationToken cancel) => Of(personId, name).Select(t => t.Value).SingleOrDefaultAsync(cancel);

    private void Add(Guid personId, string name, string value) =>
        db.UserTokens.Add(new IdentityUserToken<Guid> { UserId = personId, LoginProvider = Provider, Name = name, Value = value });

    // Of one length, so that the database compares steps as texts.
    private static string Write(long step) => step.ToString("D12", CultureInfo.InvariantCulture);

    // Unreadable when the keys of the installation were lost; recovery codes still work then.
    private byte[]? Open(string kept)
    {
        try
        {
            return Convert.FromBase64String(protector.Unprotect(kept)!);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
