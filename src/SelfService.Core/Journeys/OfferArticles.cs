using SelfService.Core.KnowledgeBase;
using SelfService.Search;
using SelfService.Search.Explaining;
using SelfService.Search.Querying;

namespace SelfService.Core.Journeys;

/// <summary>An article offered beside a form.</summary>
/// <param name="Slug">Of the article.</param>
/// <param name="Url">With the section that answers, where one stands out.</param>
/// <param name="Section">Heading of that section, or null.</param>
/// <param name="Summary">What the article says of itself, or how it begins.</param>
/// <param name="Topic">Slug of its topic.</param>
public sealed record ArticleOffer(string Slug, string Title, string Url, string? Section, string Summary, string Topic);

/// <summary>
/// Articles that answer what somebody is writing to us. A search shows the best there is; here nothing is better than something
/// beside the point, so an article has to reach a floor. People tell a story: the text is asked as a whole and sentence by
/// sentence, and the sentence that says what is wrong finds the article that the whole would bury.
/// </summary>
public sealed class OfferArticles(ISearchEngine engine)
{
    /// <summary>Articles offered at most.</summary>
    public const int MaxOffers = 5;

    /// <summary>Characters of the text that are looked at: the last ones, which are being typed.</summary>
    public const int MaxTextLength = SearchQuery.MaxLength;

    private const int MaxSentences = 8;
    private const int SummaryLength = 160;

    // A hit's score grows with the words asked, and faster for the first of them; measured on what customers write (form-offers.txt).
    private const double FloorOfAny = 6;
    private const double FloorOfEachPoint = 0.4;

    // One word says what somebody writes about and not what she wants to know; one word in common is a coincidence.
    private const int LeastWords = 2;

    // What is much worse than the best is not a second answer.
    private const double ShareOfBest = 0.6;

    /// <summary>The articles that answer, best first; none when none does.</summary>
    /// <param name="text">Subject, chosen options and message, a line each.</param>
    /// <param name="audience">Highest audience this person belongs to.</param>
    /// <param name="reader">As in <see cref="SearchRequest.Reader"/>.</param>
    public IReadOnlyList<ArticleOffer> For(string text, Audience audience, string? reader = null)
    {
        var found = Parts(text).SelectMany(part => Hits(part, audience, reader))
            .GroupBy(hit => hit.Hit.Document.Id).Select(same => same.MaxBy(hit => hit.OfFloor))
            .OrderByDescending(hit => hit.OfFloor).ThenBy(hit => hit.Hit.Document.Id, StringComparer.Ordinal).ToList();
        return
        [
            .. found.TakeWhile(hit => hit.OfFloor >= 1 && hit.OfFloor >= ShareOfBest * found[0].OfFloor).Take(MaxOffers).Select(hit => Offer(hit.Hit)),
        ];
    }

    private IEnumerable<(SearchHit Hit, double OfFloor)> Hits(string part, Audience audience, string? reader)
    {
        var results = engine.Search(new SearchRequest(SearchQuery.Parse(part), audience) { Reader = reader, Explain = true, Limit = MaxOffers });
        var floor = FloorOfAny + (FloorOfEachPoint * (results.Explanation?.Words.Sum(word => word.Value) ?? 0));
        return results.Hits.Where(hit => IsAbout(hit.Explanation!)).Select(hit => (hit, hit.Score / floor));
    }

    private static bool IsAbout(HitExplanation hit) => hit.Group == HitGroup.Words && hit.Words.Count(word => !word.Word.IsStopWord) >= LeastWords;

    private static IEnumerable<string> Parts(string text)
    {
        var last = Last(text);
        var sentences = last.Split(['.', '!', '?', ';', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return sentences.Length > 1 ? sentences.TakeLast(MaxSentences).Prepend(last) : [last];
    }

    // From a beginning of a word on.
    private static string Last(string text)
    {
        if (text.Length <= MaxTextLength)
        {
            return text;
        }

        var last = text[^MaxTextLength..];
        var space = last.AsSpan().IndexOfAny(" \n\t");
        return space < 0 ? last : last[(space + 1)..];
    }

    private static ArticleOffer Offer(SearchHit hit)
    {
        var document = hit.Document;
        var summary = document.Summary.Length > 0 ? document.Summary : document.Sections.FirstOrDefault()?.Text ?? "";
        if (summary.Length > SummaryLength)
        {
            var space = summary.LastIndexOf(' ', SummaryLength);
            summary = summary[..(space > 0 ? space : SummaryLength)] + "…";
        }

        return new ArticleOffer(
            document.Url[ArticleAddress.Of("").Length..], document.Title, hit.Section is { } section ? $"{document.Url}#{section.Anchor}" : document.Url,
            hit.Section?.Heading, summary, document.Topic);
    }
}
