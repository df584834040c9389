using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase;
using SelfService.Search;

namespace SelfService.Core.Tests.KnowledgeBase;

/// <summary>What each audience sees; every "does not see" stands beside a "does see".</summary>
public sealed class ArticleQueriesTests : KnowledgeBaseTest
{
    [Theory]
    [InlineData(Audience.Public, "a-publico d-publico", "pagos:2")]
    [InlineData(Audience.Customers, "a-publico b-clientes d-publico", "pagos:3")]
    [InlineData(Audience.Staff, "a-publico b-clientes c-personal d-publico", "pagos:4 interno:1")]
    public async Task Lists_and_counts_show_an_audience_its_articles_only(Audience audience, string slugs, string topics)
    {
        await ImportSampleAsync();

        Assert.Equal(slugs.Split(' '), await InAsync(db => db.Articles.VisibleTo(audience).Where(a => a.Category.Slug == "pagos").OrderBy(a => a.Slug).Select(a => a.Slug).ToListAsync()));
        var page = await InAsync(db => db.ArticlesOfAsync("pagos", audience, 1, 10, NoCancel));
        Assert.Equal(slugs.Split(' '), page.Items.Select(a => a.Slug));
        Assert.Equal(slugs.Split(' ').Length, page.Total);
        var cards = await InAsync(db => db.TopicsAsync(audience, NoCancel));
        Assert.Equal(topics.Split(' ').Order(), cards.Select(t => $"{t.Slug}:{t.Articles}").Order());
        Assert.Equal(audience == Audience.Staff, await InAsync(db => db.TopicAsync("interno", audience, NoCancel)) is not null);
        var useful = await InAsync(db => db.MostUsefulAsync(audience, [], 20, NoCancel));
        Assert.Equal(cards.Sum(t => t.Articles), useful.Count);
        Assert.All(useful, card => Assert.True(audience == Audience.Staff || card.TopicSlug == "pagos"));
    }

    [Theory]
    [InlineData("b-clientes", Audience.Public, false)]
    [InlineData("b-clientes", Audience.Customers, true)]
    [InlineData("c-personal", Audience.Customers, false)]
    [InlineData("c-personal", Audience.Staff, true)]
    [InlineData("a-publico", Audience.Public, true)]
    [InlineData("borrador", Audience.Staff, false)]
    [InlineData("nada", Audience.Staff, false)]
    public async Task An_article_and_its_old_addresses_open_for_its_audience_only(string slug, Audience audience, bool opens)
    {
        await ImportSampleAsync();

        Assert.Equal(opens, await InAsync(db => db.ArticleAsync(slug, audience, NoCancel)) is not null);
        Assert.Equal(opens ? "/articulos/" + slug : null, await InAsync(db => db.RedirectAsync("/viejo/" + slug, audience, NoCancel)));
    }

    [Fact]
    public async Task Related_articles_and_neighbours_are_those_the_reader_may_see()
    {
        await ImportSampleAsync();

        var seen = (await InAsync(db => db.ArticleAsync("a-publico", Audience.Public, NoCancel)))!;
        Assert.Equal(["d-publico"], seen.Related.Select(x => x.Slug));
        Assert.Equal((null, "d-publico"), (seen.Previous?.Slug, seen.Next?.Slug));
        var staff = (await InAsync(db => db.ArticleAsync("a-publico", Audience.Staff, NoCancel)))!;
        Assert.Equal(["c-personal", "b-clientes", "d-publico"], staff.Related.Select(x => x.Slug));
        Assert.Equal("b-clientes", staff.Next?.Slug);
        var last = (await InAsync(db => db.ArticleAsync("d-publico", Audience.Public, NoCancel)))!;
        Assert.Equal(("a-publico", null), (last.Previous?.Slug, last.Next?.Slug));
    }

    [Fact]
    public async Task A_topic_is_paged_by_title_without_gaps_or_repeats()
    {
        for (var i = 0; i < 25; i++)
        {
            Write($"t/articulo-{i:00}.md", "texto");
        }

        await ImportAsync();
        var pages = new List<ArticleCard>();
        for (var number = 1; number <= 3; number++)
        {
            var page = await InAsync(db => db.ArticlesOfAsync("t", Audience.Public, number, 10, NoCancel));
            Assert.Equal((25, 3), (page.Total, page.Count));
            pages.AddRange(page.Items);
        }

        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"articulo-{i:00}"), pages.Select(a => a.Slug));
        Assert.Empty((await InAsync(db => db.ArticlesOfAsync("t", Audience.Public, 9, 10, NoCancel))).Items);
        Assert.Equal(1, (await InAsync(db => db.ArticlesOfAsync("nada", Audience.Public, 1, 10, NoCancel))).Count);
    }

    private async Task ImportSampleAsync()
    {
        foreach (var (path, head) in new[]
        {
            ("pagos/a-publico.md", "related: [c-personal, b-clientes, borrador]"), ("pagos/b-clientes.md", "audience: customers"), ("pagos/c-personal.md", "audience: staff"),
            ("pagos/d-publico.md", "weight: 1"), ("pagos/borrador.md", "draft: true"), ("interno/e-personal.md", "audience: staff"),
        })
        {
            Write(path, "texto", $"{head}\nredirect_from: /viejo/{Path.GetFileNameWithoutExtension(path)}");
        }

        Assert.Equal(6, (await ImportAsync()).Created);
    }
}
