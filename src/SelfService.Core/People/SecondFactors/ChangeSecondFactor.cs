using Microsoft.AspNetCore.Identity;
using SelfService.Core.Audit;
using SelfService.Core.Company;
using SelfService.Core.Mail;
using SelfService.Core.Persistence;

namespace SelfService.Core.People.SecondFactors;

/// <summary>
/// Adds and removes what a person shows besides her password. Every change ends the sessions opened before it, tells her by mail
/// and is written in the audit log, all in one transaction.
/// </summary>
public sealed class ChangeSecondFactor(PortalDbContext db, UserManager<Person> users, FactorSecrets secrets, CompanyProfile company, TimeProvider clock)
{
    /// <summary>Most passkeys of one person.</summary>
    public const int MaxPasskeys = 10;

    /// <summary>Longest name of a passkey, in characters.</summary>
    public const int PasskeyNameMaxLength = 60;

    /// <summary>Takes an app whose code of a step has been seen, in place of an earlier one.</summary>
    /// <returns>New recovery codes, to be shown once.</returns>
    public Task<IReadOnlyList<string>> AddAppAsync(Guid personId, byte[] key, long step, CancellationToken cancel = default) => ChangeAsync(personId, personId, async person =>
    {
        person.TwoFactorEnabled = true;
        await secrets.SetAppAsync(personId, key, step, cancel);
        db.Audit(AuditKind.SecondFactorAdded, Now, personId, detail: "app");
        return await secrets.MakeCodesAsync(personId, cancel);
    }, cancel);

    /// <summary>Removes the app and the recovery codes that stand in for it.</summary>
    /// <param name="mayBeLast">Whether the person may be left without any second factor.</param>
    /// <exception cref="LastFactorException">She may not, and this is the last.</exception>
    public Task RemoveAppAsync(Guid personId, bool mayBeLast, CancellationToken cancel = default) => ChangeAsync(personId, personId, async person =>
    {
        if (!mayBeLast && (await users.GetPasskeysAsync(person)).Count == 0)
        {
            throw new LastFactorException();
        }

        person.TwoFactorEnabled = false;
        await secrets.ForgetAsync(personId, cancel);
        db.Audit(AuditKind.SecondFactorRemoved, Now, personId, detail: "app");
        return true;
    }, cancel);

    /// <summary>Takes a passkey.</summary>
    /// <returns>False when she has as many as anybody may.</returns>
    public Task<bool> AddPasskeyAsync(Guid personId, UserPasskeyInfo passkey, CancellationToken cancel = default) => ChangeAsync(personId, personId, async person =>
    {
        if ((await users.GetPasskeysAsync(person)).Count >= MaxPasskeys)
        {
            return false;
        }

        Require(await users.AddOrUpdatePasskeyAsync(person, passkey));
        db.Audit(AuditKind.SecondFactorAdded, Now, personId, detail: "passkey");
        return true;
    }, cancel);

    /// <summary>Removes a passkey.</summary>
    /// <returns>False when she has no such one.</returns>
    /// <inheritdoc cref="RemoveAppAsync"/>
    public Task<bool> RemovePasskeyAsync(Guid personId, byte[] credentialId, bool mayBeLast, CancellationToken cancel = default) => ChangeAsync(personId, personId, async person =>
    {
        var passkeys = await users.GetPasskeysAsync(person);
        if (!passkeys.Any(p => p.CredentialId.AsSpan().SequenceEqual(credentialId)))
        {
            return false;
        }

        if (!mayBeLast && !person.TwoFactorEnabled && passkeys.Count == 1)
        {
            throw new LastFactorException();
        }

        Require(await users.RemovePasskeyAsync(person, credentialId));
        db.Audit(AuditKind.SecondFactorRemoved, Now, personId, detail: "passkey");
        return true;
    }, cancel);

    /// <summary>Makes new recovery codes; the old ones are worth nothing from then on.</summary>
    /// <returns>The codes, to be shown once; empty when she has no app they could stand in for.</returns>
    public Task<IReadOnlyList<string>> MakeCodesAsync(Guid personId, CancellationToken cancel = default) => ChangeAsync<IReadOnlyList<string>>(personId, personId, async person =>
    {
        if (!person.TwoFactorEnabled)
        {
            return [];
        }

        db.Audit(AuditKind.RecoveryCodesMade, Now, personId);
        return await secrets.MakeCodesAsync(personId, cancel);
    }, cancel);

    /// <summary>Removes everything of somebody who has lost it, for an administrator.</summary>
    /// <returns>False when there was nothing.</returns>
    public Task<bool> RemoveAllAsync(Guid personId, Guid actorId, CancellationToken cancel = default) => ChangeAsync(personId, actorId, async person =>
    {
        var passkeys = await users.GetPasskeysAsync(person);
        if (passkeys.Count == 0 && !person.TwoFactorEnabled)
        {
            return false;
        }

        foreach (var passkey in passkeys)
        {
            Require(await users.RemovePasskeyAsync(person, passkey.CredentialId));
        }

        person.TwoFactorEnabled = false;
        await secrets.ForgetAsync(personId, cancel);
        db.Audit(AuditKind.SecondFactorRemoved, Now, actorId, personId, "all");
        return true;
    }, cancel);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    // What changes nothing returns false or nothing, and then ends no session and sends no mail.
    private Task<T> ChangeAsync<T>(Guid personId, Guid actorId, Func<Person, Task<T>> change, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        var person = await PersonLock.TakeAsync(db, personId, cancel);
        var result = await change(person);
        if (result is not (false or IReadOnlyList<string> { Count: 0 }))
        {
            person.EndSessions();
            db.Jobs.Add(new MailRequest(MailKind.SecondFactorChanged, person.Language ?? company.Locale[..2]) { PersonId = personId }.ToJob(Now));
        }

        return result;
    }, cancel);

    private static void Require(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException(string.Join(" ", result.Errors.Select(e => e.Code)));
        }
    }
}

/// <summary>Somebody who needs a second factor may not be left without one.</summary>
public sealed class LastFactorException : Exception;
