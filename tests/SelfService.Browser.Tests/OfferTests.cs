using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SelfService.Core.Journeys;
using SelfService.Core.Persistence;

namespace SelfService.Browser.Tests;

/// <summary>The quiet panel beside a form.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class OfferTests(Chromium chromium)
{
    private const string Form = "/solicitudes/reparacion-en-garantia";
    private const string Story = "Mi lavadora no desagua y marca E2";
    private const string Answer = "lavadora-no-desagua";

    private static ILocator Message(Visitor visitor) => visitor.Page.Locator("#campo-mensaje");

    private static ILocator Panel(Visitor visitor) => visitor.Page.Locator("[data-form-suggest]");

    private static ILocator Offer(Visitor visitor) => Panel(visitor).Locator($"a[href^='/articulos/{Answer}']");

    [Theory]
    [InlineData(1280)]
    [InlineData(360)]
    public async Task While_she_types_articles_come_without_moving_or_covering_what_she_types(int width)
    {
        await using var visitor = await chromium.VisitAsync(new Screen(width, 740));
        await visitor.OpenAsync(Form);
        await visitor.Page.SelectOptionAsync("#campo-aparato", "lavadora");
        await Message(visitor).ClickAsync();
        var before = await Message(visitor).BoundingBoxAsync();

        await Message(visitor).PressSequentiallyAsync(Story);
        await Assertions.Expect(Offer(visitor)).ToBeVisibleAsync();

        await Assertions.Expect(Message(visitor)).ToBeFocusedAsync();
        await Assertions.Expect(Message(visitor)).ToHaveValueAsync(Story);
        var after = await Message(visitor).BoundingBoxAsync();
        Assert.Equal((before!.X, before.Y, before.Width, before.Height), (after!.X, after.Y, after.Width, after.Height));
        var panel = await Panel(visitor).BoundingBoxAsync();
        Assert.True(width > 1000 ? panel!.X >= after.X + after.Width : panel!.Y >= after.Y + after.Height, "beside the field, or below it");
        await Assertions.Expect(Panel(visitor).GetByRole(AriaRole.Status)).ToContainTextAsync("artículo");
        Assert.DoesNotContain(visitor.Requests, url => url.Contains("desagua", StringComparison.OrdinalIgnoreCase) && url.Contains("solicitudes", StringComparison.Ordinal));
        foreach (var dark in new[] { true, false })
        {
            await visitor.DarkAsync(dark);
            Assert.Empty(await visitor.AxeAsync());
            await visitor.PictureAsync("request-offers");
        }

        Assert.Empty(await visitor.SidewaysAsync());
    }

    [Fact]
    public async Task What_no_article_answers_brings_back_those_of_the_form()
    {
        await using var visitor = await chromium.VisitAsync();
        await visitor.OpenAsync(Form);
        var own = await Panel(visitor).Locator("a").AllTextContentsAsync();
        await Message(visitor).FillAsync(Story);
        await Assertions.Expect(Offer(visitor)).ToBeVisibleAsync();

        await Message(visitor).FillAsync("asdf qwer zxcv uiop");

        await Assertions.Expect(Offer(visitor)).ToHaveCountAsync(0);
        Assert.Equal(own, await Panel(visitor).Locator("a").AllTextContentsAsync());
    }

    [Fact]
    public async Task A_field_below_the_panel_stays_where_it_is_until_she_leaves_it()
    {
        await using var visitor = await chromium.VisitAsync(Screen.Phone);
        await visitor.OpenAsync(Form);
        await Message(visitor).FillAsync(Story);
        // Before the answer is there she is already in the next field.
        var name = visitor.Page.Locator("#campo-contact-name");
        await name.FocusAsync();
        var before = await name.EvaluateAsync<double>("e => e.getBoundingClientRect().top");

        await visitor.Page.WaitForResponseAsync(answer => answer.Url.EndsWith("/sugerencias", StringComparison.Ordinal));
        await name.PressSequentiallyAsync("Ana");

        Assert.Equal(before, await name.EvaluateAsync<double>("e => e.getBoundingClientRect().top"));
        await Message(visitor).FocusAsync();
        await Assertions.Expect(Offer(visitor)).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Solved_by_an_article_she_is_thanked_and_nothing_is_sent(bool script)
    {
        await using var visitor = await chromium.VisitAsync(Screen.Desk with { Script = script });
        await visitor.OpenAsync(Form);
        await Message(visitor).FillAsync(Story);
        if (script)
        {
            await Assertions.Expect(Offer(visitor)).ToBeVisibleAsync();
        }

        await Panel(visitor).GetByRole(AriaRole.Button).First.ClickAsync();

        await Assertions.Expect(visitor.Title).ToHaveTextAsync("Qué bueno que lo resolvió");
        await visitor.PictureAsync("request-thanks");
        var cookie = Assert.Single(await visitor.Page.Context.CookiesAsync(), c => c.Name == "visita");
        var step = Assert.Single(await StepsAsync(Guid.ParseExact(cookie.Value, "N")), s => s.Kind == VisitStepKind.SolvedByArticle);
        Assert.Equal("reparacion-en-garantia", step.Form);
        await visitor.Page.Locator($"main a[href='{Form}']").ClickAsync();
        await Assertions.Expect(Message(visitor)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_article_opens_beside_and_the_form_stays()
    {
        await using var visitor = await chromium.VisitAsync();
        await visitor.OpenAsync(Form);
        await Message(visitor).FillAsync(Story);
        await Assertions.Expect(Offer(visitor)).ToContainTextAsync("(se abre en otra pestaña)");

        var opened = await visitor.Page.Context.RunAndWaitForPageAsync(() => Offer(visitor).ClickAsync());

        await Assertions.Expect(opened.Locator("h1")).ToHaveTextAsync("Mi lavadora no desagua");
        await Assertions.Expect(Message(visitor)).ToHaveValueAsync(Story);
    }

    private async Task<List<VisitStep>> StepsAsync(Guid visitor)
    {
        await chromium.Portal.Services.GetRequiredService<StepLog>().FlushAsync(CancellationToken.None);
        await using var scope = chromium.Portal.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PortalDbContext>().VisitSteps.AsNoTracking().Where(s => s.VisitorId == visitor).ToListAsync();
    }
}
