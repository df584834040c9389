using SelfService.Core.People;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets;

/// <summary>
/// Something a customer asked for, of any kind and by any channel. As long as it is not solved or closed it has a queue, a next
/// step and a date; the database refuses one without. Changes are methods with the actor and the moment; each writes history.
/// </summary>
public sealed partial class Ticket : IVersioned
{
    public const int SubjectMaxLength = 200;
    public const int KeyMaxLength = 60;
    public const int RatingCommentMaxLength = 1000;
    public const int SearchTextMaxLength = 8000;
    public const int SearchStemsMaxLength = 8000;
    public const int ContactTextMaxLength = Person.NameMaxLength + EmailAddress.MaxLength + Contact.PhoneMaxLength + 50;

    private Ticket()
    {
    }

    public Guid Id { get; private init; } = OrderedId.New();

    /// <summary>Number to say and to write, see <see cref="TicketNumber"/>.</summary>
    public string Number { get; private init; } = "";

    public TicketKind Kind { get; private init; }

    public TicketStatus Status { get; private set; }

    public TicketPriority Priority { get; private set; }

    public Channel Channel { get; private init; }

    /// <summary>Key of the queue that answers for it.</summary>
    public string Queue { get; private set; } = "";

    /// <summary>Key of the policy that its dates come from.</summary>
    public string Sla { get; private set; } = "";

    /// <summary>The agent who answers for it; null while only the queue does.</summary>
    public Guid? OwnerId { get; private set; }

    public string Subject { get; private set; } = "";

    /// <summary>Slug of the form it came through; empty for other ways.</summary>
    public string Form { get; private init; } = "";

    /// <summary>Title of that form as it stood.</summary>
    public string FormTitle { get; private init; } = "";

    public Guid CustomerId { get; set; }

    public Customer Customer { get; private init; } = null!;

    public string ContactName { get; private set; } = "";

    /// <summary>Address that mail about this ticket goes to.</summary>
    public string? ContactEmail { get; private set; }

    /// <summary>Telephone in E.164.</summary>
    public string? ContactPhone { get; private set; }

    /// <summary>The account that was signed in when it was opened. Only then do mails quote what the customer wrote.</summary>
    public Guid? OpenedById { get; private set; }

    /// <summary>Language the customer was reading.</summary>
    public string Language { get; private init; } = "es";

    public IReadOnlyList<TicketAnswer> Answers { get; private set; } = [];

    /// <summary>What the visitor searched and read before, oldest first.</summary>
    public IReadOnlyList<TrailStep> Trail { get; private set; } = [];

    public DateTime OpenedAt { get; private init; }

    /// <summary>Last time anything public happened.</summary>
    public DateTime UpdatedAt { get; private set; }

    public DateTime? FirstRespondedAt { get; private set; }

    /// <summary>When it was last solved, or closed without having been solved.</summary>
    public DateTime? EndedAt { get; private set; }

    /// <summary>Until when the customer may reopen it.</summary>
    public DateTime? ReopenUntil { get; private set; }

    /// <summary>When its date passed without anybody acting; taken back by the next commitment.</summary>
    public DateTime? EscalatedAt { get; private set; }

    public NextStep? NextStep { get; private set; }

    /// <summary>Words of the agent who promised; empty for the steps that need none.</summary>
    public string NextStepText { get; private set; } = "";

    /// <summary>By when the next step happens; null only when nothing more is owed.</summary>
    public DateTime? DueAt { get; private set; }

    /// <summary>Whether its order or appointment still owes something to somebody. Until then it cannot end.</summary>
    public bool HasOpenRecord { get; private set; }

    /// <summary>1 (bad) to 5 (good), as the customer rated it; null until then.</summary>
    public int? Rating { get; private set; }

    public string RatingComment { get; private set; } = "";

    public DateTime? RatedAt { get; private set; }

    /// <summary>Key of the form that opened it: sent twice, it opens one ticket.</summary>
    public Guid SubmissionKey { get; private init; }

