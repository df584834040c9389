using System.Security.Cryptography;
using System.Text.Json;
using SelfService.Core.Mail;
using SelfService.Core.People;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets;

/// <summary>Everything a new ticket is made of, already checked.</summary>
public sealed record TicketRequest
{
    /// <summary>Key of the form: sent twice, one ticket.</summary>
    public required Guid SubmissionKey { get; init; }

    public TicketKind Kind { get; init; } = TicketKind.Request;

    public Channel Channel { get; init; } = Channel.Portal;

    public TicketPriority Priority { get; init; } = TicketPriority.Normal;

    /// <summary>Key of the queue.</summary>
    public required string Queue { get; init; }

    /// <summary>Key of the policy.</summary>
    public required string Sla { get; init; }

    public required string Subject { get; init; }

    public string Form { get; init; } = "";

    public string FormTitle { get; init; } = "";

    /// <summary>First message of the thread; may be empty when the answers say it all.</summary>
    public string Message { get; init; } = "";

    public IReadOnlyList<TicketAnswer> Answers { get; init; } = [];

    public required Contact Contact { get; init; }

    /// <summary>The account that is signed in. Its address is confirmed, and is that of <see cref="Contact"/>.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>The browser it comes from; what it searched and read before goes along.</summary>
    public Guid? VisitorId { get; init; }

    /// <summary>Language of the page.</summary>
    public string Language { get; init; } = "es";

    /// <summary>Ids of files stored under <see cref="SubmissionKey"/>.</summary>
    public IReadOnlyList<Guid> Attachments { get; init; } = [];

    /// <summary>Who opens it; staff open tickets on behalf of who calls.</summary>
    public Actor Actor { get; init; } = Actor.Customer(null);

    /// <summary>Name of the member of staff who opens it, to stand beside what she wrote down; empty where the customer writes.</summary>
    public string StaffName { get; init; } = "";

    /// <summary>Whether it begins with waiting for an hour.</summary>
    internal bool IsWaiting { get; init; }

    /// <summary>The mail that confirms it.</summary>
    internal MailKind Confirmation => Kind switch
    {
        _ when IsWaiting => MailKind.WaitingJoined,
        TicketKind.Order => MailKind.OrderPlaced,
        TicketKind.Appointment => MailKind.AppointmentBooked,
        _ => MailKind.CaseOpened,
    };

    /// <summary>What is stored besides, as a text that is the same when the same form is sent again; empty for a request.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>SHA-256 of what a person would call the content.</summary>
    /// <param name="files">The files that go along: a form sent twice at once has stored each of them twice.</param>
    internal byte[] Hash(IEnumerable<(string Name, long Size)> files) => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        new { Kind, Form, Subject, Message, Answers, Contact, Files = files.Select(f => new { f.Name, f.Size }), Fingerprint = Fingerprint.Length > 0 ? Fingerprint : null }, JsonColumns.Options));
}
