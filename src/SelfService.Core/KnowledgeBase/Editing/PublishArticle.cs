using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.LiveData;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase.Editing;

/// <summary>How a step in the life of an article ended.</summary>
public enum PublishResult
{
    Done,

    /// <summary>Somebody has saved a newer revision than the one she has seen.</summary>
    Overtaken,

    /// <summary>The topic is kept for others.</summary>
    NotHers,

    /// <summary>Somebody else has to approve it first.</summary>
    NeedsApproval,

    /// <summary>The address that it asks for is another article's.</summary>
    AddressTaken,

    /// <summary>The day on which it is to be archived comes before.</summary>
    Expired,

    /// <summary>It names a price, an hour, a telephone or a snippet that does not exist.</summary>
    UnknownFigure,

    /// <summary>Its state does not allow the step.</summary>
    NotPossible,
}

/// <summary>The life of an article: asked to be read, returned, approved, published now or later, archived, thrown away, taken back.</summary>
/// <param name="figures">What texts can name; not looked at where it is left out.</param>
public sealed class PublishArticle(PortalDbContext db, EditingRules rules, TimeProvider clock, CurrentFigures? figures = null)
{
    /// <summary>How long something stays in the trash.</summary>
    public static readonly TimeSpan TrashKept = TimeSpan.FromDays(30);

    /// <summary>Asks somebody else to read the newest revision.</summary>
    /// <param name="number">The revision she has seen.</param>
    public Task<PublishResult> SubmitAsync(Guid articleId, int number, Editor editor, CancellationToken cancel) => StepAsync(articleId, number, editor, async step =>
    {
        if (step.Article.Stage != ReviewStage.Writing || step.IsPublished)
        {
            return PublishResult.NotPossible;
        }

        step.Article.MoveTo(ReviewStage.InReview);
        return await step.WriteAsync(ArticleEventKind.Submitted);
    }, cancel);

    /// <summary>Gives it back to who wrote it.</summary>
    /// <param name="why">What is left to do.</param>
    public Task<PublishResult> ReturnAsync(Guid articleId, int number, string why, Editor editor, CancellationToken cancel) => StepAsync(articleId, number, editor, async step =>
    {
        if (step.Article.Stage == ReviewStage.Writing || step.IsPublished)
        {
            return PublishResult.NotPossible;
        }

        step.Article.MoveTo(ReviewStage.Writing);
        return await step.WriteAsync(ArticleEventKind.Returned, why);
    }, cancel);

    /// <summary>Agrees that it is published.</summary>
    public Task<PublishResult> ApproveAsync(Guid articleId, int number, Editor editor, CancellationToken cancel) => StepAsync(articleId, number, editor, async step =>
    {
        if (step.Article.Stage != ReviewStage.InReview || step.IsPublished)
        {
            return PublishResult.NotPossible;
        }

        if (!step.IsHers(rules))
        {
            return PublishResult.NotHers;
        }

        // By the account: a name can be changed.
        if (rules.NeedsApproval && step.Revision.AuthorId == editor.Id)
        {
            return PublishResult.NeedsApproval;
        }

        step.Article.MoveTo(ReviewStage.Approved);
        return await step.WriteAsync(ArticleEventKind.Approved);
    }, cancel);

    /// <summary>Shows the newest revision to its readers, at once or later.</summary>
    /// <param name="moment">When, UTC; null for now.</param>
    public Task<PublishResult> PublishAsync(Guid articleId, int number, DateTime? moment, Editor editor, CancellationToken cancel) => StepAsync(articleId, number, editor, async step =>
    {
        if (step.IsPublished || step.Article.TrashedAt is not null)
        {
            return PublishResult.NotPossible;
        }

        if (!step.IsHers(rules))
        {
            return PublishResult.NotHers;
        }

        if (rules.NeedsApproval && step.Article.Stage != ReviewStage.Approved)
        {
            return PublishResult.NeedsApproval;
        }

        if (step.Revision.Content.ExpiresAt <= (moment ?? step.Now))
        {
            return PublishResult.Expired;
        }

        if (figures is not null && step.Revision.Figures.Any(f => figures.Figures[f.Key] is null))
        {
            return PublishResult.UnknownFigure;
        }

        if (!await db.IsAddressFreeAsync(step.Article, step.Revision, cancel))
        {
            return PublishResult.AddressTaken;
        }

        if (moment is { } later && later > step.Now)
        {
            step.Article.Schedule(later, number);
            return await step.WriteAsync(ArticleEventKind.Scheduled, later.ToString("O"));
        }

        await db.PublishAsync(step.Article, step.Revision, editor.Name, step.Now, cancel);
        return PublishResult.Done;
    }, cancel);

    /// <summary>Nothing is published by itself any more.</summary>
    public Task<PublishResult> UnscheduleAsync(Guid articleId, Editor editor, CancellationToken cancel) => StepAsync(articleId, null, editor, async step =>
    {
        if (step.Article.PublishAt is null)
        {
            return PublishResult.NotPossible;
        }

        if (!step.IsHers(rules))
        {
            return PublishResult.NotHers;
        }

        step.Article.Unschedule();
        return await step.WriteAsync(ArticleEventKind.Unscheduled);
    }, cancel);

