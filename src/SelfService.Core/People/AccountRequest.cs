using Microsoft.AspNetCore.Identity;
using SelfService.Core.Jobs;
using SelfService.Core.Mail;
using SelfService.Core.Persistence;

namespace SelfService.Core.People;

/// <summary>
/// What somebody who is not signed in asks for an address. The page only writes it down; whether the address has an account is
/// found out by the job. So the answer takes the same time and has the same words for every address.
/// </summary>
/// <param name="Address">In the form of <see cref="EmailAddress.Parse"/>.</param>
/// <param name="Language">Language of who asked.</param>
public sealed record AccountRequest(string Address, string Language)
{
    /// <summary>Kind of the job that answers who wants an account.</summary>
    public const string Register = "register";

    /// <summary>Kind of the job that answers who wants a new password.</summary>
    public const string Reset = "reset";

    /// <summary>The job that answers it.</summary>
    /// <param name="kind"><see cref="Register"/> or <see cref="Reset"/>.</param>
    public Job ToJob(string kind, DateTime now) => Job.Of(kind, this, now);
}

/// <summary>A link to finish the registration, or the news that there is an account already.</summary>
public sealed class AnswerRegistration(PortalDbContext db, UserManager<Person> users, MailAllowance allowance, TimeProvider clock) : IJobHandler
{
    public string Kind => AccountRequest.Register;

    public async Task RunAsync(Job job, CancellationToken cancel)
    {
        var request = job.Read<AccountRequest>();
        var now = clock.GetUtcNow().UtcDateTime;
        var person = await users.FindByEmailAsync(request.Address);
        var mail = person is null
            ? new MailRequest(MailKind.ConfirmRegistration, request.Language) { To = request.Address }
            : new MailRequest(MailKind.AlreadyRegistered, person.Language ?? request.Language) { PersonId = person.Id };
        await db.HandOverAsync(job, allowance.Take(request.Address, now) ? mail.ToJob(now) : null, now, cancel);
    }
}

/// <summary>A link to a new password for who has an account, and nothing for who has none.</summary>
public sealed class AnswerReset(PortalDbContext db, UserManager<Person> users, MailAllowance allowance, TimeProvider clock) : IJobHandler
{
    public string Kind => AccountRequest.Reset;

    public async Task RunAsync(Job job, CancellationToken cancel)
    {
        var request = job.Read<AccountRequest>();
        var now = clock.GetUtcNow().UtcDateTime;
        var mail = await users.FindByEmailAsync(request.Address) is { } person && allowance.Take(request.Address, now)
            ? new MailRequest(MailKind.ResetPassword, person.Language ?? request.Language) { PersonId = person.Id }
            : null;
        await db.HandOverAsync(job, mail?.ToJob(now), now, cancel);
    }
}
