using Microsoft.EntityFrameworkCore;
using SelfService.Core.Mail;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Web.Mail;

/// <summary>Who a mail goes to, with what it is about.</summary>
/// <param name="Address">In the form of <see cref="EmailAddress.Parse"/>.</param>
/// <param name="Person">The account it concerns, where there is one.</param>
/// <param name="Ticket">The case it tells of.</param>
/// <param name="Answer">The answer it brings.</param>
public sealed record Addressee(string Address, Person? Person, Ticket? Ticket, Message? Answer)
{
    private static readonly HashSet<MailKind> Notices =
        [MailKind.CaseOpened, MailKind.CaseAnswered, MailKind.CasePromised, MailKind.CaseSolved, MailKind.CaseClosed, MailKind.CaseReopened];

    private static readonly HashSet<MailKind> Answers = [MailKind.CaseAnswered, MailKind.CasePromised, MailKind.CaseSolved];

    /// <summary>Whether the address is the account's own, and she has shown that it is.</summary>
    public bool IsConfirmed => Person is { EmailConfirmed: true } && EmailAddress.Parse(Person.Email) == Address;

    /// <summary>
    /// Whether the mail may quote what the customer wrote: only to who wrote it, at an address she has confirmed. Anybody can
    /// write a victim's address into a form, and the mail would bring his words in the company's name.
    /// </summary>
    public bool MayBeQuoted => IsConfirmed && Ticket is { OpenedById: { } opened } && opened == Person!.Id;

    /// <summary>Finds who it is for; null when there is nobody left to write to, or nothing left to write about.</summary>
    public static async Task<Addressee?> FindAsync(PortalDbContext db, MailRequest request, CancellationToken cancel)
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
            ? await db.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == messageId && m.TicketId == request.TicketId && m.Author == ActorKind.Staff && !m.IsNote, cancel)
            : null;
        var address = request.To ?? Own(request.Kind, person) ?? ticket?.ContactEmail;
        return EmailAddress.Parse(address) is { } to ? new Addressee(to, person, ticket, answer) : null;
    }

    /// <summary>Whether she wants it. What she asked for, and what concerns her account, always goes.</summary>
    public bool Wants(MailKind kind) => !Notices.Contains(kind) || Person is null || Person.Notices switch
    {
        NoticeLevel.All => true,
        NoticeLevel.Answers => Answers.Contains(kind),
        _ => false,
    };

    // A case is written about only to an address that is proven, or to the one that was given for it.
    private static string? Own(MailKind kind, Person? person) => kind switch
    {
        MailKind.ConfirmNewAddress => person?.NewEmail,
        _ when Notices.Contains(kind) && person is { EmailConfirmed: false } => null,
        _ => person?.Email,
    };
}
