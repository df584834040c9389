using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SelfService.Core.Persistence;
using static Microsoft.Playwright.Assertions;

namespace SelfService.Browser.Tests;

/// <summary>Each test is the script of one person's steps.</summary>
[Collection(ChromiumCollection.Name)]
public sealed partial class JourneyTests(Chromium chromium)
{
    [Fact]
    public async Task A_customer_finds_the_answer_by_keyboard_reads_votes_and_comments()
    {
        await using var visitor = await chromium.VisitAsync();
        var page = visitor.Page;
        await visitor.OpenAsync("/");
        await visitor.PictureAsync("home");

        // She types, hears how many suggestions there are, and goes down to the first.
        await visitor.Search.FocusAsync();
        await page.Keyboard.TypeAsync("reembol", new KeyboardTypeOptions { Delay = 20 });
        await Expect(visitor.Search).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(page.Locator("form[role=search] [role=status]")).ToContainTextAsync("sugerencia");
        await page.Keyboard.PressAsync("ArrowDown");
        var chosen = page.Locator("[role=option][aria-selected=true]");
        await Expect(chosen).ToHaveCountAsync(1);
        Assert.Equal(await chosen.GetAttributeAsync("id"), await visitor.Search.GetAttributeAsync("aria-activedescendant"));
        await visitor.PictureAsync("suggestions");

        // Escape closes the list and keeps her words.
        await page.Keyboard.PressAsync("Escape");
        await Expect(visitor.Search).ToHaveAttributeAsync("aria-expanded", "false");
        await Expect(visitor.Search).ToHaveValueAsync("reembol");

        // She opens it again and takes the first.
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(chosen).ToContainTextAsync("reembol", new LocatorAssertionsToContainTextOptions { IgnoreCase = true });
        var address = (await chosen.GetAttributeAsync("data-url"))!;
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**" + address);
        await Expect(visitor.Title).ToBeVisibleAsync();
        await visitor.PictureAsync("article");

        // She votes, still by keyboard, and lands in the field for her words.
        await page.Locator("[data-vote] button[value=false]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-vote] textarea")).ToBeFocusedAsync();
        await Expect(page.Locator("[data-vote] [role=status]")).ToContainTextAsync("Gracias");
        await page.Keyboard.TypeAsync("Faltó decir cuántos días");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-vote] textarea")).ToBeHiddenAsync();

        await using var scope = chromium.Portal.Services.CreateAsyncScope();
        var votes = await scope.ServiceProvider.GetRequiredService<PortalDbContext>().ArticleVotes.Where(v => v.Comment == "Faltó decir cuántos días").ToListAsync();
        Assert.False(Assert.Single(votes).Helpful);
    }

    [Fact]
    public async Task A_customer_does_the_same_with_JavaScript_off()
    {
        await using var visitor = await chromium.VisitAsync(Screen.Phone with { Script = false });
        var page = visitor.Page;
        await visitor.OpenAsync("/");

        await visitor.Search.FillAsync("no tengo internet");
        await visitor.Search.PressAsync("Enter");
        await page.Locator("li.result h2 a").First.ClickAsync();
        await page.WaitForURLAsync(Article());
        await Expect(page.Locator("[data-vote] textarea")).ToBeHiddenAsync();
        await page.Locator("button[name=Helpful][value=true]").ClickAsync();
        await page.Locator("textarea[name=Comment]").FillAsync("Sin guiones funciona");
        await page.Locator("main form .button").First.ClickAsync();

        await Expect(page.Locator("main textarea")).ToHaveCountAsync(0);
        await page.Locator("main a[href^='/articulos/']").Last.ClickAsync();
        await page.WaitForURLAsync(Article());
    }

    [Fact]
    public async Task A_customer_filters_by_topic_and_comes_back()
    {
        await using var visitor = await chromium.VisitAsync();
        var page = visitor.Page;
        await visitor.OpenAsync("/buscar?q=garantia");
        var all = await page.Locator("[role=status]").First.InnerTextAsync();

        await page.Locator("nav.filter a[href*='tema=']").First.ClickAsync();
        await Expect(page.Locator("nav.filter a[aria-current=true][href*='tema=']")).ToHaveCountAsync(1);
        await page.GoBackAsync();

        Assert.Equal(Count().Match(all).Value, Count().Match(await page.Locator("[role=status]").First.InnerTextAsync()).Value);
    }

    [Fact]
    public async Task A_customer_changes_to_English_and_back()
    {
        await using var visitor = await chromium.VisitAsync(Screen.Phone);
        var page = visitor.Page;
        await visitor.OpenAsync("/temas");

        await page.Locator("footer button[value=en]").ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        Assert.Equal("/temas", new Uri(page.Url).AbsolutePath);
        await Expect(visitor.Title).ToHaveTextAsync("Topics");
        await visitor.PictureAsync("topics-en");

        await page.Locator("footer button[value=es]").ClickAsync();
        await Expect(visitor.Title).ToHaveTextAsync("Temas");
    }

    [Fact]
    public async Task A_customer_signs_in_sees_her_article_and_signs_out()
    {
        await using var visitor = await chromium.VisitAsync();
        var page = visitor.Page;
        Assert.Equal(404, await visitor.OpenAsync("/articulos/beneficios-de-cliente-registrado"));

        await visitor.OpenAsync("/cuenta/entrar");
        await page.Locator("#Email").FillAsync("lucia@brisal.example");
        await page.Locator("#Password").FillAsync("equivocada");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[role=alert]")).ToBeFocusedAsync();
        await Expect(page.Locator("#Email")).ToHaveValueAsync("lucia@brisal.example");
        await visitor.PictureAsync("sign-in-refused");

        await page.Locator("#Password").FillAsync("colibri-azul-24");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("header [href='/cuenta']")).ToBeVisibleAsync();
        Assert.Equal(200, await visitor.OpenAsync("/articulos/beneficios-de-cliente-registrado"));

        await page.Locator("header [href='/cuenta']").ClickAsync();
        await page.Locator("main [href='/cuenta/salir']").ClickAsync();
        await page.Locator("main form .button").ClickAsync();
        await Expect(page.Locator("header a[href^='/cuenta/entrar']")).ToBeVisibleAsync();
        Assert.Equal(404, await visitor.OpenAsync("/articulos/beneficios-de-cliente-registrado"));
    }

    [Fact]
    public async Task A_customer_with_a_broken_link_gets_to_the_answer()
    {
        await using var visitor = await chromium.VisitAsync(Screen.Phone);
        var page = visitor.Page;

        Assert.Equal(404, await visitor.OpenAsync("/ayuda/lavadora-no-desagua.html"));
        await visitor.PictureAsync("not-found");
        await page.Locator("main li.result a[href='/articulos/lavadora-no-desagua']").First.ClickAsync();

        await Expect(visitor.Title).ToContainTextAsync("desagua");
    }

    [Fact]
    public async Task A_customer_prints_an_article_and_only_the_article()
    {
        await using var visitor = await chromium.VisitAsync();
        var page = visitor.Page;
        await visitor.OpenAsync("/articulos/luces-del-nodo-6");

        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await Expect(visitor.Title).ToBeVisibleAsync();
        await Expect(page.Locator(".prose table").First).ToBeVisibleAsync();
        await Expect(page.Locator("header nav")).ToBeHiddenAsync();
        await Expect(visitor.Search).ToBeHiddenAsync();
        await Expect(page.Locator("[data-vote]")).ToBeHiddenAsync();
        await Expect(page.Locator("footer")).ToBeHiddenAsync();
        await Expect(page.Locator(".print-only")).ToContainTextAsync("/articulos/luces-del-nodo-6");
        await visitor.PictureAsync("article-print");
    }

    [Fact]
    public async Task A_person_at_the_keyboard_skips_to_the_content_and_always_sees_the_focus()
    {
        await using var visitor = await chromium.VisitAsync();
        var page = visitor.Page;
        await visitor.OpenAsync("/articulos/luces-del-nodo-6");

        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator(".skip-link")).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Tab");
        for (var stop = 0; stop < 30; stop++)
        {
            var unseen = await page.EvaluateAsync<string?>("""
                () => {
                  const e = document.activeElement, box = e.getBoundingClientRect();
                  const ringed = [e, e.parentElement, e.closest("form, .search-field, label")].some(x => {
                    if (!x) return false;
                    return [getComputedStyle(x), getComputedStyle(x, "::after")].some(style =>
                      (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || (x !== e && style.boxShadow !== "none"));
                  });
                  const onScreen = box.bottom > 0 && box.top < innerHeight && box.width > 0;
                  return ringed && onScreen ? null : (ringed ? "off screen: " : "no ring: ") + e.outerHTML.slice(0, 160);
                }
                """);
            Assert.Null(unseen);
            await page.Keyboard.PressAsync("Tab");
        }
    }

    [Fact]
    public async Task A_reader_copies_the_address_and_follows_the_contents()
    {
        await using var visitor = await chromium.VisitAsync();
        var page = visitor.Page;
        await visitor.OpenAsync("/articulos/luces-del-nodo-6");

        var entry = page.Locator("[data-contents] a").Last;
        var target = (await entry.GetAttributeAsync("href"))!;
        await entry.ClickAsync();

        await Expect(page.Locator($"[id='{Uri.UnescapeDataString(target[1..])}']")).ToBeInViewportAsync();
        await Expect(page.Locator("[data-action=print]")).ToBeVisibleAsync();
    }

    [GeneratedRegex("/articulos/[^/]+$")]
    private static partial Regex Article();

    [GeneratedRegex("^[0-9]+")]
    private static partial Regex Count();
}
