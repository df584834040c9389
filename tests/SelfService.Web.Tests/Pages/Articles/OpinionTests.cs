using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.Persistence;

namespace SelfService.Web.Tests.Pages.Articles;

[Collection(TrialPortalCollection.Name)]
public sealed class OpinionTests(TrialPortal portal)
{
    private const string Marked = "<script>alert('voto')</script> & <b>x</b>";

    private async Task<List<ArticleVote>> VotesAsync(string slug)
    {
        await using var scope = portal.Host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var article = await db.Articles.SingleAsync(a => a.Slug == slug);
        return await db.ArticleVotes.AsNoTracking().Where(v => v.ArticleId == article.Id).ToListAsync();
    }

    [Fact]
    public async Task Post_WithoutScript_ThanksThenAsksForWordsThenIsDone()
    {
        using var browser = portal.Host.Browser();

        using var voted = await browser.SendFormAsync("/articulos/paso-10/opinion", [("Helpful", "false")]);
        var asks = await voted.PageAsync();
        using var commented = await browser.SendFormAsync("/articulos/paso-10/opinion", [("Helpful", "false"), ("Comment", "  Faltó el precio  ")]);
        var done = await commented.PageAsync();

        Assert.Equal(200, (int)voted.StatusCode);
        Assert.Equal("false", asks.QuerySelector("form[action='/articulos/paso-10/opinion'] input[name=Helpful]")!.GetAttribute("value"));
        Assert.NotNull(asks.QuerySelector("textarea[name=Comment]"));
        Assert.Equal(200, (int)commented.StatusCode);
        Assert.Null(done.QuerySelector("textarea[name=Comment]"));
        Assert.NotNull(done.QuerySelector("main a[href='/articulos/paso-10']"));
        Assert.NotNull(done.QuerySelector("main a[href='/contacto']"));
        var vote = Assert.Single(await VotesAsync("paso-10"));
        Assert.Equal((false, "Faltó el precio"), (vote.Helpful, vote.Comment));
    }

    [Fact]
    public async Task Post_FromScript_AnswersJson()
    {
        using var browser = portal.Host.Browser();

        using var answer = await browser.SendFormAsync("/articulos/paso-11/opinion", [("Helpful", "true")], accept: "application/json");

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("""{"ok":true}""", await answer.Content.ReadAsStringAsync());
        Assert.True(Assert.Single(await VotesAsync("paso-11")).Helpful);
    }

    [Fact]
    public async Task Post_SameVisitorAgain_ChangesTheVoteAndKeepsTheComment()
    {
        using var browser = portal.Host.Browser();

        (await browser.SendFormAsync("/articulos/paso-12/opinion", [("Helpful", "false"), ("Comment", "Confuso")])).Dispose();
        (await browser.SendFormAsync("/articulos/paso-12/opinion", [("Helpful", "true")])).Dispose();

        var vote = Assert.Single(await VotesAsync("paso-12"));
        Assert.Equal((true, "Confuso"), (vote.Helpful, vote.Comment));
    }

