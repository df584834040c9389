using Microsoft.AspNetCore.Identity;
using SelfService.Core.Audit;
using SelfService.Core.Mail;
using SelfService.Core.Persistence;

namespace SelfService.Core.People;

/// <summary>
/// Gives an account another password. Every session and every link to a new password ends with it, and the person is told by mail,
/// so that she learns of it when it was not she.
/// </summary>
public sealed class ChangePassword(PortalDbContext db, UserManager<Person> users, TimeProvider clock)
{
    /// <summary>Code of the problem when the link is not good, or no longer.</summary>
    public const string SpentLink = nameof(IdentityErrorDescriber.InvalidToken);

    /// <summary>Code of the problem when the current password is another one.</summary>
    public const string WrongPassword = nameof(IdentityErrorDescriber.PasswordMismatch);

    /// <summary>By who has the link of a mail and does not know the password. Whoever was locked out may try again.</summary>
    /// <returns>Codes of what is wrong; empty when it changed.</returns>
    public Task<IReadOnlyList<string>> ByLinkAsync(Guid personId, string token, string password, string language, CancellationToken cancel) => ChangeAsync(
        personId,
        person =>
        {
            (person.AccessFailedCount, person.LockoutEnd) = (0, null);
            return users.ResetPasswordAsync(person, token, password);
        },
        "link", language, cancel);

    /// <summary>By who knows the current one.</summary>
    /// <returns>Codes of what is wrong; empty when it changed.</returns>
    public Task<IReadOnlyList<string>> ByPasswordAsync(Guid personId, string current, string password, string language, CancellationToken cancel) =>
        ChangeAsync(personId, person => users.ChangePasswordAsync(person, current, password), "password", language, cancel);

    private Task<IReadOnlyList<string>> ChangeAsync(Guid personId, Func<Person, Task<IdentityResult>> change, string detail, string language, CancellationToken cancel) =>
        db.InTransactionAsync<IReadOnlyList<string>>(
            async () =>
            {
                if (await PersonLock.FindAsync(db, personId, cancel) is not { } person)
                {
                    return [SpentLink];
                }

                var changed = await change(person);
                if (!changed.Succeeded)
                {
                    // Refused is not half done.
                    db.ChangeTracker.Clear();
                    return [.. changed.Errors.Select(e => e.Code)];
                }

                var now = clock.GetUtcNow().UtcDateTime;
                db.Jobs.Add(new MailRequest(MailKind.PasswordChanged, person.Language ?? language) { PersonId = personId }.ToJob(now));
                db.Audit(AuditKind.PasswordChanged, now, detail == "link" ? null : personId, personId, detail);
                return [];
            },
            cancel);
}
