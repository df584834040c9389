using System.Text;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Search;

namespace SelfService.Core.Tests.KnowledgeBase.Editing;

/// <summary>The life of an article, step by step, and who may take each.</summary>
public sealed class PublishArticleTests : EditingTest
{
    private static readonly EditingRules OfTwo = new(true, new Dictionary<string, IReadOnlySet<string>>());

    private Task<PublishResult> PublishAsync(Guid id, int number, Editor? editor = null, DateTime? moment = null, EditingRules? rules = null) =>
        PublishingAsync(p => p.PublishAsync(id, number, moment, editor ?? Elena, NoCancel), rules);

    private Task<int> DueAsync() => InAsync(db => new PublishDueArticles(db, Clock).RunAsync(NoCancel));

    [Fact]
    public async Task Where_two_are_needed_the_writer_cannot_approve_her_own_text_and_a_new_text_is_approved_anew()
    {
        var id = await DraftAsync();

        Assert.Equal(PublishResult.NeedsApproval, await PublishAsync(id, 1, rules: OfTwo));
        Assert.Equal(PublishResult.NotPossible, await PublishingAsync(p => p.ApproveAsync(id, 1, Bruno, NoCancel), OfTwo));
        Assert.Equal(PublishResult.Done, await PublishingAsync(p => p.SubmitAsync(id, 1, Elena, NoCancel), OfTwo));
        Assert.Equal(PublishResult.NeedsApproval, await PublishingAsync(p => p.ApproveAsync(id, 1, Elena, NoCancel), OfTwo));
        Assert.Equal(PublishResult.Done, await PublishingAsync(p => p.ReturnAsync(id, 1, "Falta el paso 2", Bruno, NoCancel), OfTwo));
        await SaveAsync(id, 1, "Con el paso 2.");
        await PublishingAsync(p => p.SubmitAsync(id, 2, Elena, NoCancel), OfTwo);
        Assert.Equal(PublishResult.Overtaken, await PublishingAsync(p => p.ApproveAsync(id, 1, Bruno, NoCancel), OfTwo));
        Assert.Equal(PublishResult.Done, await PublishingAsync(p => p.ApproveAsync(id, 2, Bruno, NoCancel), OfTwo));
        await SaveAsync(id, 2, "Cambiado después.");
        Assert.Equal(PublishResult.NeedsApproval, await PublishAsync(id, 3, rules: OfTwo));
        await PublishingAsync(p => p.SubmitAsync(id, 3, Elena, NoCancel), OfTwo);
        await PublishingAsync(p => p.ApproveAsync(id, 3, Bruno, NoCancel), OfTwo);
        Assert.Equal(PublishResult.Done, await PublishAsync(id, 3, rules: OfTwo));

        Assert.Equal("Cambiado después.", (await ArticleAsync(id)).PublishedRevision!.Body);
        Assert.Contains(ArticleEventKind.Returned, await EventsAsync(id));
    }

    [Fact]
    public async Task Who_wrote_it_is_known_by_the_account_and_not_by_a_name_that_can_be_changed()
    {
        var id = await DraftAsync();
        await PublishingAsync(p => p.SubmitAsync(id, 1, Elena, NoCancel), OfTwo);

        Assert.Equal(PublishResult.NeedsApproval, await PublishingAsync(p => p.ApproveAsync(id, 1, Elena with { Name = "Otra" }, NoCancel), OfTwo));
        Assert.Equal(PublishResult.Done, await PublishingAsync(p => p.ApproveAsync(id, 1, Bruno with { Name = Elena.Name }, NoCancel), OfTwo));
    }

