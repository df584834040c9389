using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Care;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.People;
using SelfService.Core.Tests.KnowledgeBase.Editing;

namespace SelfService.Core.Tests.KnowledgeBase.Care;

/// <summary>What keeps a knowledge base true: comments, reminders, topics, old addresses, changes in many articles.</summary>
public sealed class CareTests : EditingTest
{
    [Fact]
    public async Task A_comment_is_open_until_somebody_is_done_with_it_and_again_when_the_reader_says_something_else()
    {
        var id = await PublishedAsync("Uno.");
        var reader = Guid.NewGuid();
        await VoteAsync(id, reader, "No dice nada del agua.");
        await VoteAsync(id, Guid.NewGuid(), "");
        var comment = Assert.Single((await CommentsAsync(settled: false)).Items);

        await InAsync(db => db.SettleAsync(comment.Id, "Otra cosa", Clock.Now, NoCancel));
        Assert.Single((await CommentsAsync(settled: false)).Items);
        await InAsync(db => db.SettleAsync(comment.Id, comment.Text, Clock.Now, NoCancel));

        Assert.Equal((0, 1), ((await CommentsAsync(settled: false)).Total, (await CommentsAsync(settled: true)).Total));
        await VoteAsync(id, reader, null);
        Assert.Equal(1, (await CommentsAsync(settled: true)).Total);
        await VoteAsync(id, reader, "Sigue sin decirlo.");
        Assert.Equal(("Sigue sin decirlo.", false), ((await CommentsAsync(settled: false)).Items.Single() is var again ? (again.Text, again.IsOld) : default));
    }

    [Fact]
    public async Task Who_wrote_is_reminded_once_a_month_while_she_is_an_editor_and_all_editors_otherwise()
    {
        var id = await PublishedAsync("Uno.", Clock.Now.AddDays(10));
        await RolesAsync();
        Assert.Equal(0, await RemindAsync());
        Clock.Now = Clock.Now.AddDays(11);

        Assert.Equal(1, await RemindAsync());
        Assert.Equal(0, await RemindAsync());
        Clock.Now += RemindToReview.Again;
        Assert.Equal(1, await RemindAsync());
        await InAsync(async db => await db.UserRoles.Where(u => u.UserId == Elena.Id).ExecuteDeleteAsync());
        Clock.Now += RemindToReview.Again;
        Assert.Equal(1, await RemindAsync());

        var people = await InAsync(async db => (await db.Jobs.OrderBy(j => j.CreatedAt).ToListAsync()).Select(j => j.Read<Core.Mail.MailRequest>().PersonId).ToList());
        Assert.Equal([Elena.Id, Elena.Id, Bruno.Id], people);
        Assert.NotNull((await ArticleAsync(id)).ReviewRemindedAt);
    }

    [Fact]
    public async Task Topics_are_ordered_renamed_and_deleted_only_when_empty()
    {
        await PublishedAsync("Uno.");
        Assert.Equal((TopicResult.Done, "gas-natural"), await TopicsAsync(t => t.AddAsync("Gas natural", "Todo del gas", "flame", NoCancel)));
        Assert.Equal(TopicResult.Taken, (await TopicsAsync(t => t.AddAsync("Gas  Natural!", "", "", NoCancel))).Result);

        Assert.Equal(TopicResult.Done, await TopicsAsync(t => t.MoveAsync("gas-natural", up: true, NoCancel)));
        Assert.Equal(TopicResult.Done, await TopicsAsync(t => t.MoveAsync("gas-natural", up: true, NoCancel)));
        Assert.Equal(TopicResult.Gone, await TopicsAsync(t => t.MoveAsync("nada", up: true, NoCancel)));
        var rows = await TopicsAsync(t => t.ListAsync(NoCancel));
        Assert.Equal([("gas-natural", 0), ("agua", 1)], rows.Select(r => (r.Slug, r.Articles)));

        Assert.Equal(TopicResult.Done, await TopicsAsync(t => t.SaveAsync("agua", rows[1].Version, "Agua y clima", "", "snow", NoCancel)));
        Assert.Equal(TopicResult.Overtaken, await TopicsAsync(t => t.SaveAsync("agua", rows[1].Version, "Otra", "", "", NoCancel)));
        Assert.Equal(TopicResult.NotEmpty, await TopicsAsync(t => t.DeleteAsync("agua", rows[1].Version + 1, NoCancel)));
        Assert.Equal(TopicResult.Done, await TopicsAsync(t => t.DeleteAsync("gas-natural", rows[0].Version, NoCancel)));
    }

    [Fact]
    public async Task A_topic_that_an_editor_changed_is_not_overwritten_by_its_file()
    {
        Folder.Write("articles/agua/_category.yaml", "title: Agua\nposition: 3\n");
        await ImportAsync();
        var topic = (await TopicsAsync(t => t.ListAsync(NoCancel))).Single();
        await TopicsAsync(t => t.SaveAsync("agua", topic.Version, "Agua y clima", "", "", NoCancel));

        var same = await ImportAsync();
        Folder.Write("articles/agua/_category.yaml", "title: Aguas\nposition: 3\n");
        var changed = await ImportAsync();

        Assert.Empty(same.Problems);
        Assert.Equal([ProblemKind.EditedInBrowser], changed.Problems.Select(p => p.Kind));
        Assert.Equal("Agua y clima", (await TopicsAsync(t => t.ListAsync(NoCancel))).Single().Title);
    }