    [Fact]
    public async Task Post_SameVisitorManyTimesAtOnce_IsOneVote()
    {
        using var browser = portal.Host.Browser();
        (await browser.SendFormAsync("/articulos/paso-13/opinion", [("Helpful", "true")])).Dispose();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i =>
            browser.SendFormAsync("/articulos/paso-14/opinion", [("Helpful", i % 2 == 0 ? "true" : "false")])));

        Assert.All(answers, answer => Assert.Equal(200, (int)answer.StatusCode));
        Assert.Single(await VotesAsync("paso-14"));
    }

    [Fact]
    public async Task Post_OtherVisitor_IsAnotherVote()
    {
        using var one = portal.Host.Browser();
        using var other = portal.Host.Browser();

        (await one.SendFormAsync("/articulos/paso-15/opinion", [("Helpful", "true")])).Dispose();
        (await other.SendFormAsync("/articulos/paso-15/opinion", [("Helpful", "false")])).Dispose();

        Assert.Equal(2, (await VotesAsync("paso-15")).Count);
    }

    [Theory]
    [InlineData("cross-site", null)]
    [InlineData("same-site", null)]
    [InlineData(null, null)]
    [InlineData(null, "https://evil.example")]
    [InlineData(null, "null")]
    public async Task Post_FromAnotherSite_IsRefused(string? site, string? origin)
    {
        using var browser = portal.Host.Browser();
        if (origin is not null)
        {
            browser.DefaultRequestHeaders.Add("Origin", origin);
        }

        using var answer = await browser.SendFormAsync("/articulos/paso-16/opinion", [("Helpful", "true")], site: site);

        Assert.Equal(400, (int)answer.StatusCode);
        await answer.PageAsync();
        Assert.Empty(await VotesAsync("paso-16"));
    }

    [Fact]
    public async Task Post_FromAnOldBrowserOfThisSite_IsCounted()
    {
        using var browser = portal.Host.Browser();
        browser.DefaultRequestHeaders.Add("Origin", $"http://{portal.Host.Address.Authority}");

        using var answer = await browser.SendFormAsync("/articulos/paso-17/opinion", [("Helpful", "true")], site: null);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Single(await VotesAsync("paso-17"));
    }

    [Theory]
    [InlineData(1001)]
    [InlineData(10_000)]
    public async Task Post_CommentTooLong_KeepsTheTextAndSaysHowToMendIt(int length)
    {
        using var browser = portal.Host.Browser();
        var text = new string('ñ', length - Marked.Length) + Marked;

        using var answer = await browser.SendFormAsync("/articulos/paso-18/opinion", [("Helpful", "true"), ("Comment", text)]);

        Assert.Equal(400, (int)answer.StatusCode);
        var page = await answer.PageAsync();
        Assert.Equal(text, page.QuerySelector("textarea[name=Comment]")!.TextContent);
        Assert.Equal("#Comment", page.QuerySelector("[role=alert] a")!.GetAttribute("href"));
        Assert.Contains("1,000", page.QuerySelector("[role=alert]").Words(), StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("main script, main textarea b"));
        Assert.Empty(await VotesAsync("paso-18"));
    }

    [Fact]
    public async Task Post_LongestComment_IsStoredWhole()
    {
        using var browser = portal.Host.Browser();
        var text = new string('ñ', ArticleVote.CommentMaxLength);

        using var answer = await browser.SendFormAsync("/articulos/paso-19/opinion", [("Helpful", "true"), ("Comment", text)]);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(text, Assert.Single(await VotesAsync("paso-19")).Comment);
    }

    [Fact]
    public async Task Post_CommentWithLineEnds_IsStored()
    {
        using var browser = portal.Host.Browser();

        using var answer = await browser.SendFormAsync("/articulos/paso-20/opinion", [("Helpful", "true"), ("Comment", "Uno\r\ndos\0tres")]);

        Assert.True((int)answer.StatusCode is 200 or 400, $"answered {(int)answer.StatusCode}");
        await answer.PageAsync();
    }

    [Fact]
    public async Task Post_CommentWithMarkup_IsShownToNobody()
    {
        using var writer = portal.Host.Browser();
        using var reader = portal.Host.Browser();

        using var answer = await writer.SendFormAsync("/articulos/paso-21/opinion", [("Helpful", "true"), ("Comment", Marked)]);
        var thanks = await answer.Content.ReadAsStringAsync();
        var article = await (await reader.GetAsync("/articulos/paso-21")).Content.ReadAsStringAsync();
        var form = await (await reader.GetAsync("/articulos/paso-21/opinion")).Content.ReadAsStringAsync();

        Assert.Equal(Marked, Assert.Single(await VotesAsync("paso-21")).Comment);
        Assert.All([thanks, article, form], html => Assert.DoesNotContain("alert(", html, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("quizás")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Post_WithoutAVote_IsRefused(string? helpful)
    {
        using var browser = portal.Host.Browser();

        using var answer = await browser.SendFormAsync("/articulos/paso-22/opinion", helpful is null ? [] : [("Helpful", helpful)]);

        Assert.Equal(400, (int)answer.StatusCode);
        await answer.PageAsync();
        Assert.Empty(await VotesAsync("paso-22"));
    }

    [Theory]
    [InlineData("para-equipo")]
    [InlineData("borrador")]
    [InlineData("no-existe")]
    public async Task Post_ArticleOnePersonMayNotSee_IsNotFound(string slug)
    {
        using var browser = portal.Host.Browser();

        using var answer = await browser.SendFormAsync($"/articulos/{slug}/opinion", [("Helpful", "true")]);

        Assert.Equal(404, (int)answer.StatusCode);
        await answer.PageAsync();
    }

    [Fact]
    public async Task Post_CustomersArticleAsCustomer_IsCounted()
    {
        using var customer = await portal.Host.BrowserOfAsync(Steps.Customer);

        using var answer = await customer.SendFormAsync("/articulos/para-clientes/opinion", [("Helpful", "true")]);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Single(await VotesAsync("para-clientes"));
    }

    [Fact]
    public async Task Get_Opinion_OffersTheTwoAnswers()
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/articulos/paso-23/opinion");

        Assert.Equal(2, page.QuerySelectorAll("form[action='/articulos/paso-23/opinion'] button[name=Helpful]").Length);
    }
}
