using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SelfService.Browser.Tests;

/// <summary>What was searched before, kept by the browser and by nobody else.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class RecentSearchTests(Chromium chromium)
{
    private const string Recent = "form[role=search] [data-search]";

    [Fact]
    public async Task The_last_eight_come_newest_first_and_each_once()
    {
        await using var visitor = await chromium.VisitAsync();
        foreach (var text in new[] { "uno dos", "factura", "envío", "lavadora", "garantia", "cita", "pedido", "wifi", "internet", "FACTURA ", "garantía" })
        {
            await SearchAsync(visitor, text);
        }

        await ShowAsync(visitor);

        Assert.Equal(["garantía", "FACTURA", "internet", "wifi", "pedido", "cita", "lavadora", "envío"], await visitor.Page.Locator(Recent).AllInnerTextsAsync());
        await Expect(visitor.Page.GetByRole(AriaRole.Group, new() { Name = "Búsquedas recientes Solo en este dispositivo" })).ToBeVisibleAsync();
        Assert.DoesNotContain(visitor.Requests, url => url.Contains("recent", StringComparison.OrdinalIgnoreCase) && !url.EndsWith(".js", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_is_searched_again_by_keyboard_another_removed_and_the_rest_cleared()
    {
        await using var visitor = await chromium.VisitAsync();
        var (page, keys) = (visitor.Page, visitor.Page.Keyboard);
        foreach (var text in new[] { "cita", "garantía", "factura" })
        {
            await SearchAsync(visitor, text);
        }

        await ShowAsync(visitor);
        await Expect(Status(visitor)).ToHaveTextAsync("3 búsquedas recientes. Use las flechas; la tecla Suprimir quita la elegida.");
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("ArrowDown");
        await Expect(Active(visitor)).ToHaveTextAsync("garantía");
        await keys.PressAsync("Delete");
        await Expect(Status(visitor)).ToHaveTextAsync("Se quitó «garantía».");
        Assert.Equal(["factura", "cita"], await page.Locator(Recent).AllInnerTextsAsync());
        await Expect(Active(visitor)).ToHaveTextAsync("cita");

        // What stands at the end of the line is reached sideways, and named for who does not see the cross.
        await keys.PressAsync("ArrowRight");
        await Expect(Active(visitor)).ToHaveAttributeAsync("aria-label", "Quitar «cita» de las recientes");
        await keys.PressAsync("ArrowLeft");
        await Expect(Active(visitor)).ToHaveTextAsync("cita");
        await keys.PressAsync("Enter");
        await page.WaitForURLAsync("**/buscar?q=cita");

        await ShowAsync(visitor);
        Assert.Equal(["cita", "factura"], await page.Locator(Recent).AllInnerTextsAsync());
        await page.Locator("form[role=search] [data-forget]").First.ClickAsync();
        await Expect(page.Locator(Recent)).ToHaveTextAsync(["factura"]);
        await page.GetByRole(AriaRole.Option, new() { Name = "Borrar todas" }).ClickAsync();
        await Expect(page.Locator("form[role=search] [role=listbox]")).ToBeHiddenAsync();
        await Expect(visitor.Search).ToBeFocusedAsync();
        Assert.Null(await page.EvaluateAsync<string?>("() => localStorage.getItem('recent-searches')"));
    }

    [Fact]
    public async Task What_may_tell_who_somebody_is_is_never_kept()
    {
        await using var visitor = await chromium.VisitAsync();
        await visitor.OpenAsync("/temas");
        var kept = await visitor.Page.EvaluateAsync<string[]>("""
            async () => {
              const { mayBeKept } = await import("/js/recent-searches.js");
              return [
                "ana@correo.example", "soy ana@correo.example gracias", "C-7F3K-2Q9X", "caso c 7f3k 2q9x", "mi caso c7f3k2q9x", "C–ABCD–EFGH",
                "5555550188", "55 5555 0188", "(55) 5555-0188", "tel. 55.55.55.01.88", "４１１１１１１１", "1 2 3 4 5 6 7", "a", " ", "x".repeat(101),
                "no tengo internet", "error 5.7.750", "cancelado", "cómo cambiar", "lavadora E20", "meses 3 6 12", "casa roja", "camisetas",
              ].filter(mayBeKept);
            }
            """);

        Assert.Equal(["no tengo internet", "error 5.7.750", "cancelado", "cómo cambiar", "lavadora E20", "meses 3 6 12", "casa roja", "camisetas"], kept);
        await SearchAsync(visitor, "ana@correo.example");
        Assert.Null(await visitor.Page.EvaluateAsync<string?>("() => localStorage.getItem('recent-searches')"));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"a\":1}")]
    [InlineData("[1,null,{\"a\":2}]")]
    [InlineData("[\"ana@correo.example\",\"55 5555 0188\"]")]
    public async Task What_somebody_else_wrote_there_is_not_shown(string stored)
    {
        await using var visitor = await chromium.VisitAsync();
        await visitor.OpenAsync("/");
        await visitor.Page.EvaluateAsync("stored => localStorage.setItem('recent-searches', stored)", stored);

        await visitor.Search.ClickAsync();
        await visitor.Page.WaitForTimeoutAsync(200);
        await Expect(visitor.Page.Locator("form[role=search] [role=listbox]")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Without_storage_the_box_works_without_a_memory()
    {
        await using var visitor = await chromium.VisitAsync();
        await visitor.Page.AddInitScriptAsync("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })");
        await SearchAsync(visitor, "garantía");
        await Expect(visitor.Page.Locator("li.result").First).ToBeVisibleAsync();

        await visitor.Search.FillAsync("");
        await visitor.Search.PressSequentiallyAsync("factu");
        await Expect(visitor.Page.Locator("form[role=search] [role=option]").First).ToBeVisibleAsync();
    }

    private static async Task SearchAsync(Visitor visitor, string text)
    {
        await visitor.OpenAsync("/temas");
        await visitor.Search.FillAsync(text);
        await visitor.Search.PressAsync("Enter");
        await visitor.Page.WaitForURLAsync("**/buscar?q=*");
    }

    private static async Task ShowAsync(Visitor visitor)
    {
        await visitor.OpenAsync("/");
        await visitor.Search.FocusAsync();
        await Expect(visitor.Page.Locator(Recent).First).ToBeVisibleAsync();
    }

    private static ILocator Active(Visitor visitor) => visitor.Page.Locator("form[role=search] [aria-selected=true]");

    private static ILocator Status(Visitor visitor) => visitor.Page.Locator("form[role=search] [role=status]");
}
