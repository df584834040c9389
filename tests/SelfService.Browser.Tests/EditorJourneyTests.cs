using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace SelfService.Browser.Tests;

/// <summary>Somebody who has never seen it publishes an article with an image and a link; it also works on a phone without a script.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class EditorJourneyTests(Chromium chromium, ITestOutputHelper output)
{
    private const int MostSteps = 14;

    // One pixel, which is all that an image needs to be one.
    private static readonly byte[] Pixel = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Fact]
    public async Task A_newcomer_publishes_an_article_with_an_image_and_a_link()
    {
        var title = $"Cómo guardar el manual {Guid.NewGuid():N}"[..40];
        await using var editor = await chromium.VisitAsync(Screen.Desk);
        var page = editor.Page;
        var steps = new List<string>();
        async Task StepAsync(string what, Func<Task> take)
        {
            await take();
            steps.Add(what);
        }

        await editor.SignInAsync("elena@brisal.example");
        await StepAsync("opens the articles", () => page.Locator("header a[href='/editor']").First.ClickAsync());
        await editor.LookAsync("editor-list");
        await StepAsync("begins one", () => page.Locator("a[href='/editor/nuevo']").ClickAsync());
        await editor.LookAsync("editor-new");
        await StepAsync("writes the title", () => page.FillAsync("#ArticleTitle", title));
        await StepAsync("chooses the topic", () => page.SelectOptionAsync("#Topic", "cuenta-y-privacidad"));
        await StepAsync("starts to write", () => page.Locator("main form .form-end button").ClickAsync());
        await page.WaitForURLAsync("**/editor/articulos/*");
        await StepAsync("writes the text", () => page.FillAsync("#Body", "Guarde el manual en una carpeta.\n\n"));
        await StepAsync("asks for a link", () => page.PressAsync("#Body", "Control+k"));
        await StepAsync("says to what", () => page.FillAsync("[data-link-query]", "contraseña"));
        await Expect(page.Locator("[data-link-found] button").First).ToBeVisibleAsync();
        Assert.Empty(await editor.AxeAsync());
        await StepAsync("takes the first", () => page.PressAsync("[data-link-query]", "Enter"));
        await Expect(page.Locator("[data-preview-body] a[href^='/articulos/']")).ToBeVisibleAsync();
        await StepAsync("brings an image", () => page.SetInputFilesAsync("[data-image-file]", new FilePayload { Name = "manual.png", MimeType = "image/png", Buffer = Pixel }));
        await page.Locator("[data-image-dialog][open]").WaitForAsync();
        Assert.Empty(await editor.AxeAsync());
        await StepAsync("describes it", async () =>
        {
            await page.FillAsync("[data-image-alt]", "Una carpeta azul con el manual");
            await page.Locator("[data-image-dialog] button[value=insert]").ClickAsync();
        });
        await Expect(page.Locator("[data-preview-body] img[alt='Una carpeta azul con el manual']")).ToBeAttachedAsync();
        await Expect(page.Locator("[data-status]")).ToContainTextAsync("Conservado");
        await editor.LookAsync("editor-write");
        await StepAsync("saves", () => page.Locator("[data-save]").ClickAsync());
        await page.WaitForURLAsync("**?hecho=guardado");
        await StepAsync("goes on to publish", () => page.Locator(".editor-tabs a[href$='/publicar']").ClickAsync());
        await editor.LookAsync("editor-publish");
        await StepAsync("publishes", () => page.Locator(".editor-steps form[action$='/publicar'] button").ClickAsync());
        await page.WaitForURLAsync("**?hecho=publicado");
        await editor.LookAsync("editor-published");

        output.WriteLine($"{steps.Count} steps: {string.Join(", ", steps)}");
        Assert.True(steps.Count <= MostSteps, string.Join(", ", steps));
        await using var reader = await chromium.VisitAsync(Screen.Phone);
        Assert.Equal(200, await reader.OpenAsync(new Uri(page.Url).AbsolutePath.Replace("/editor", "", StringComparison.Ordinal)));
        await Expect(reader.Page.Locator("main img[alt='Una carpeta azul con el manual']")).ToBeAttachedAsync();
    }

    [Fact]
    public async Task On_a_phone_without_a_script_she_writes_looks_and_publishes()
    {
        var title = $"Cómo doblar el plano {Guid.NewGuid():N}"[..38];
        await using var editor = await chromium.VisitAsync(Screen.Phone with { Script = false });
        var page = editor.Page;
        await editor.SignInAsync("elena@brisal.example");

        await editor.OpenAsync("/editor/nuevo");
        await page.FillAsync("#ArticleTitle", title);
        await page.SelectOptionAsync("#Topic", "cuenta-y-privacidad");
        await page.Locator("main form .form-end button").ClickAsync();
        await page.FillAsync("#Body", "Doble el **plano** en cuatro.");
        await editor.LookAsync("editor-plain");
        await page.Locator("[data-without-script]").ClickAsync();
        await Expect(page.Locator(".editor-preview strong")).ToHaveTextAsync("plano");
        await page.Locator("[data-save]").ClickAsync();
        await page.Locator(".editor-tabs a[href$='/publicar']").ClickAsync();
        await editor.LookAsync("editor-publish-plain");
        await page.Locator(".editor-steps form[action$='/publicar'] button").ClickAsync();

        await Expect(page.Locator(".notice-success").First).ToContainTextAsync("Publicado");
    }

    [Fact]
    public async Task What_was_typed_without_a_connection_is_there_again()
    {
        await using var editor = await chromium.VisitAsync(Screen.Desk);
        var page = editor.Page;
        await editor.SignInAsync("elena@brisal.example");
        await editor.OpenAsync("/editor/nuevo");
        await page.FillAsync("#ArticleTitle", $"Sin conexión {Guid.NewGuid():N}"[..30]);
        await page.SelectOptionAsync("#Topic", "cuenta-y-privacidad");
        await page.Locator("main form .form-end button").ClickAsync();
        await page.WaitForURLAsync("**/editor/articulos/*");

        await page.RouteAsync("**/conservar", route => route.FulfillAsync(new RouteFulfillOptions { Status = 503 }));
        await page.FillAsync("#Body", "Escrito en el túnel");
        await Expect(page.Locator("[data-status]")).ToContainTextAsync("Sin conexión");
        page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await page.UnrouteAsync("**/conservar");
        await page.ReloadAsync();

        await Expect(page.Locator("#Body")).ToHaveValueAsync("Escrito en el túnel");
        await Expect(page.Locator("[data-status]")).ToContainTextAsync("Conservado");
    }
}
