using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase.Care;

/// <summary>A topic as editors see it in the list.</summary>
/// <param name="Articles">All that are not in the trash.</param>
public sealed record TopicRow(string Slug, string Title, string Description, string Icon, int Articles, int Version);

/// <summary>How a change of a topic ended.</summary>
public enum TopicResult
{
    Done,

    /// <summary>There is another topic of that name.</summary>
    Taken,

    /// <summary>Somebody changed it since; nothing was overwritten.</summary>
    Overtaken,

    /// <summary>It has articles, also such as are in the trash.</summary>
    NotEmpty,

    /// <summary>It is not there any more.</summary>
    Gone,
}

/// <summary>Topics: their names, their order, new ones, and those that nobody needs any more.</summary>
public sealed class ArrangeTopics(PortalDbContext db, TimeProvider clock)
{
    /// <summary>All topics in the order of the site.</summary>
    public async Task<IReadOnlyList<TopicRow>> ListAsync(CancellationToken cancel) =>
        await Ordered().Select(c => new TopicRow(c.Slug, c.Title, c.Description, c.Icon, db.Articles.Count(a => a.CategoryId == c.Id && a.TrashedAt == null), c.Version)).ToListAsync(cancel);

    /// <summary>Adds a topic behind the others.</summary>
    /// <returns>The result, with its slug.</returns>
    public Task<(TopicResult Result, string Slug)> AddAsync(string title, string description, string icon, CancellationToken cancel) => db.RetriedAsync(() => db.InTransactionAsync(
        async () =>
        {
            var slug = Slug.From(title, "tema").Cut(Category.SlugMaxLength).TrimEnd('-');
            if (await db.Categories.AnyAsync(c => c.Slug == slug, cancel))
            {
                return (TopicResult.Taken, slug);
            }

            var last = await db.Categories.Where(c => c.Position < int.MaxValue).MaxAsync(c => (int?)c.Position, cancel) ?? 0;
            db.Categories.Add(new Category { Slug = slug, Title = title, Description = description, Icon = icon, Position = last + 1, EditedAt = Now });
            await db.NextAsync(Article.ChangeSequence, cancel);
            return (TopicResult.Done, slug);
        },
        cancel));

    /// <summary>Changes what a topic is called.</summary>
    /// <param name="version">What she began from.</param>
    public Task<TopicResult> SaveAsync(string slug, int version, string title, string description, string icon, CancellationToken cancel) => ChangeAsync(slug, version, topic =>
    {
        (topic.Title, topic.Description, topic.Icon, topic.EditedAt) = (title, description, icon, Now);
        return Task.FromResult(TopicResult.Done);
    }, cancel);

    /// <summary>Deletes a topic without articles.</summary>
    public Task<TopicResult> DeleteAsync(string slug, int version, CancellationToken cancel) => ChangeAsync(slug, version, async topic =>
    {
        if (await db.Articles.AnyAsync(a => a.CategoryId == topic.Id, cancel))
        {
            return TopicResult.NotEmpty;
        }

        db.Categories.Remove(topic);
        return TopicResult.Done;
    }, cancel);

    /// <summary>Puts a topic one place up or down.</summary>
    public async Task<TopicResult> MoveAsync(string slug, bool up, CancellationToken cancel)
    {
        try
        {
            return await db.InTransactionAsync(async () =>
            {
                var topics = await Ordered().ToListAsync(cancel);
                var (from, to) = (topics.FindIndex(t => t.Slug == slug), topics.FindIndex(t => t.Slug == slug) + (up ? -1 : 1));
                if (from < 0 || to < 0 || to >= topics.Count)
                {
                    return from < 0 ? TopicResult.Gone : TopicResult.Done;
                }

                (topics[from], topics[to]) = (topics[to], topics[from]);
                foreach (var (topic, place) in topics.Select((topic, place) => (topic, place + 1)).Where(t => t.topic.Position != t.Item2))
                {
                    (topic.Position, topic.EditedAt) = (place, Now);
                }

                await db.NextAsync(Article.ChangeSequence, cancel);
                return TopicResult.Done;
            }, cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return TopicResult.Overtaken;
        }
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private IQueryable<Category> Ordered() => db.Categories.OrderBy(c => c.Position).ThenBy(c => c.Title).ThenBy(c => c.Id);

    private async Task<TopicResult> ChangeAsync(string slug, int version, Func<Category, Task<TopicResult>> change, CancellationToken cancel)
    {
        try
        {
            return await db.InTransactionAsync(async () =>
            {
                var topic = await db.Categories.SingleOrDefaultAsync(c => c.Slug == slug, cancel);
                var result = topic is null ? TopicResult.Gone : topic.Version != version ? TopicResult.Overtaken : await change(topic);
                if (result == TopicResult.Done)
                {
                    // The pages name it.
                    await db.NextAsync(Article.ChangeSequence, cancel);
                }

                return result;
            }, cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return TopicResult.Overtaken;
        }
        catch (DbUpdateException)
        {
            // An article came into it at the same moment.
            return TopicResult.NotEmpty;
        }
    }
}
