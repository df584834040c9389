using SelfService.Core.Persistence;
using SelfService.Search;
using SelfService.Search.Querying;

namespace SelfService.Core.KnowledgeBase.Editing;

/// <summary>Where an article stands among the answers to a question.</summary>
/// <param name="Place">From 1; null where it is not among the first <see cref="DraftIndex.Depth"/>.</param>
/// <param name="Before">Titles that stand before it, the first ones.</param>
public sealed record FoundPlace(string Question, int? Place, IReadOnlyList<string> Before);

/// <summary>An article that says much the same as another.</summary>
public sealed record LikeArticle(string Title, string Url, bool IsSameTitle);

/// <summary>
/// A second index in which a draft stands among what is published, so that an editor sees how it will be found before any reader does.
/// One at a time looks into it.
/// </summary>
public sealed class DraftIndex(SearchLanguage language)
{
    /// <summary>Answers looked at.</summary>
    public const int Depth = 20;

    private const int BeforeShown = 3;
    private const int LikeCandidates = 6;
    private const double LikeShare = 0.6;
    private const int LeastWords = 20;

    private readonly MemorySearchEngine engine = new(language);
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Takes other synonyms.</summary>
    public void Learn(SearchLanguage language) => engine.Learn(language);

    /// <summary>Looks where a draft would stand.</summary>
    /// <param name="article">Its topic is loaded.</param>
    /// <param name="questions">As customers would type them.</param>
    public async Task<(IReadOnlyList<FoundPlace> Places, IReadOnlyList<LikeArticle> Like)> LookAsync(
        PortalDbContext db, Article article, ArticleContent content, RenderedArticle rendered, IReadOnlyList<string> questions, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            var index = new ArticleIndex(db, engine, shortcuts: null);
            await index.FollowAsync(cancel);
            var id = article.Id.ToString();
            var draft = ArticleDocument.Of(article.Id, article.Slug, content.Category, content.Audience, article.Usefulness, content.Title, content.Summary, content, rendered.Sections);
            var published = await index.DocumentAsync(article.Id, cancel);
            engine.Apply([draft], [], engine.Revision);
            try
            {
                return ([.. questions.Select(q => Place(q, id, content.Audience))], Like(draft, id));
            }
            finally
            {
                engine.Apply(published is null ? [] : [published], published is null ? [id] : [], engine.Revision);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    private FoundPlace Place(string question, string id, Audience audience)
    {
        var hits = engine.Search(new SearchRequest(SearchQuery.Parse(question), audience) { Limit = Depth }).Hits;
        var place = hits.Select((hit, at) => (hit, at)).Where(h => h.hit.Document.Id == id).Select(h => (int?)h.at + 1).FirstOrDefault();
        return new FoundPlace(question, place, [.. hits.Take((place ?? (Depth + 1)) - 1).Take(BeforeShown).Select(h => h.Document.Title)]);
    }

    private List<LikeArticle> Like(SearchDocument draft, string id)
    {
        var (title, words) = (language.KeyOf(draft.Title), Words(draft));
        return
        [
            .. engine.Search(new SearchRequest(SearchQuery.Parse(draft.Title), Audience.Staff) { Limit = LikeCandidates }).Hits.Select(h => h.Document).Where(d => d.Id != id)
                .Select(other => (other, IsSame: title.Length > 0 && language.KeyOf(other.Title) == title))
                .Where(l => l.IsSame || IsLike(words, Words(l.other)))
                .Select(l => new LikeArticle(l.other.Title, l.other.Url, l.IsSame)),
        ];
    }

    // Jaccard's share of the stems that both have.
    private static bool IsLike(HashSet<string> one, HashSet<string> other) =>
        Math.Min(one.Count, other.Count) >= LeastWords && one.Count(other.Contains) is var both && both >= LikeShare * (one.Count + other.Count - both);

    private HashSet<string> Words(SearchDocument document) =>
        [.. document.Sections.SelectMany(s => language.KeyOf(s.Text).Split(' ', StringSplitOptions.RemoveEmptyEntries))];
}
