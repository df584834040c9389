using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SelfService.Browser.Tests;

/// <summary>The list under the search box: by keyboard, by finger, for a screen reader, on a bad line.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class SearchBoxTests(Chromium chromium)
{
    private const string Options = "form[role=search] [role=option]";

    [Fact]
    public async Task Articles_topics_and_actions_stand_in_named_groups()
    {
        await using var visitor = await OpenAsync();
        await TypeAsync(visitor, "factur");

        await Expect(visitor.Page.GetByRole(AriaRole.Group, new() { Name = "Artículos" }).GetByRole(AriaRole.Option).First).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Group, new() { Name = "Temas" }).GetByRole(AriaRole.Option, new() { Name = "Pagos y facturas" })).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Group, new() { Name = "Qué puede hacer" }).GetByRole(AriaRole.Option)).ToHaveTextAsync("Hacer una solicitud");
        Assert.InRange(await visitor.Page.Locator(Options).CountAsync(), 3, 8);

        await visitor.Page.GetByRole(AriaRole.Option, new() { Name = "Pagos y facturas" }).ClickAsync();
        await visitor.Page.WaitForURLAsync("**/temas/pagos*");
    }

    [Fact]
    public async Task The_keys_of_a_combobox_do_what_they_should()
    {
        await using var visitor = await OpenAsync();
        var keys = visitor.Page.Keyboard;
        await TypeAsync(visitor, "cita");
        await ActiveAsync(visitor, null);

        await keys.PressAsync("ArrowDown");
        await ActiveAsync(visitor, 0);
        await keys.PressAsync("End");
        await ActiveAsync(visitor, -1);
        await keys.PressAsync("ArrowDown");
        await ActiveAsync(visitor, null);
        await keys.PressAsync("ArrowUp");
        await ActiveAsync(visitor, -1);
        await keys.PressAsync("Home");
        await ActiveAsync(visitor, 0);
        await keys.PressAsync("ArrowUp");
        await ActiveAsync(visitor, null);

        // The first Escape closes, the second empties; an arrow opens again what the first closed.
        await keys.PressAsync("Escape");
        await ClosedAsync(visitor);
        await keys.PressAsync("ArrowDown");
        await ActiveAsync(visitor, 0);
        await keys.PressAsync("Escape");
        await Expect(visitor.Search).ToHaveValueAsync("cita");
        await keys.PressAsync("Escape");
        await Expect(visitor.Search).ToHaveValueAsync("");

        // Tab leaves, and takes nothing along.
        await TypeAsync(visitor, "cita");
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Tab");
        await ClosedAsync(visitor);
        await Expect(visitor.Search).ToHaveValueAsync("cita");
        await Expect(visitor.Search).Not.ToBeFocusedAsync();

        // Enter without a choice sends the words.
        await visitor.Search.FocusAsync();
        await keys.PressAsync("Enter");
        await visitor.Page.WaitForURLAsync("**/buscar?q=cita");
    }

    [Fact]
    public async Task The_count_is_told_once_the_typing_pauses_and_only_once()
    {
        await using var visitor = await OpenAsync();
        await visitor.Search.FocusAsync();
        await Expect(Status(visitor)).ToBeAttachedAsync();
        await visitor.Page.EvaluateAsync("""
            () => { window.told = []; new MutationObserver(() => window.told.push(document.querySelector("form[role=search] [role=status]").textContent))
              .observe(document.querySelector("form[role=search] [role=status]"), { childList: true, characterData: true, subtree: true }); }
            """);

        await visitor.Page.Keyboard.TypeAsync("reembolso", new() { Delay = 120 });
        await Expect(Status(visitor)).ToContainTextAsync("sugerenc");
        await visitor.Page.WaitForTimeoutAsync(1_000);

        Assert.Single(await visitor.Page.EvaluateAsync<string[]>("() => window.told"));
    }

    [Fact]
    public async Task Words_still_being_composed_are_not_asked_about_and_their_keys_are_left_alone()
    {
        await using var visitor = await OpenAsync();
        await visitor.Search.FocusAsync();
        await Expect(Status(visitor)).ToBeAttachedAsync();
        var wire = await visitor.Page.Context.NewCDPSessionAsync(visitor.Page);

        await wire.SendAsync("Input.imeSetComposition", new() { ["text"] = "factu", ["selectionStart"] = 5, ["selectionEnd"] = 5 });
        await visitor.Page.WaitForTimeoutAsync(400);
        Assert.DoesNotContain(visitor.Requests, url => url.Contains("/sugerencias", StringComparison.Ordinal));

        await wire.SendAsync("Input.insertText", new() { ["text"] = "factu" });
        await Expect(visitor.Page.Locator(Options).First).ToBeVisibleAsync();
        Assert.False(await visitor.Search.EvaluateAsync<bool>(
            "box => !box.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', isComposing: true, bubbles: true, cancelable: true }))"));
        await ActiveAsync(visitor, null);
    }

    [Fact]
    public async Task An_answer_that_comes_late_is_dropped()
    {
        await using var visitor = await OpenAsync();
        var first = new TaskCompletionSource();
        await visitor.Page.RouteAsync("**/sugerencias?q=fact", async route =>
        {
            await first.Task;
            await route.FulfillAsync(new() { ContentType = "application/json", Body = """[{"title":"Tarde","url":"/tarde","kind":"article","section":null}]""" });
        });

        await visitor.Search.FocusAsync();
        await visitor.Search.PressSequentiallyAsync("fact");
        await visitor.Page.WaitForTimeoutAsync(250);
        await visitor.Search.PressSequentiallyAsync("ura");
        await Expect(visitor.Page.Locator(Options).First).ToBeVisibleAsync();
        first.SetResult();
        await visitor.Page.WaitForTimeoutAsync(300);

        await Expect(visitor.Page.Locator(Options).Filter(new() { HasText = "Tarde" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_hangs_under_the_box_is_loaded_on_entering_it_and_catches_up_with_what_was_typed()
    {
        await using var visitor = await chromium.VisitAsync();
        await visitor.Page.RouteAsync("**/js/suggestion-box*", async route =>
        {
            await Task.Delay(600);
            await route.ContinueAsync();
        });
        await visitor.OpenAsync("/");
        Assert.DoesNotContain(visitor.Requests, url => url.Contains("/js/suggestion-", StringComparison.Ordinal));
        await Expect(visitor.Search).ToHaveRoleAsync(AriaRole.Combobox);

        await visitor.Search.FocusAsync();
        await visitor.Page.Keyboard.TypeAsync("factura");
        await Expect(visitor.Page.Locator(Options).First).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(0)]
    public async Task When_suggestions_fail_the_box_is_quiet_and_still_searches(int status)
    {
        await using var visitor = await OpenAsync();
        await visitor.Page.RouteAsync("**/sugerencias*", route => status == 0 ? route.AbortAsync() : route.FulfillAsync(new() { Status = status, Body = "no" }));

        await visitor.Search.FocusAsync();
        await visitor.Search.PressSequentiallyAsync("garantía");
        await visitor.Page.WaitForTimeoutAsync(1_000);
        await ClosedAsync(visitor);
        Assert.Equal("", await Status(visitor).TextContentAsync());
        await visitor.Page.Keyboard.PressAsync("Enter");

        await visitor.Page.WaitForURLAsync("**/buscar?q=*");
        await Expect(visitor.Page.Locator("li.result").First).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(360, false)]
    [InlineData(360, true)]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    public async Task The_open_list_fits_is_large_enough_for_a_finger_and_axe_finds_nothing(int width, bool header)
    {
        await using var visitor = await chromium.VisitAsync(new Screen(width, 740));
        var address = header ? "/temas" : "/";
        foreach (var text in new[] { "wifi lento", "qwertyuiopasdfghjklñzxcvbnmqwertyuiopasdfghjklñzxcvbnm" })
        {
            await visitor.OpenAsync(address);
            await visitor.Search.FillAsync(text);
            await visitor.Search.PressAsync("Enter");
        }

        await visitor.OpenAsync(address);
        await visitor.Search.ClickAsync();
        await LookAsync(visitor, $"recent{(header ? "-header" : "")}");
        await TypeAsync(visitor, "factura");
        await LookAsync(visitor, $"groups{(header ? "-header" : "")}");
    }

    private static async Task LookAsync(Visitor visitor, string name)
    {
        await Expect(visitor.Page.Locator(Options).First).ToBeVisibleAsync();
        foreach (var dark in new[] { true, false })
        {
            await visitor.DarkAsync(dark);
            await visitor.PictureAsync(name);
            Assert.Empty(await visitor.AxeAsync());
        }

        Assert.Empty(await visitor.SidewaysAsync());
        Assert.Empty(await visitor.SmallTargetsAsync());
    }

    private async Task<Visitor> OpenAsync()
    {
        var visitor = await chromium.VisitAsync();
        await visitor.OpenAsync("/");
        return visitor;
    }

    private static async Task TypeAsync(Visitor visitor, string text)
    {
        await visitor.Search.FillAsync("");
        await visitor.Search.PressSequentiallyAsync(text);
        await Expect(visitor.Page.Locator($"{Options}:not([data-search])").First).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("form[role=search] .suggestion mark").First).ToBeVisibleAsync();
    }

    private static ILocator Status(Visitor visitor) => visitor.Page.Locator("form[role=search] [role=status]");

    private static async Task ClosedAsync(Visitor visitor)
    {
        await Expect(visitor.Search).ToHaveAttributeAsync("aria-expanded", "false");
        await Expect(visitor.Page.Locator("form[role=search] [role=listbox]")).ToBeHiddenAsync();
    }

    /// <summary>The option at this place (from the end when negative) is the active one, or none is.</summary>
    private static async Task ActiveAsync(Visitor visitor, int? place)
    {
        await Expect(visitor.Search).ToBeFocusedAsync();
        await Expect(visitor.Search).ToHaveAttributeAsync("aria-expanded", "true");
        var selected = visitor.Page.Locator($"{Options}[aria-selected=true]");
        if (place is null)
        {
            await Expect(selected).ToHaveCountAsync(0);
            Assert.Null(await visitor.Search.GetAttributeAsync("aria-activedescendant"));
            return;
        }

        var id = await visitor.Page.Locator(Options).Nth(place.Value).GetAttributeAsync("id");
        await Expect(selected).ToHaveCountAsync(1);
        await Expect(selected).ToHaveIdAsync(id!);
        await Expect(visitor.Search).ToHaveAttributeAsync("aria-activedescendant", id!);
    }
}
