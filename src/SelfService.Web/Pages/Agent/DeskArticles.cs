using SelfService.Core.Company;
using SelfService.Core.Journeys;
using SelfService.Core.KnowledgeBase.Variants;
using SelfService.Core.Tickets;
using SelfService.Search;
using SelfService.Search.Querying;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Agent;

/// <summary>An article for an answer.</summary>
/// <param name="Url">Its whole address: an answer is read in a mail too.</param>
/// <param name="Markdown">What stands in the answer.</param>
public sealed record DeskArticle(string Title, string Path, string Url, string Markdown);

/// <summary>Articles for the customer of a ticket: only what she may read, in her language.</summary>
public sealed class DeskArticles(ISearchEngine engine, OfferArticles offers, CompanyProfile company, SelfServiceOptions options)
{
    private const int MaxFound = 6;
    private const int MaxSuggested = 3;

    /// <summary>Those that would answer the ticket, best first; none when none does.</summary>
    public IReadOnlyList<DeskArticle> Suggested(TicketDetail detail)
    {
        var ticket = detail.Ticket;
        var written = detail.Thread.Where(m => m.Author == ActorKind.Customer).Select(m => m.Body);
        var text = string.Join('\n', [.. written.TakeLast(2), .. ticket.Answers.Select(a => a.Value), ticket.Subject]);
        return [.. offers.For(text, AudienceOf(ticket), ReaderOf(ticket)).Take(MaxSuggested).Select(o => Article(o.Title, o.Url))];
    }

    /// <summary>Those that a search finds.</summary>
    public IReadOnlyList<DeskArticle> Find(Ticket ticket, string? typed) => SearchQuery.Parse(typed) is { IsEmpty: false } query
        ? [.. engine.Search(new SearchRequest(query, AudienceOf(ticket)) { Reader = ReaderOf(ticket), Limit = MaxFound }).Hits.Select(h => Article(h.Document.Title, h.Document.Url))]
        : [];

    private static Audience AudienceOf(Ticket ticket) => ticket.Customer.PersonId is null ? Audience.Public : Audience.Customers;

    private string ReaderOf(Ticket ticket) => new Reader(ticket.Language, company.Country).Code;

    // Brackets would end the words of the link.
    private DeskArticle Article(string title, string path) =>
        new(title, path, options.PublicUrl + path, $"[{title.Replace("[", "(", StringComparison.Ordinal).Replace("]", ")", StringComparison.Ordinal)}]({options.PublicUrl}{path})");
}
