using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase.Care;

/// <summary>How a change of several articles ended.</summary>
/// <param name="Changed">Done, and readers see it where it concerns them.</param>
/// <param name="Drafts">Saved, but somebody has to publish it: there was a draft already, or it needs approval.</param>
/// <param name="Refused">Titles of those that could not be changed, with the reason.</param>
public sealed record ManyChanged(int Changed, int Drafts, IReadOnlyList<(string Title, PublishResult Why)> Refused);

/// <summary>
/// The same change to several articles, each by the way a single one goes: what is written becomes a revision, and is published at once
/// where the article had no draft and she may publish it.
/// </summary>
public sealed class ChangeArticles(PortalDbContext db, WriteArticle write, PublishArticle publish)
{
    /// <summary>Articles at most at once.</summary>
    public const int Most = 100;

    /// <summary>Changes what their front matter says.</summary>
    /// <param name="change">The new content; it must not change the text.</param>
    public async Task<ManyChanged> WriteAsync(IReadOnlyCollection<string> slugs, Func<ArticleContent, ArticleContent> change, Editor editor, CancellationToken cancel)
    {
        var (changed, drafts, refused) = (0, 0, new List<(string, PublishResult)>());
        foreach (var slug in slugs.Take(Most))
        {
            if (await db.EditedAsync(slug, cancel) is not { } edited)
            {
                continue;
            }

            if (edited.Article.TrashedAt is not null)
            {
                refused.Add((edited.Latest.Title, PublishResult.NotPossible));
                continue;
            }

            var saved = await write.SaveAsync(edited.Article.Id, edited.Latest.Number, change(edited.Latest.FullContent), editor, cancel);
            db.ChangeTracker.Clear();
            if (saved.Result is SaveResult.Overtaken or SaveResult.Gone)
            {
                refused.Add((edited.Latest.Title, PublishResult.Overtaken));
            }
            else if (saved.Result == SaveResult.Same)
            {
                changed++;
            }
            else if (edited.IsPublished && await publish.PublishAsync(edited.Article.Id, saved.Number, null, editor, cancel) == PublishResult.Done)
            {
                changed++;
            }
            else
            {
                drafts++;
            }

            db.ChangeTracker.Clear();
        }

        return new ManyChanged(changed, drafts, refused);
    }

    /// <summary>Takes the same step with all of them.</summary>
    public async Task<ManyChanged> StepAsync(IReadOnlyCollection<string> slugs, Func<PublishArticle, Guid, Task<PublishResult>> step, CancellationToken cancel)
    {
        var (changed, refused) = (0, new List<(string, PublishResult)>());
        foreach (var slug in slugs.Take(Most))
        {
            if (await db.EditedAsync(slug, cancel) is not { } edited)
            {
                continue;
            }

            var result = await step(publish, edited.Article.Id);
            db.ChangeTracker.Clear();
            if (result == PublishResult.Done)
            {
                changed++;
            }
            else
            {
                refused.Add((edited.Latest.Title, result));
            }
        }

        return new ManyChanged(changed, 0, refused);
    }
}