    /// <summary>SHA-256 of what was sent, to tell the same form sent again from another one sent with its key.</summary>
    public byte[] SubmissionHash { get; private init; } = [];

    /// <summary>Subject, answers and public messages, folded for a search inside one's own cases.</summary>
    public string SearchText { get; private set; } = "";

    /// <summary>The stems of the words in <see cref="SearchText"/>, each once and between spaces: words are found in their other forms.</summary>
    public string SearchStems { get; private set; } = " ";

    /// <summary>Name, address and telephone of who asked, folded, for the desk's search. Customers' own searches do not look here.</summary>
    public string ContactText { get; private set; } = "";

    /// <summary>When the customer was first asked how it went; null until then.</summary>
    public DateTime? AskedToRateAt { get; private set; }

    public int Version { get; set; }

    public List<Message> Messages { get; } = [];

    public List<TicketEvent> Events { get; } = [];

    /// <summary>What happens next; null when nothing more is owed.</summary>
    public Commitment? Commitment => NextStep is { } step && DueAt is { } due ? new Commitment(step, NextStepText, due) : null;

    /// <summary>Whether it is neither solved nor closed.</summary>
    public bool IsUnresolved => Status is TicketStatus.New or TicketStatus.Open or TicketStatus.Pending;

    /// <summary>Whether its date has passed.</summary>
    public bool IsOverdue(DateTime now) => IsUnresolved && DueAt <= now;

    /// <summary>Whether the customer may still reopen it.</summary>
    public bool CanReopen(DateTime now) => !IsUnresolved && now < ReopenUntil;

    /// <summary>Whether the customer may still rate it: once, after it ended.</summary>
    public bool CanRate => !IsUnresolved && Rating is null;

    /// <summary>A new ticket with its first commitment.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="hash">Of what was sent, see <see cref="SubmissionHash"/>.</param>
    /// <param name="customerId">Who asked.</param>
    /// <param name="firstResponseBy">By when the policy promises a first answer, UTC.</param>
    /// <param name="trail">What the visitor did before.</param>
    /// <param name="now">The moment, UTC.</param>
    public static Ticket Open(TicketRequest request, byte[] hash, Guid customerId, DateTime firstResponseBy, IReadOnlyList<TrailStep> trail, DateTime now)
    {
        var ticket = new Ticket
        {
            Number = TicketNumber.Create(),
            Kind = request.Kind,
            Status = TicketStatus.New,
            Priority = request.Priority,
            Channel = request.Channel,
            Queue = Required(request.Queue),
            Sla = Required(request.Sla),
            Subject = request.Subject,
            Form = request.Form,
            FormTitle = request.FormTitle,
            CustomerId = customerId,
            ContactName = request.Contact.Name,
            ContactEmail = request.Contact.Email,
            ContactPhone = request.Contact.Phone,
            ContactText = Folded(request.Contact),
            OpenedById = request.PersonId,
            Language = request.Language,
            Answers = request.Answers,
            Trail = trail,
            OpenedAt = now,
            UpdatedAt = now,
            SubmissionKey = request.SubmissionKey,
            SubmissionHash = hash,
        };
        ticket.Owe(Tickets.NextStep.FirstResponse, "", firstResponseBy);
        ticket.Remember(ticket.Number, request.Subject, string.Join(' ', request.Answers.Select(a => a.Value)), request.Message);
        ticket.Record(TicketEventKind.Opened, request.Actor, now);
        return ticket;
    }

    // Folding may lengthen a text by its ligatures; the column has room for some, not for a name made of them.
    private static string Folded(Contact contact)
    {
        var text = FoldedText.Of($"{contact.Name} {contact.Email} {contact.Phone}");
        return text[..Math.Min(text.Length, ContactTextMaxLength)];
    }

    private static string Required(string key) =>
        key.Length > 0 ? key : throw new ArgumentException("A ticket has a queue and a policy from its first moment.", nameof(key));
}
