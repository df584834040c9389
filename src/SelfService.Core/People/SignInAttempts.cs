using Microsoft.EntityFrameworkCore;
using SelfService.Core.Audit;
using SelfService.Core.Persistence;

namespace SelfService.Core.People;

/// <summary>
/// Guesses at passwords and codes. Each is counted before it is looked at, by one conditional update, so that guesses sent at once
/// do not outrun the lock-out; every fifth one without a success locks the account, each time for longer. An attempt costs the
/// same writes whether the account exists, is locked or is nobody's.
/// </summary>
public sealed class SignInAttempts(PortalDbContext db, TimeProvider clock)
{
    /// <summary>Attempts between two locks.</summary>
    public const int PerLock = 5;

    /// <summary>How long the first, second, … lock holds; the last one for all that follow.</summary>
    public static readonly IReadOnlyList<TimeSpan> Locks = [.. new[] { 5, 10, 20, 40, 60 }.Select(minutes => TimeSpan.FromMinutes(minutes))];

    /// <summary>Counts one attempt.</summary>
    /// <param name="personId">Null for an address that nobody has.</param>
    /// <returns>Whether what was given may be looked at; false while the account is locked.</returns>
    public Task<bool> CountAsync(Guid? personId, CancellationToken cancel = default) => db.InTransactionAsync(async () =>
    {
        var now = clock.GetUtcNow();
        DateTimeOffset first = now + Locks[0], second = now + Locks[1], third = now + Locks[2], fourth = now + Locks[3], last = now + Locks[4];
        var counted = await db.Users.Where(p => p.Id == (personId ?? Guid.Empty) && (p.LockoutEnd == null || p.LockoutEnd <= now)).ExecuteUpdateAsync(
            set => set.SetProperty(p => p.AccessFailedCount, p => p.AccessFailedCount + 1).SetProperty(
                p => p.LockoutEnd,
                p => (p.AccessFailedCount + 1) % PerLock != 0 ? p.LockoutEnd
                    : p.AccessFailedCount < PerLock ? first
                    : p.AccessFailedCount < 2 * PerLock ? second
                    : p.AccessFailedCount < 3 * PerLock ? third
                    : p.AccessFailedCount < 4 * PerLock ? fourth
                    : last),
            cancel);
        if (counted == 0)
        {
            // The write that counting would have been: a stranger measures the same for an account, a locked one and none.
            await db.NextAsync("refused-attempts", cancel);
        }

        return counted > 0;
    }, cancel);

    /// <summary>The password was right and a second factor is still to come: this attempt was no guess, the earlier ones stay counted.</summary>
    public Task TakeBackAsync(Guid personId, CancellationToken cancel = default) => db.InTransactionAsync(() =>
        db.Users.Where(p => p.Id == personId && p.AccessFailedCount > 0).ExecuteUpdateAsync(
            set => set.SetProperty(p => p.AccessFailedCount, p => p.AccessFailedCount - 1)
                .SetProperty(p => p.LockoutEnd, p => p.AccessFailedCount % PerLock == 0 ? null : p.LockoutEnd),
            cancel), cancel);

    /// <summary>Who she is has been shown: the count starts anew, and the audit log says how she came in.</summary>
    public Task SucceedAsync(Guid personId, string how, CancellationToken cancel = default) => db.InTransactionAsync(async () =>
    {
        await ForgetAsync(personId, cancel);
        db.Audit(AuditKind.SignedIn, Now, personId, detail: how);
    }, cancel);

    /// <summary>Says in the audit log what was refused. For an address that nobody has there is no subject.</summary>
    public async Task FailAsync(Guid? personId, string how, CancellationToken cancel = default)
    {
        db.Audit(AuditKind.SignInFailed, Now, actorId: null, personId, how);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Somebody who already is inside gave her password or code again.</summary>
    public Task ConfirmAsync(Guid personId, CancellationToken cancel = default) => db.InTransactionAsync(() => ForgetAsync(personId, cancel), cancel);

    /// <summary>Lets a locked account in again, for an administrator.</summary>
    public Task UnlockAsync(Guid personId, Guid actorId, CancellationToken cancel = default) => db.InTransactionAsync(async () =>
    {
        if (await ForgetAsync(personId, cancel) > 0)
        {
            db.Audit(AuditKind.Unlocked, Now, actorId, personId);
        }
    }, cancel);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private Task<int> ForgetAsync(Guid personId, CancellationToken cancel) => db.Users.Where(p => p.Id == personId).ExecuteUpdateAsync(
        set => set.SetProperty(p => p.AccessFailedCount, 0).SetProperty(p => p.LockoutEnd, (DateTimeOffset?)null), cancel);
}
