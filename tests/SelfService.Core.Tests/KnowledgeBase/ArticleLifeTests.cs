using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.Shortcuts;
using SelfService.Search;
using SelfService.Search.Querying;

namespace SelfService.Core.Tests.KnowledgeBase;

/// <summary>Publishing by the clock, rendering again, votes and the index.</summary>
public sealed class ArticleLifeTests : KnowledgeBaseTest
{
    [Fact]
    public async Task A_scheduled_article_is_published_when_its_moment_comes_and_once()
    {
        Write("x/a.md", "texto", "publish_at: 2026-12-01T08:00:00Z\naudience: customers");
        await ImportAsync();

        Clock.Now = new DateTime(2026, 12, 1, 7, 59, 59, DateTimeKind.Utc);
        Assert.Equal(0, await PublishAsync());
        Clock.Now = Clock.Now.AddSeconds(1);
        Assert.Equal((1, 0), (await PublishAsync(), await PublishAsync()));

        var article = await ArticleAsync("a");
        Assert.Equal((ArticleStatus.Published, Audience.Customers, null, Clock.Now), (article.Status, article.Audience, article.PublishAt, article.PublishedAt));
        Assert.Equal(2, article.ChangeNumber);
    }

    [Fact]
    public async Task A_scheduled_change_leaves_what_is_published_until_then()
    {
        Write("x/a.md", "antes");
        await ImportAsync();
        Write("x/a.md", "después", "publish_at: 2026-12-01");
        await ImportAsync();

        Assert.Equal(("antes", ArticleStatus.Published), ((await ArticleAsync("a")).PublishedRevision!.Body, (await ArticleAsync("a")).Status));
        Clock.Now = new DateTime(2026, 12, 1, 0, 0, 0, DateTimeKind.Utc);
        Assert.Equal(1, await PublishAsync());
        Assert.Equal("después", (await ArticleAsync("a")).PublishedRevision!.Body);
    }

    [Fact]
    public async Task What_an_older_renderer_made_is_rendered_again_with_its_links_and_images()
    {
        Write("x/a.md", "[b](../y/b.md) ![c](c.png)").Write("articles/y/b.md", "---\ntitle: B\n---\ntexto").Write("articles/x/c.png", Content.ImageFileTests.Png(7, 8));
        await ImportAsync();
        var html = (await ArticleAsync("a")).PublishedRevision!.Html;
        await InAsync(db => db.Revisions.Where(r => r.Title == "A").ExecuteUpdateAsync(set => set.SetProperty(r => r.RendererVersion, 0).SetProperty(r => r.Html, "viejo")));
        var before = (await ArticleAsync("a")).ChangeNumber;

        Assert.Equal((1, 0), (await InAsync(RerenderAsync), await InAsync(RerenderAsync)));

        var after = await ArticleAsync("a");
        Assert.Equal((html, ArticleRenderer.CurrentVersion, 1), (after.PublishedRevision!.Html, after.PublishedRevision.RendererVersion, after.LatestRevisionNumber));
        Assert.True(after.ChangeNumber > before);
        Assert.Equal(before, (await ArticleAsync("b")).ChangeNumber);

        static Task<int> RerenderAsync(Core.Persistence.PortalDbContext db) => new RerenderArticles(db, new ArticleRenderer(TestWords.Spanish)).RunAsync(NoCancel);
    }

    [Fact]
    public async Task A_second_vote_replaces_the_first_and_keeps_the_comment()
    {
        var id = await OneArticleAsync();
        var visitor = Guid.NewGuid();
        await VoteAsync(id, visitor, false, "No entendí");
        await VoteAsync(id, Guid.NewGuid(), true, null);
        Assert.Equal((1, 1), Votes(await ArticleAsync("a")));

        await VoteAsync(id, visitor, true, null);

        Assert.Equal((2, 0), Votes(await ArticleAsync("a")));
        var vote = await InAsync(db => db.ArticleVotes.SingleAsync(v => v.VisitorId == visitor));
        Assert.Equal((true, "No entendí", Clock.Now), (vote.Helpful, vote.Comment, vote.VotedAt));
        Assert.Equal((await ArticleAsync("a")).PublishedRevisionId, vote.RevisionId);
    }

