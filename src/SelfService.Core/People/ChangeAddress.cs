using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Audit;
using SelfService.Core.Mail;
using SelfService.Core.Persistence;

namespace SelfService.Core.People;

/// <summary>Gives an account the address that its owner has confirmed, and that address's cases.</summary>
public sealed class ChangeAddress(PortalDbContext db, UserManager<Person> users, GatherCases gather, TimeProvider clock)
{
    /// <summary>Changes it. Links to a new password that were sent to the old address end here, as do other sessions.</summary>
    /// <param name="personId">Who is signed in.</param>
    /// <param name="token">From the link that went to the new address.</param>
    /// <param name="language">Language of the mail to the old one, where the person has chosen none.</param>
    /// <returns>False when the link is not good (any more), or the address has become somebody else's.</returns>
    public Task<bool> RunAsync(Guid personId, string token, string language, CancellationToken cancel) =>
        db.RetriedAsync(() => db.InTransactionAsync(() => ChangeAsync(personId, token, language, cancel), cancel));

    private async Task<bool> ChangeAsync(Guid personId, string token, string language, CancellationToken cancel)
    {
        var person = await PersonLock.FindAsync(db, personId, cancel);
        // The token is checked against the very address that is then set: another wish in between makes it void.
        if (person is not { NewEmail: { } address, Email: { } before } || !await users.VerifyUserTokenAsync(
            person, users.Options.Tokens.ChangeEmailTokenProvider, UserManager<Person>.GetChangeEmailTokenPurpose(address), token))
        {
            return false;
        }

        if (await users.FindByEmailAsync(address) is not null)
        {
            return false;
        }

        (person.Email, person.UserName, person.NewEmail, person.EmailConfirmed) = (address, address, null, true);
        if (!(await users.UpdateSecurityStampAsync(person)).Succeeded)
        {
            // Refused is not half done: what was set above must not be stored with the transaction.
            db.ChangeTracker.Clear();
            return false;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var customer = await gather.RunAsync(person, now, cancel);
        await db.Tickets.Where(t => t.CustomerId == customer.Id && t.ContactEmail == before)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.ContactEmail, address), cancel);
        db.Jobs.Add(new MailRequest(MailKind.AddressChanged, person.Language ?? language) { PersonId = person.Id, To = before }.ToJob(now));
        db.Audit(AuditKind.EmailChanged, now, person.Id);
        return true;
    }
}
