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

    /// <summary>What was ordered, what it costs and how to pay.</summary>
    OrderPlaced,

    /// <summary>A step of an order.</summary>
    OrderMoved,

    /// <summary>What was booked, when and where.</summary>
    AppointmentBooked,

    /// <summary>A step of an appointment.</summary>
    AppointmentMoved,

    /// <summary>An appointment is near.</summary>
    AppointmentReminder,

    /// <summary>An appointment is over: how did it go?</summary>
    AppointmentFollowUp,

    /// <summary>She is on the waiting list, and what she waits for.</summary>
    WaitingJoined,

    /// <summary>A step of the waiting list: an hour is offered, or not any more.</summary>
    WaitingMoved,

    /// <summary>Articles wait to be checked.</summary>
    ReviewDue,

    /// <summary>Something has happened to a ticket that a member of staff has to know.</summary>
    DeskNotice,

    /// <summary>An expert is asked something, or reminded of it.</summary>
    SideQuestion,

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

    /// <summary>The step of an order or appointment that it tells of.</summary>
    public Guid? EventId { get; init; }

    /// <summary>The calendar sequence of the appointment that it reminds of; one that has moved since is reminded of by others.</summary>
    public int? Sequence { get; init; }

    public Guid? PersonId { get; init; }

    /// <summary>The question to an expert that it brings.</summary>
    public Guid? SideQuestionId { get; init; }

    /// <summary>Address where it is neither the ticket's nor the person's; in the form of <see cref="People.EmailAddress.Parse"/>.</summary>
    public string? To { get; init; }

    /// <summary>The job that sends it. Its id is the mail's Message-ID.</summary>
    /// <param name="dueAt">When it leaves; null for at once.</param>
    public Job ToJob(DateTime now, DateTime? dueAt = null) => Job.Of(JobKind, this, now, dueAt);
}
