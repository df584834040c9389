using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.People;

namespace SelfService.Core.Tests.KnowledgeBase.Editing;

/// <summary>Two editors and an article file to begin from.</summary>
public abstract class EditingTest : KnowledgeBaseTest
{
    protected static readonly Editor Elena = new(Guid.NewGuid(), "Elena", "elena@ensayo.example", IsAdmin: false);
    protected static readonly Editor Bruno = new(Guid.NewGuid(), "Bruno", "bruno@ensayo.example", IsAdmin: false);

    protected static ArticleContent Text(string body, string title = "Cómo medir el agua") => new() { Title = title, Category = "agua", Body = body };

    protected async Task PeopleAsync() => await InAsync(async db =>
    {
        foreach (var (id, name, email) in new[] { (Elena.Id, Elena.Name, Elena.Email), (Bruno.Id, Bruno.Name, Bruno.Email) })
        {
            db.Users.Add(new Person { Id = id, UserName = email, Email = email, NormalizedUserName = email.ToUpperInvariant(), NormalizedEmail = email.ToUpperInvariant(), Name = name, CreatedAt = Clock.Now, SecurityStamp = "x" });
        }

        return await db.SaveChangesAsync();
    });

    /// <summary>A draft in a topic of its own.</summary>
    protected async Task<Guid> DraftAsync(string body = "Uno.\n\nDos.\n\nTres.", string title = "Cómo medir el agua")
    {
        if (!await InAsync(db => db.Categories.AnyAsync(c => c.Slug == "agua")))
        {
            await PeopleAsync();
            await InAsync(async db =>
            {
                db.Categories.Add(new Category { Slug = "agua", Title = "Agua" });
                return await db.SaveChangesAsync();
            });
        }

        var slug = await WritingAsync(w => w.CreateAsync(Text(body, title), Elena, NoCancel));
        return await InAsync(db => db.Articles.Where(a => a.Slug == slug).Select(a => a.Id).SingleAsync());
    }

    protected Task<T> WritingAsync<T>(Func<WriteArticle, Task<T>> act) => InAsync(db => act(new WriteArticle(db, new ArticleRenderer(TestWords.Spanish), Clock)));

    protected Task<T> PublishingAsync<T>(Func<PublishArticle, Task<T>> act, EditingRules? rules = null) => InAsync(db => act(new PublishArticle(db, rules ?? EditingRules.Open, Clock)));

    protected Task<SaveOutcome> SaveAsync(Guid id, int number, string body, Editor? editor = null) => WritingAsync(w => w.SaveAsync(id, number, Text(body), editor ?? Elena, NoCancel));

    protected Task<Article> ArticleAsync(Guid id) => InAsync(db => db.Articles.AsNoTracking().Include(a => a.PublishedRevision).Include(a => a.Category).SingleAsync(a => a.Id == id));

    protected Task<List<Revision>> RevisionsAsync(Guid id) => InAsync(db => db.Revisions.AsNoTracking().Where(r => r.ArticleId == id).OrderBy(r => r.Number).ToListAsync());

    protected Task<List<ArticleEventKind>> EventsAsync(Guid id) => InAsync(db => db.ArticleEvents.Where(e => e.ArticleId == id).OrderBy(e => e.At).ThenBy(e => e.Id).Select(e => e.Kind).ToListAsync());
}
