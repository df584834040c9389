using Microsoft.EntityFrameworkCore;
using SelfService.Core.Appointments;
using SelfService.Core.Appointments.Waiting;
using SelfService.Core.KnowledgeBase.Care;
using SelfService.Core.Mail;
using SelfService.Core.Orders;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.SideQuestions;
using SelfService.Web.Pages.Cases;

namespace SelfService.Web.Mail;

/// <summary>Who a mail goes to, with what it is about.</summary>
/// <param name="Address">In the form of <see cref="EmailAddress.Parse"/>.</param>
/// <param name="Person">The account it concerns, where there is one.</param>
/// <param name="Ticket">The case it tells of.</param>
/// <param name="Answer">The answer it brings.</param>
public sealed record Addressee(string Address, Person? Person, Ticket? Ticket, Message? Answer)
{
    private static readonly HashSet<MailKind> Notices =
    [
        MailKind.CaseOpened, MailKind.CaseAnswered, MailKind.CasePromised, MailKind.CaseSolved, MailKind.CaseClosed, MailKind.CaseReopened,
        MailKind.OrderMoved, MailKind.AppointmentMoved, MailKind.AppointmentReminder, MailKind.AppointmentFollowUp,
    ];

    private static readonly HashSet<MailKind> Answers =
        [MailKind.CaseAnswered, MailKind.CasePromised, MailKind.CaseSolved, MailKind.OrderMoved, MailKind.AppointmentMoved, MailKind.AppointmentReminder];

    // Of these the last tells all that the earlier ones would, and what those say is not so any more.
    private static readonly TicketEventKind[] TimeSteps = [TicketEventKind.AppointmentMoved, TicketEventKind.AppointmentCancelled, TicketEventKind.AppointmentAligned];

    /// <summary>The order of the case, with its lines, parcels and returns.</summary>
    public Order? Order { get; init; }

    /// <summary>The appointment of the case.</summary>
    public Appointment? Appointment { get; init; }

    /// <summary>The entry of the waiting list with which the case began.</summary>
    public WaitingEntry? Waiting { get; init; }

    /// <summary>The step of the order or appointment that the mail tells of.</summary>
    public TicketEvent? Step { get; init; }

    /// <summary>The question to an expert.</summary>
    public SideQuestion? Aside { get; init; }

    /// <summary>Articles that wait to be checked: some titles, and how many there are.</summary>
    public DueArticles? Due { get; init; }

    /// <summary>Whether the address is the account's own, and she has shown that it is.</summary>
    public bool IsConfirmed => Person is { EmailConfirmed: true } && EmailAddress.Parse(Person.Email) == Address;

    /// <summary>
    /// Whether the mail may quote what the customer wrote: only to who wrote it, at an address she has confirmed. Anybody can
    /// write a victim's address into a form, and the mail would bring his words in the company's name.
    /// </summary>
    public bool MayBeQuoted => IsConfirmed && Ticket is { OpenedById: { } opened } && opened == Person!.Id;

    /// <summary>Finds who it is for; null when there is nobody left to write to, or nothing left to write about.</summary>
    public static async Task<Addressee?> FindAsync(PortalDbContext db, MailRequest request, DateTime now, CancellationToken cancel)
    {
        var ticket = request.TicketId is { } ticketId
            ? await db.Tickets.AsNoTracking().Include(t => t.Customer).SingleOrDefaultAsync(t => t.Id == ticketId, cancel)
            : null;
        var personId = request.PersonId ?? ticket?.OpenedById ?? ticket?.Customer.PersonId;
        var person = personId is null ? null : await db.Users.AsNoTracking().SingleOrDefaultAsync(p => p.Id == personId, cancel);
        if (request.TicketId is not null && ticket is null)
        {
            return null;
        }

        var answer = request.MessageId is { } messageId
            ? await db.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == messageId && m.TicketId == request.TicketId && m.Author != ActorKind.Customer && !m.IsNote, cancel)
            : null;
        var address = request.To ?? Own(request.Kind, person) ?? ticket?.ContactEmail;
        if (EmailAddress.Parse(address) is not { } to)
        {
            return null;
        }

