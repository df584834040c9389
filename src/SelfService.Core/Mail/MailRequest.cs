using SelfService.Core.Jobs;

namespace SelfService.Core.Mail;

/// <summary>Every mail the portal sends. The words of each are templates of the web project.</summary>
public enum MailKind
{
    CaseOpened,
    CaseAnswered,
    CasePromised,
    CaseSolved,
    CaseClosed,
    CaseReopened,

    /// <summary>A new link to a case, asked for by number and address.</summary>
    CaseLink,

    ConfirmRegistration,
    AlreadyRegistered,
    ResetPassword,
    ConfirmNewAddress,
    AddressChanged,
    PasswordChanged,
    SecondFactorChanged,
    AccountDeleted,
}

/// <summary>
/// A mail to be written and sent by a job. It names what the mail is about and holds none of its words: links with keys and
/// tokens are made when it is sent, so that none of them lies in the database.
/// </summary>
/// <param name="Kind">Which mail.</param>
/// <param name="Language">Language of the person it goes to.</param>
public sealed record MailRequest(MailKind Kind, string Language)
{
    /// <summary>Kind of the job.</summary>
    public const string JobKind = "mail";

    public Guid? TicketId { get; init; }

    public Guid? MessageId { get; init; }

    public Guid? PersonId { get; init; }

    /// <summary>Address where it is neither the ticket's nor the person's; in the form of <see cref="People.EmailAddress.Parse"/>.</summary>
    public string? To { get; init; }

    /// <summary>The job that sends it. Its id is the mail's Message-ID.</summary>
    public Job ToJob(DateTime now) => Job.Of(JobKind, this, now);
}

/// <summary>A mail as it leaves.</summary>
/// <param name="MessageId">Without angle brackets; the same at every attempt.</param>
/// <param name="Headers">Further headers, each of one line.</param>
public sealed record OutgoingMail(string MessageId, string To, string Subject, string Text, string Html, IReadOnlyDictionary<string, string> Headers);

/// <summary>A way for mail to leave: SMTP, or files in Development.</summary>
public interface IMailTransport
{
    /// <summary>Hands the mail over.</summary>
    /// <exception cref="JobException">It could not be handed over; it may be tried again.</exception>
    Task SendAsync(OutgoingMail mail, CancellationToken cancel);
}