    /// <summary>Takes it away from its readers; its text and history stay.</summary>
    public Task<PublishResult> ArchiveAsync(Guid articleId, Editor editor, CancellationToken cancel) => StepAsync(articleId, null, editor, async step =>
    {
        if (step.Article.Status == ArticleStatus.Archived)
        {
            return PublishResult.NotPossible;
        }

        if (!step.IsHers(rules))
        {
            return PublishResult.NotHers;
        }

        step.Article.Archive(step.Now);
        return await step.WriteAsync(ArticleEventKind.Archived, change: true);
    }, cancel);

    /// <summary>Throws it away; for <see cref="TrashKept"/> it can be taken back.</summary>
    public Task<PublishResult> TrashAsync(Guid articleId, Editor editor, CancellationToken cancel) => StepAsync(articleId, null, editor, async step =>
    {
        if (step.Article.TrashedAt is not null)
        {
            return PublishResult.NotPossible;
        }

        if (!step.IsHers(rules))
        {
            return PublishResult.NotHers;
        }

        step.Article.Trash(step.Now);
        return await step.WriteAsync(ArticleEventKind.Trashed, change: true);
    }, cancel);

    /// <summary>Makes a draft of what was archived or thrown away.</summary>
    public Task<PublishResult> TakeBackAsync(Guid articleId, Editor editor, CancellationToken cancel) => StepAsync(articleId, null, editor, async step =>
    {
        if (step.Article.Status != ArticleStatus.Archived)
        {
            return PublishResult.NotPossible;
        }

        step.Article.TakeBack(step.Now);
        return await step.WriteAsync(ArticleEventKind.TakenBack, change: true);
    }, cancel);

    /// <summary>Deletes what has been in the trash long enough; not what a file of the content folder made, because it would come back.</summary>
    /// <returns>Number of articles deleted.</returns>
    public async Task<int> EmptyTrashAsync(CancellationToken cancel)
    {
        var before = clock.GetUtcNow().UtcDateTime - TrashKept;
        var due = await db.Articles.Where(a => a.TrashedAt < before && !db.ImportedFiles.Any(f => f.ArticleId == a.Id && !f.Path.StartsWith("/"))).Select(a => a.Id).ToListAsync(cancel);
        foreach (var id in due)
        {
            await db.InTransactionAsync(
                async () =>
                {
                    // An article points to the revision it shows and the revision to its article.
                    await db.Articles.Where(a => a.Id == id && a.TrashedAt < before).ExecuteUpdateAsync(set => set.SetProperty(a => a.PublishedRevisionId, (Guid?)null), cancel);
                    await db.Articles.Where(a => a.Id == id && a.TrashedAt < before).ExecuteDeleteAsync(cancel);
                },
                cancel);
        }

        return due.Count;
    }

    private Task<PublishResult> StepAsync(Guid articleId, int? number, Editor editor, Func<Step, Task<PublishResult>> take, CancellationToken cancel) =>
        db.RetriedAsync(() => db.InTransactionAsync(async () => await FindAsync(articleId, number, editor, cancel) is { } step ? await take(step) : PublishResult.Overtaken, cancel));

    private async Task<Step?> FindAsync(Guid articleId, int? number, Editor editor, CancellationToken cancel)
    {
        var article = await db.Articles.Include(a => a.Category).SingleOrDefaultAsync(a => a.Id == articleId, cancel);
        if (article is null || (number is { } seen && seen != article.LatestRevisionNumber))
        {
            return null;
        }

        var revision = await db.Revisions.SingleAsync(r => r.ArticleId == articleId && r.Number == article.LatestRevisionNumber, cancel);
        return new Step(db, article, revision, editor, clock.GetUtcNow().UtcDateTime, cancel);
    }

    /// <summary>What a step looks at, and how it leaves its line in the history.</summary>
    private sealed record Step(PortalDbContext Db, Article Article, Revision Revision, Editor Editor, DateTime Now, CancellationToken Cancel)
    {
        /// <summary>Whether she may decide about it, where it is and where it goes.</summary>
        public bool IsHers(EditingRules rules) => rules.Allow(Editor, Article.Category.Slug) && rules.Allow(Editor, Revision.Content.Category);

        /// <summary>Whether readers see the newest revision.</summary>
        public bool IsPublished => Article.Status == ArticleStatus.Published && Article.PublishedRevisionId == Revision.Id;

        public async Task<PublishResult> WriteAsync(ArticleEventKind kind, string detail = "", bool change = false)
        {
            Db.ArticleEvents.Add(ArticleEvent.Of(Article, kind, Editor.Name, Now, Revision.Number, detail.Cut(ArticleEvent.DetailMaxLength)));
            if (change)
            {
                Article.ChangeNumber = await Db.NextAsync(Article.ChangeSequence, Cancel);
            }

            return PublishResult.Done;
        }
    }
}