        var step = request.EventId is { } eventId ? await db.TicketEvents.AsNoTracking().SingleOrDefaultAsync(e => e.Id == eventId && e.TicketId == request.TicketId, cancel) : null;
        var appointment = ticket is { Kind: TicketKind.Appointment } ? await db.AppointmentAsync(ticket.Id, cancel) : null;
        var waiting = ticket is { Kind: TicketKind.Appointment } ? await db.WaitingAsync(ticket.Id, cancel) : null;
        return IsPast(request, appointment, waiting, step, now) || (step is not null && appointment is not null && await IsOvertakenAsync(db, step, cancel)) ? null : new Addressee(to, person, ticket, answer)
        {
            Order = ticket is { Kind: TicketKind.Order } ? await CaseOrder.OrderAsync(db, ticket.Id, cancel) : null,
            Appointment = appointment,
            Waiting = waiting,
            Step = step,
            Aside = request.SideQuestionId is { } asideId ? await db.SideQuestions.AsNoTracking().SingleOrDefaultAsync(q => q.Id == asideId && q.State == SideQuestionState.Asked, cancel) : null,
            Due = request.Kind == MailKind.ReviewDue ? await DueArticles.ReadAsync(db, now, cancel) : null,
        };
    }

    /// <summary>Whether she wants it. What she asked for, what concerns her account, and where she must not go in vain always goes.</summary>
    public bool Wants(MailKind kind) => !Notices.Contains(kind) || Person is null || (kind == MailKind.AppointmentMoved && Step is { Actor: not ActorKind.Customer }) || Person.Notices switch
    {
        NoticeLevel.All => true,
        NoticeLevel.Answers => Answers.Contains(kind),
        _ => false,
    };

    // A mail waits for its moment, or for a mail server. What is not so any more is not said.
    private static bool IsPast(MailRequest request, Appointment? appointment, WaitingEntry? waiting, TicketEvent? step, DateTime now) => request.Kind switch
    {
        MailKind.OrderMoved => step is null,
        MailKind.AppointmentBooked => appointment is null or { Status: AppointmentStatus.Cancelled },
        MailKind.AppointmentMoved => appointment is null || step is null,
        MailKind.AppointmentReminder => appointment is not { Status: AppointmentStatus.Booked } || appointment.Sequence != request.Sequence || appointment.StartsAt <= now,
        MailKind.WaitingJoined => waiting is not { IsOpen: true },
        MailKind.WaitingMoved => waiting is null || step is null || (step.Kind == TicketEventKind.WaitingOffered && (!waiting.CanTake(now) || waiting.Offer?.ToString() != step.Detail)),
        MailKind.AppointmentFollowUp => appointment is not { Status: AppointmentStatus.Attended },
        _ => false,
    };

    private static async Task<bool> IsOvertakenAsync(PortalDbContext db, TicketEvent step, CancellationToken cancel) =>
        TimeSteps.Contains(step.Kind) && await db.TicketEvents.AnyAsync(e => e.TicketId == step.TicketId && TimeSteps.Contains(e.Kind) && e.At > step.At, cancel);

    // A case is written about only to an address that is proven, or to the one that was given for it.
    private static string? Own(MailKind kind, Person? person) => kind switch
    {
        MailKind.ConfirmNewAddress => person?.NewEmail,
        _ when (Notices.Contains(kind) || kind is MailKind.OrderPlaced or MailKind.AppointmentBooked or MailKind.WaitingJoined or MailKind.WaitingMoved) && person is { EmailConfirmed: false } => null,
        _ => person?.Email,
    };
}

/// <summary>Articles that wait to be checked.</summary>
/// <param name="Titles">The earliest ones.</param>
/// <param name="Total">All of them.</param>
public sealed record DueArticles(IReadOnlyList<string> Titles, int Total)
{
    /// <summary>Titles in one mail.</summary>
    public const int Shown = 20;

    /// <summary>What is due when the mail leaves.</summary>
    public static async Task<DueArticles> ReadAsync(PortalDbContext db, DateTime now, CancellationToken cancel)
    {
        var due = RemindToReview.Due(db, now);
        return new DueArticles(await due.Take(Shown).Select(a => a.PublishedRevision!.Title).ToListAsync(cancel), await due.CountAsync(cancel));
    }
}
