using Microsoft.AspNetCore.Identity;
using SelfService.Core.Mail;
using SelfService.Core.Persistence;

namespace SelfService.Core.People;

/// <summary>
/// Writes down that a person wants another address, and mails to it. Whether that address has an account already is told to its
/// owner and not to who asks: the same is done and shown either way.
/// </summary>
public sealed class AskForAddress(PortalDbContext db, UserManager<Person> users, MailAllowance allowance, TimeProvider clock)
{
    /// <summary>Takes the wish; an earlier one is void from then on.</summary>
    /// <param name="address">In the form of <see cref="EmailAddress.Parse"/>.</param>
    public Task RunAsync(Guid personId, string address, string language, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var allowed = allowance.Take(address, now);
        return db.InTransactionAsync(
            async () =>
            {
                var person = await PersonLock.TakeAsync(db, personId, cancel);
                var other = await users.FindByEmailAsync(address);
                (person.NewEmail, person.ConcurrencyStamp) = (address, Guid.NewGuid().ToString());
                if (allowed)
                {
                    db.Jobs.Add((other is null
                        ? new MailRequest(MailKind.ConfirmNewAddress, person.Language ?? language) { PersonId = personId, To = address }
                        : new MailRequest(MailKind.AlreadyRegistered, other.Language ?? language) { PersonId = other.Id }).ToJob(now));
                }
            },
            cancel);
    }
}
