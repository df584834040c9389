using Microsoft.EntityFrameworkCore;
using SelfService.Core.Journeys;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.Shortcuts;
using SelfService.Search;
using SelfService.Search.Querying;

namespace SelfService.Core.Tests.KnowledgeBase;

/// <summary>What votes prove: by enough readers, and one vote of each.</summary>
public sealed class ProveUsefulnessTests : KnowledgeBaseTest
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(4, 4, 0)]
    [InlineData(0, 4, 0)]
    [InlineData(5, 5, 0.1)]
    [InlineData(0, 5, -0.1)]
    [InlineData(10, 10, 0.4)]
    [InlineData(90, 100, 0.7)]
    [InlineData(10, 100, -0.7)]
    [InlineData(55, 100, 0)]
    [InlineData(1_000_000, 1_000_000, 1)]
    public void Usefulness_is_how_far_the_interval_lies_from_one_half(int helpful, int all, double expected) =>
        Assert.Equal(expected, Usefulness.Of(helpful, all), 1e-9);

    [Fact]
    public void More_proof_is_worth_more() => Assert.True(Usefulness.Of(50, 55) > Usefulness.Of(5, 5) && Usefulness.Of(5, 5) > Usefulness.Of(5, 6));

    [Fact]
    public async Task Votes_of_many_readers_prove_an_article_useful_or_of_no_use()
    {
        await ArticlesAsync("a", "b", "c");
        await VotesAsync("a", 10, true);
        await VotesAsync("b", 10, false);

        Assert.Equal((2, 0), (await ProveAsync(), await ProveAsync()));

        Assert.Equal((0.4, -0.4, 0), (await UsefulnessAsync("a"), await UsefulnessAsync("b"), await UsefulnessAsync("c")));
    }

    [Fact]
    public async Task A_few_votes_prove_nothing()
    {
        await ArticlesAsync("a", "b");
        await VotesAsync("a", 4, true);
        await VotesAsync("b", 4, false);

        Assert.Equal((0, 0, 0), (await ProveAsync(), await UsefulnessAsync("a"), await UsefulnessAsync("b")));
    }

    [Fact]
    public async Task Repeated_votes_of_one_reader_are_one_vote()
    {
        await ArticlesAsync("a");
        var reader = Guid.NewGuid();
        for (var i = 0; i < 20; i++)
        {
            await ReadAsync("a", reader);
            await VoteAsync("a", reader, true);
        }

        Assert.Equal((0, 0), (await ProveAsync(), await UsefulnessAsync("a")));
    }

    [Fact]
    public async Task Votes_of_those_who_have_not_read_the_article_do_not_count()
    {
        await ArticlesAsync("a", "b");
        for (var i = 0; i < 20; i++)
        {
            var stranger = Guid.NewGuid();
            await ReadAsync("b", stranger);
            await VoteAsync("a", stranger, true);
        }

        Assert.Equal((0, 20), (await ProveAsync(), (await ArticleAsync("a")).HelpfulVotes));

        await VotesAsync("a", 5, false);
        Assert.Equal((1, -0.1), (await ProveAsync(), await UsefulnessAsync("a")));
    }

    [Fact]
    public async Task What_was_proven_goes_when_its_readings_are_forgotten()
    {
        await ArticlesAsync("a");
        await VotesAsync("a", 10, true);
        await ProveAsync();
        Clock.Now = Clock.Now.AddMonths(ForgetSteps.MonthsKept).AddDays(1);
        await InAsync(db => new ForgetSteps(db, Clock).RunAsync(NoCancel));

        Assert.Equal((1, 0), (await ProveAsync(), await UsefulnessAsync("a")));
    }

    [Fact]
    public async Task The_index_follows_and_equals_change_places()
    {
        var engine = new MemorySearchEngine();
        var shortcuts = new ShortcutIndex(TestWords.Company(), SearchLanguage.Default);
        Write("x/a.md", "pagar");
        Write("x/b.md", "pagar");
        await ImportAsync();
        await FollowAsync();
        var last = Find()[1];
        await VotesAsync(last.ToLowerInvariant(), 10, true);
        await FollowAsync();
        Assert.Equal(last, Find()[1]);

        await ProveAsync();
        Assert.Equal((true, false), (await FollowAsync(), await FollowAsync()));

        Assert.Equal(last, Find()[0]);

        Task<bool> FollowAsync() => InAsync(db => new ArticleIndex(db, engine, shortcuts).FollowAsync(NoCancel));
        string[] Find() => [.. engine.Search(new SearchRequest(SearchQuery.Parse("pagar"), Audience.Public)).Hits.Select(hit => hit.Document.Title)];
    }

    [Fact]
    public async Task What_is_proven_useful_leads_before_the_choice_of_the_company()
    {
        await ArticlesAsync("a", "b", "c");
        await VotesAsync("c", 10, true);
        await VotesAsync("a", 5, true);
        await ProveAsync();

        var shown = await InAsync(db => db.MostUsefulAsync(Audience.Public, ["b"], 2, NoCancel));

        Assert.Equal(["c", "b"], shown.Select(card => card.Slug));
    }

    private Task ArticlesAsync(params string[] slugs)
    {
        foreach (var slug in slugs)
        {
            Write($"x/{slug}.md", "texto");
        }

        return ImportAsync();
    }

    private async Task VotesAsync(string slug, int count, bool helpful)
    {
        for (var i = 0; i < count; i++)
        {
            var reader = Guid.NewGuid();
            await ReadAsync(slug, reader);
            await VoteAsync(slug, reader, helpful);
        }
    }

    private async Task ReadAsync(string slug, Guid visitor)
    {
        await using var db = Database.Open();
        db.VisitSteps.Add(VisitStep.Reading(visitor, slug, Clock.Now));
        await db.SaveChangesAsync(NoCancel);
    }

    private async Task VoteAsync(string slug, Guid visitor, bool helpful)
    {
        await using var db = Database.Open();
        var id = await db.Articles.Where(a => a.Slug == slug).Select(a => a.Id).SingleAsync(NoCancel);
        await new VoteOnArticle(db, Clock).CastAsync(id, visitor, helpful, null, NoCancel);
    }

    private Task<int> ProveAsync() => InAsync(db => new ProveUsefulness(db).RunAsync(NoCancel));

    private async Task<double> UsefulnessAsync(string slug) => (await ArticleAsync(slug)).Usefulness;
}