    [Fact]
    public async Task A_topic_kept_for_others_is_theirs_and_an_administrators()
    {
        var id = await DraftAsync();
        var rules = EditingFile.Read(Encoding.UTF8.GetBytes("topics:\n  agua: [BRUNO@ensayo.example]\n"));

        Assert.Equal(PublishResult.NotHers, await PublishAsync(id, 1, Elena, rules: rules));
        Assert.Equal(PublishResult.NotHers, await PublishingAsync(p => p.TrashAsync(id, Elena, NoCancel), rules));
        Assert.Equal(PublishResult.Done, await PublishAsync(id, 1, Bruno, Clock.Now.AddHours(1), rules));
        Assert.Equal(PublishResult.NotHers, await PublishingAsync(p => p.UnscheduleAsync(id, Elena, NoCancel), rules));
        Assert.Equal(PublishResult.Done, await PublishAsync(id, 1, Bruno, rules: rules));
        Assert.Equal(PublishResult.Done, await PublishingAsync(p => p.ArchiveAsync(id, Elena with { IsAdmin = true }, NoCancel), rules));
    }

    [Theory]
    [InlineData("approval: quizá")]
    [InlineData("topics:\n  agua: []")]
    [InlineData("topics:\n  agua: [nadie]")]
    public void Rules_that_cannot_be_used_are_refused(string text) => Assert.Throws<ContentException>(() => EditingFile.Read(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public async Task What_is_scheduled_is_the_revision_that_was_seen_and_not_a_later_draft()
    {
        var id = await DraftAsync("Visto.");
        await PublishAsync(id, 1, moment: Clock.Now.AddHours(2));
        await SaveAsync(id, 1, "Escrito después.");

        Assert.Equal(0, await DueAsync());
        Clock.Now = Clock.Now.AddHours(2);
        Assert.Equal((1, 0), (await DueAsync(), await DueAsync()));

        var article = await ArticleAsync(id);
        Assert.Equal(("Visto.", 2, null), (article.PublishedRevision!.Body, article.LatestRevisionNumber, article.PublishAt));
    }

    [Fact]
    public async Task What_is_scheduled_takes_its_topic_its_address_and_its_old_addresses_when_it_is_published()
    {
        var id = await DraftAsync();
        await PublishAsync(id, 1);
        await InAsync(async db =>
        {
            db.Categories.Add(new Category { Slug = "luz", Title = "Luz" });
            return await db.SaveChangesAsync();
        });
        await WritingAsync(w => w.SaveAsync(id, 1, Text("Otro.") with { Slug = "medir-luz", Category = "luz", RedirectFrom = ["/ayuda/luz"] }, Elena, NoCancel));
        await PublishAsync(id, 2, moment: Clock.Now.AddHours(1));
        Assert.Equal(("como-medir-el-agua", "agua"), ((await ArticleAsync(id)).Slug, (await ArticleAsync(id)).Category.Slug));

        Clock.Now = Clock.Now.AddHours(1);
        Assert.Equal(1, await DueAsync());

        Assert.Equal(("medir-luz", "luz"), ((await ArticleAsync(id)).Slug, (await ArticleAsync(id)).Category.Slug));
        Assert.Equal("/articulos/medir-luz", await InAsync(db => db.RedirectAsync("/articulos/como-medir-el-agua", Audience.Public, NoCancel)));
        Assert.Equal("/articulos/medir-luz", await InAsync(db => db.RedirectAsync("/ayuda/luz", Audience.Public, NoCancel)));
    }

    [Fact]
    public async Task What_is_to_be_archived_before_is_not_published_and_a_file_of_it_is_archived()
    {
        var id = await DraftAsync();
        await WritingAsync(w => w.SaveAsync(id, 1, Text("Hasta ayer.") with { ExpiresAt = Clock.Now.AddDays(1) }, Elena, NoCancel));

        Assert.Equal(PublishResult.Expired, await PublishAsync(id, 2, moment: Clock.Now.AddDays(1)));
        Assert.Equal(PublishResult.Done, await PublishAsync(id, 2, moment: Clock.Now.AddHours(1)));
        Write("agua/vencido.md", "texto", "expires_at: 2020-01-01");
        await ImportAsync();
        Assert.Equal(ArticleStatus.Archived, (await ArticleAsync("vencido")).Status);
    }

    [Fact]
    public async Task What_is_shown_until_a_day_is_archived_on_it()
    {
        var id = await DraftAsync();
        await WritingAsync(w => w.SaveAsync(id, 1, Text("Hasta mañana.") with { ExpiresAt = Clock.Now.AddDays(1) }, Elena, NoCancel));
        await PublishAsync(id, 2);

        Assert.Equal(0, await DueAsync());
        Clock.Now = Clock.Now.AddDays(1);
        Assert.Equal(1, await DueAsync());

        Assert.Equal(ArticleStatus.Archived, (await ArticleAsync(id)).Status);
        Assert.Equal(ArticleEventKind.Expired, (await EventsAsync(id))[^1]);
    }

    [Fact]
    public async Task A_new_address_is_taken_at_publication_and_the_old_one_leads_on()
    {
        var id = await DraftAsync();
        await PublishAsync(id, 1);
        await WritingAsync(w => w.SaveAsync(id, 1, Text("Otro.") with { Slug = "medir-agua" }, Elena, NoCancel));
        Assert.Equal("como-medir-el-agua", (await ArticleAsync(id)).Slug);

        Assert.Equal(PublishResult.Done, await PublishAsync(id, 2));

        Assert.Equal("medir-agua", (await ArticleAsync(id)).Slug);
        Assert.Equal("/articulos/medir-agua", await InAsync(db => db.RedirectAsync("/articulos/como-medir-el-agua", Audience.Public, NoCancel)));
        var other = await DraftAsync(title: "Otra cosa");
        await WritingAsync(w => w.SaveAsync(other, 1, Text("x", "Otra cosa") with { Slug = "medir-agua" }, Elena, NoCancel));
        Assert.Equal(PublishResult.AddressTaken, await PublishAsync(other, 2));
    }

    [Fact]
    public async Task The_trash_gives_back_for_thirty_days_and_then_forgets()
    {
        var (kept, gone) = (await DraftAsync("Se recupera."), await DraftAsync("Se va.", "Otra"));
        await PublishAsync(gone, 1);
        foreach (var id in new[] { kept, gone })
        {
            Assert.Equal(PublishResult.Done, await PublishingAsync(p => p.TrashAsync(id, Elena, NoCancel)));
        }

        Assert.Equal(SaveResult.Gone, (await SaveAsync(kept, 1, "Escrito en la basura.")).Result);
        Assert.Equal(PublishResult.NotPossible, await PublishAsync(kept, 1));
        Assert.Equal(PublishResult.Done, await PublishingAsync(p => p.TakeBackAsync(kept, Elena, NoCancel)));
        Clock.Now += PublishArticle.TrashKept;
        Assert.Equal(0, await PublishingAsync(p => p.EmptyTrashAsync(NoCancel)));
        Clock.Now = Clock.Now.AddSeconds(1);
        Assert.Equal(1, await PublishingAsync(p => p.EmptyTrashAsync(NoCancel)));

        Assert.Contains("como-medir-el-agua", (await InAsync(db => db.EditedAsync(EditorView.Writing, null, null, Clock.Now, 1, 50, NoCancel))).Items.Select(r => r.Slug));
        Assert.Equal([kept], await InAsync(db => db.Articles.Select(a => a.Id).ToListAsync()));
        Assert.Equal(ArticleStatus.Draft, (await ArticleAsync(kept)).Status);
    }

    [Fact]
    public async Task What_a_file_made_stays_in_the_trash_and_its_changes_become_a_draft()
    {
        Write("agua/de-archivo.md", "antes");
        await ImportAsync();
        var id = (await ArticleAsync("de-archivo")).Id;
        await PublishingAsync(p => p.TrashAsync(id, Elena, NoCancel));
        Write("agua/de-archivo.md", "después");

        var report = await ImportAsync();

        Assert.Equal((1, ArticleStatus.Archived, 2), (report.Conflicts, (await ArticleAsync(id)).Status, (await ArticleAsync(id)).LatestRevisionNumber));
        Clock.Now += PublishArticle.TrashKept + TimeSpan.FromDays(1);
        Assert.Equal(0, await PublishingAsync(p => p.EmptyTrashAsync(NoCancel)));
    }

    [Fact]
    public async Task Of_many_who_publish_at_once_one_does()
    {
        var id = await DraftAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PublishAsync(id, 1)));

        Assert.Equal(1, results.Count(r => r == PublishResult.Done));
        Assert.Equal([ArticleEventKind.Published], await EventsAsync(id));
    }
}
