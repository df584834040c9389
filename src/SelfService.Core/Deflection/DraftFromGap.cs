using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.Persistence;

namespace SelfService.Core.Deflection;

/// <summary>Begins an article that is missing: with the question as title and the customers' own words as keywords, so that it is found.</summary>
public sealed class DraftFromGap(PortalDbContext db, WriteArticle write)
{
    /// <summary>Creates the draft.</summary>
    /// <param name="gap">What is missing.</param>
    /// <param name="topic">Slug of a topic that exists.</param>
    /// <param name="body">What the editor finds in it, in the language of the content.</param>
    /// <returns>Slug of the draft; the one that exists where the gap has one already. Null when there is no such topic.</returns>
    public Task<string?> RunAsync(Gap gap, string topic, string body, Editor author, CancellationToken cancel)
    {
        var title = (char.ToUpperInvariant(gap.Title[0]) + gap.Title[1..]).Cut(ArticleContent.TitleMaxLength);
        return write.CreateAsync(
            new ArticleContent { Title = title, Category = topic, Keywords = [.. gap.Questions.Select(q => q.Cut(ArticleContent.ListItemMaxLength))], Body = body },
            author, cancel, existing: SameAsync);

        // Asked for twice, it is one.
        Task<string?> SameAsync() => (
            from a in db.Articles.Where(a => a.Status == ArticleStatus.Draft)
            join r in db.Revisions on a.Id equals r.ArticleId
            where r.Number == 1 && r.Title == title && r.Origin == RevisionOrigin.Browser
            select (string?)a.Slug).FirstOrDefaultAsync(cancel);
    }
}
