using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Journeys;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.KnowledgeBase.Editing;

/// <summary>Headings of the draft, in the language of the content.</summary>
/// <param name="Asked">Above what the customer wrote.</param>
/// <param name="Answered">Above what was answered.</param>
public sealed record DraftHeadings(string Asked, string Answered);

/// <summary>Begins an article with what a ticket taught: the question and the answers, without who asked.</summary>
public sealed class DraftFromTicket(PortalDbContext db, WriteArticle write)
{
    private const int LeastName = 3;

    /// <summary>The draft of a ticket; null when there is none yet.</summary>
    public Task<string?> FindAsync(Guid ticketId, CancellationToken cancel) =>
        db.Articles.Where(a => a.SourceTicketId == ticketId && a.TrashedAt == null).Select(a => (string?)a.Slug).FirstOrDefaultAsync(cancel);

    /// <summary>Creates it, once.</summary>
    /// <param name="ticket">With everything that was written.</param>
    /// <param name="topic">Slug of a topic.</param>
    /// <returns>Slug of the draft; null when there is no such topic.</returns>
    public Task<string?> RunAsync(TicketDetail ticket, string topic, DraftHeadings headings, Editor author, CancellationToken cancel)
    {
        var asked = ticket.Thread.Where(m => m.Author == ActorKind.Customer).Select(m => Without(m.Body, ticket.Ticket)).FirstOrDefault() ?? "";
        var answers = ticket.Thread.Where(m => m.Author == ActorKind.Staff && !m.IsNote).Select(m => Without(m.Body, ticket.Ticket));
        var title = Without(ticket.Ticket.Subject, ticket.Ticket).Cut(ArticleContent.TitleMaxLength);
        var body = $"## {headings.Asked}\n\n{string.Join('\n', asked.Split('\n').Select(l => "> " + l))}\n\n## {headings.Answered}\n\n{string.Join("\n\n", answers)}\n";
        return write.CreateAsync(new ArticleContent { Title = title, Category = topic, Body = body }, author, cancel, ticket.Ticket.Id, () => FindAsync(ticket.Ticket.Id, cancel));
    }

    // Addresses, numbers, and every part of the customer's name.
    private static string Without(string text, Ticket ticket)
    {
        var masked = MaskedText.Block(text);
        foreach (var part in ticket.ContactName.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(p => p.Length >= LeastName))
        {
            masked = Regex.Replace(masked, $@"(?<!\p{{L}}){Regex.Escape(part)}(?!\p{{L}})", MaskedText.Mask, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        }

        return masked;
    }
}