    [Fact]
    public async Task Parallel_votes_of_one_visitor_are_one_vote_and_counts_are_right()
    {
        var id = await OneArticleAsync();
        var visitor = Guid.NewGuid();
        await using var services = Database.Services();

        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => Task.Run(async () =>
        {
            await using var scope = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.CreateAsyncScope(services);
            var db = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Core.Persistence.PortalDbContext>(scope.ServiceProvider);
            await new VoteOnArticle(db, Clock).CastAsync(id, i < 20 ? visitor : Guid.NewGuid(), true, null, NoCancel);
        })));

        Assert.Equal(1, await InAsync(db => db.ArticleVotes.CountAsync(v => v.VisitorId == visitor)));
        Assert.Equal(11, await InAsync(db => db.ArticleVotes.CountAsync()));
        Assert.Equal((11, 0), Votes(await ArticleAsync("a")));
    }

    [Fact]
    public async Task The_index_follows_every_change_and_only_what_changed()
    {
        var engine = new CountingEngine();
        var shortcuts = new ShortcutIndex(TestWords.Company(), SearchLanguage.Default);
        Write("pagos/a.md", "factura electrónica").Write("articles/envios/b.md", "---\ntitle: B\n---\nfactura impresa");
        await ImportAsync();
        Assert.Equal((true, false), (await FollowAsync(), await FollowAsync()));
        Assert.Equal((2, 2), (engine.Inner.Count, Find("factura")));
        Assert.Equal(1, Find("factura", "envios"));

        Write("pagos/a.md", "recibo electrónico");
        await ImportAsync();
        await FollowAsync();
        Assert.Equal((1, 1, 1), (engine.LastChanged, Find("factura"), Find("recibo")));

        Write("pagos/a.md", "recibo electrónico", "audience: staff");
        await ImportAsync();
        await FollowAsync();
        Assert.Equal((0, 1), (Find("recibo"), Find("recibo", audience: Audience.Staff)));

        Write("pagos/a.md", "recibo electrónico", "status: archived");
        await ImportAsync();
        await FollowAsync();
        Assert.Equal((0, 0, 1, 1), (Find("recibo", audience: Audience.Staff), engine.LastChanged, engine.LastRemoved, engine.Inner.Count));
        Assert.Equal(await InAsync(db => db.Sequences.Select(s => s.Value).SingleAsync()), engine.Revision);

        Task<bool> FollowAsync() => InAsync(db => new ArticleIndex(db, engine, shortcuts).FollowAsync(NoCancel));
        int Find(string text, string? topic = null, Audience audience = Audience.Public) =>
            engine.Search(new SearchRequest(SearchQuery.Parse(text), audience) { Topic = topic }).Total;
    }

    private static (int, int) Votes(Article article) => (article.HelpfulVotes, article.UnhelpfulVotes);

    private async Task<Guid> OneArticleAsync()
    {
        Write("x/a.md", "texto");
        await ImportAsync();
        return (await ArticleAsync("a")).Id;
    }

    private async Task VoteAsync(Guid article, Guid visitor, bool helpful, string? comment)
    {
        await using var db = Database.Open();
        await new VoteOnArticle(db, Clock).CastAsync(article, visitor, helpful, comment, NoCancel);
    }

    private Task<int> PublishAsync() => InAsync(db => new PublishDueArticles(db, Clock).RunAsync(NoCancel));

    private sealed class CountingEngine : ISearchEngine
    {
        public MemorySearchEngine Inner { get; } = new();

        public int LastChanged { get; private set; }

        public int LastRemoved { get; private set; }

        public long Revision => Inner.Revision;

        public int Count => Inner.Count;

        public void Apply(IReadOnlyCollection<SearchDocument> changed, IReadOnlyCollection<string> removed, long revision)
        {
            (LastChanged, LastRemoved) = (changed.Count, removed.Count);
            Inner.Apply(changed, removed, revision);
        }

        public void Learn(SearchLanguage language) => Inner.Learn(language);

        public SearchResults Search(SearchRequest request) => Inner.Search(request);

        public IReadOnlyList<Suggestion> Suggest(string typed, Audience audience, int limit, string? reader = null) => Inner.Suggest(typed, audience, limit, reader);
    }
}