    [Theory]
    [InlineData("/ayuda/Agua.html", "como-medir-el-agua", AddedRedirect.Done)]
    [InlineData("https://viejo.example/ayuda/%C3%A1gua/?x=1#y", "/articulos/como-medir-el-agua/", AddedRedirect.Done)]
    [InlineData("/articulos/como-medir-el-agua", "como-medir-el-agua", AddedRedirect.InUse)]
    [InlineData("/viejo", "no-hay", AddedRedirect.NoArticle)]
    [InlineData("", "como-medir-el-agua", AddedRedirect.NotAPath)]
    [InlineData("/a\u0001b", "como-medir-el-agua", AddedRedirect.NotAPath)]
    public async Task An_old_address_leads_to_an_article_that_exists(string from, string to, AddedRedirect expected)
    {
        await PublishedAsync("Uno.");

        Assert.Equal(expected, await InAsync(db => new ManageRedirects(db).AddAsync(from, to, NoCancel)));

        var rows = await InAsync(db => new ManageRedirects(db).ListAsync("ayuda", 1, 50, NoCancel));
        Assert.Equal(expected == AddedRedirect.Done ? 1 : 0, rows.Total);
        foreach (var row in rows.Items)
        {
            Assert.Equal(("como-medir-el-agua", true), (row.Slug, row.IsShown));
            await InAsync(async db => { await new ManageRedirects(db).DeleteAsync(row.Path, NoCancel); return 0; });
        }

        Assert.Equal(0, (await InAsync(db => new ManageRedirects(db).ListAsync(null, 1, 50, NoCancel))).Total);
    }

    [Fact]
    public async Task A_change_in_many_articles_is_published_where_it_can_be_and_a_draft_elsewhere()
    {
        var shown = await PublishedAsync("Uno.");
        var edited = await PublishedAsync("Dos.", title: "Cómo cerrar el gas");
        await SaveAsync(edited, 1, "Dos y medio.");
        await InAsync(async db =>
        {
            db.Categories.Add(new Category { Slug = "gas", Title = "Gas" });
            return await db.SaveChangesAsync();
        });
        string[] slugs = ["como-medir-el-agua", "como-cerrar-el-gas", "no-hay"];

        var moved = await ManyAsync(m => m.WriteAsync(slugs, c => c with { Category = "gas" }, Elena, NoCancel));
        var again = await ManyAsync(m => m.WriteAsync(slugs, c => c with { Category = "gas" }, Elena, NoCancel));

        Assert.Equal((1, 1, 0), (moved.Changed, moved.Drafts, moved.Refused.Count));
        Assert.Equal((2, 0), (again.Changed, again.Drafts));
        Assert.Equal(("gas", "Uno."), ((await ArticleAsync(shown)).Category.Slug, (await ArticleAsync(shown)).PublishedRevision!.Body));
        Assert.Equal(("agua", "Dos."), ((await ArticleAsync(edited)).Category.Slug, (await ArticleAsync(edited)).PublishedRevision!.Body));
        Assert.Equal("Dos y medio.", (await RevisionsAsync(edited))[^1].Body);

        var closed = new EditingRules(false, new Dictionary<string, IReadOnlySet<string>> { ["agua"] = new HashSet<string> { "otra@ensayo.example" } });
        var archived = await ManyAsync(m => m.StepAsync(slugs, (publish, id) => publish.ArchiveAsync(id, Elena, NoCancel), NoCancel), closed);
        Assert.Equal((1, "Cómo medir el agua", PublishResult.NotHers), (archived.Changed, archived.Refused.Single().Title, archived.Refused.Single().Why));
    }

    private async Task<Guid> PublishedAsync(string body, DateTime? reviewBy = null, string title = "Cómo medir el agua")
    {
        var id = await DraftAsync(body, title);
        var number = 1;
        if (reviewBy is not null)
        {
            number = (await WritingAsync(w => w.SaveAsync(id, 1, Text(body, title) with { ReviewBy = reviewBy }, Elena, NoCancel))).Number;
        }

        Assert.Equal(PublishResult.Done, await PublishingAsync(p => p.PublishAsync(id, number, null, Elena, NoCancel)));
        return id;
    }

    private Task RolesAsync() => InAsync(async db =>
    {
        var role = new IdentityRole<Guid>(Roles.Editor) { Id = Guid.NewGuid(), NormalizedName = "EDITOR" };
        db.Roles.Add(role);
        db.UserRoles.AddRange(new[] { Elena.Id, Bruno.Id }.Select(id => new IdentityUserRole<Guid> { RoleId = role.Id, UserId = id }));
        return await db.SaveChangesAsync();
    });

    private Task<int> RemindAsync() => InAsync(db => new RemindToReview(db, TestWords.Company(), Clock).RunAsync(NoCancel));

    private Task VoteAsync(Guid id, Guid visitor, string? comment) => InAsync(async db => { await new VoteOnArticle(db, Clock).CastAsync(id, visitor, false, comment, NoCancel); return 0; });

    private Task<Page<ReaderComment>> CommentsAsync(bool settled) => InAsync(db => db.ReaderCommentsAsync(settled, null, 1, 50, NoCancel));

    private Task<T> TopicsAsync<T>(Func<ArrangeTopics, Task<T>> act) => InAsync(db => act(new ArrangeTopics(db, Clock)));

    private Task<ManyChanged> ManyAsync(Func<ChangeArticles, Task<ManyChanged>> act, EditingRules? rules = null) =>
        InAsync(db => act(new ChangeArticles(db, new WriteArticle(db, new ArticleRenderer(TestWords.Spanish), Clock), new PublishArticle(db, rules ?? EditingRules.Open, Clock))));
}
