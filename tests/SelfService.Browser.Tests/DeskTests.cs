using Microsoft.Playwright;

namespace SelfService.Browser.Tests;

/// <summary>An agent at work, with script and without.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class DeskTests(Chromium chromium)
{
    private const string Agent = "mateo@brisal.example";
    private const string Admin = "julian@brisal.example";

    [Fact]
    public async Task An_agent_opens_a_ticket_for_a_call_and_answers_it_with_a_prepared_reply_and_a_date()
    {
        await using var visitor = await chromium.VisitAsync();
        var page = visitor.Page;
        await visitor.SignInAsync(Agent);
        await OpenTicketAsync(visitor, "No llega mi lavadora");

        // The prepared reply comes with the first part to fill in chosen, so that typing replaces it.
        await page.Locator("#plantilla").SelectOptionAsync(new SelectOptionValue { Label = "Aviso de retraso con nueva fecha" });
        var chosen = await page.Locator("#Body").EvaluateAsync<string>("e => e.value.slice(e.selectionStart, e.selectionEnd)");
        Assert.StartsWith("**[", chosen, StringComparison.Ordinal);
        Assert.Contains("Hola, Rosa Méndez:", await page.Locator("#Body").InputValueAsync(), StringComparison.Ordinal);

        await page.Locator("[name=Next][value=prometer]").CheckAsync();
        await page.Locator("#PromiseText").FillAsync("Le confirmo la entrega");
        await page.Locator(".desk-reply .form-end button").ClickAsync();

        // What was not filled in is named, and nothing typed is lost.
        await Assertions.Expect(page.Locator("#Body-error")).ToContainTextAsync("**[");
        await Assertions.Expect(page.Locator("#PromiseText")).ToHaveValueAsync("Le confirmo la entrega");
        await page.Locator("#Body").FillAsync("Hola, Rosa: llega el viernes.");
        await page.Locator(".desk-reply .form-end button").ClickAsync();

        await Assertions.Expect(page.Locator(".desk-promise")).ToContainTextAsync("Le confirmo la entrega");
        await Assertions.Expect(page.Locator(".thread .message-company").Last).ToContainTextAsync("llega el viernes");
        await visitor.PictureAsync("desk-answered");
    }

    [Fact]
    public async Task An_agent_does_the_same_with_JavaScript_off_on_a_phone()
    {
        await using var visitor = await chromium.VisitAsync(Screen.Phone with { Script = false });
        var page = visitor.Page;
        await visitor.SignInAsync(Agent);
        await OpenTicketAsync(visitor, "Quiero mi factura");

        await Assertions.Expect(page.Locator("#plantilla")).ToBeHiddenAsync();
        await page.Locator(".desk-canned summary").ClickAsync();
        await page.Locator(".desk-canned section", new PageLocatorOptions { HasText = "Cerrar con amabilidad" }).Locator("a").ClickAsync();
        await Assertions.Expect(page.Locator("#Body")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^Hola, Rosa Méndez:"));
        await Assertions.Expect(page.Locator("#WaitDate")).ToBeHiddenAsync();
        await page.Locator("[name=Next][value=esperar]").CheckAsync();
        await Assertions.Expect(page.Locator("#WaitDate")).ToBeVisibleAsync();
        await page.Locator(".desk-reply .form-end button").ClickAsync();

        await Assertions.Expect(page.Locator(".desk-head .status")).ToContainTextAsync("Pendiente");
    }

    [Fact]
    public async Task An_agent_notes_takes_answers_promises_and_solves_with_the_keyboard_alone()
    {
        await using var visitor = await chromium.VisitAsync();
        var page = visitor.Page;
        await visitor.SignInAsync(Agent);
        var ticket = await OpenTicketAsync(visitor, "No enfría mi refrigerador");
        var keys = 0;
        async Task PressAsync(string key, int times = 1)
        {
            // A page that is seen may not have its scripts yet.
            await page.WaitForLoadStateAsync(LoadState.Load);
            for (var n = 0; n < times; n++, keys++)
            {
                await page.Keyboard.PressAsync(key);
            }
        }

        // Words are typed all the same, with keys or without; what is counted is how one gets to them.
        async Task ReachAsync(string selector)
        {
            for (var n = 0; n < 60 && !await page.EvaluateAsync<bool>("s => document.activeElement?.matches(s) ?? false", selector); n++)
            {
                await PressAsync("Tab");
            }
        }

        await PressAsync("n");
        await page.Keyboard.TypeAsync("Es el modelo **viejo**");
        await PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator(".message-internal strong", new PageLocatorOptions { HasText = "viejo" })).ToBeVisibleAsync();

        await PressAsync("a");
        await page.WaitForURLAsync("**/asignar");
        await ReachAsync("[name=Owner]");
        await PressAsync("ArrowUp");
        await PressAsync("Enter");
        await page.WaitForURLAsync("**" + ticket + "?hecho=1");

        await PressAsync("r");
        await page.Keyboard.TypeAsync("Hola, Rosa. Le llamo mañana antes de las 12.");
        await Assertions.Expect(page.Locator(".desk-promised")).ToContainTextAsync("mañana antes de las 12");
        await ReachAsync(".desk-promised button");
        await PressAsync("Enter");
        await PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator(".desk-promise")).ToContainTextAsync("Le llamo mañana antes de las 12");

        await PressAsync("r");
        await page.Keyboard.TypeAsync("Quedó listo. Gracias por esperar.");
        await ReachAsync("[name=Next]");
        await PressAsync("ArrowUp");
        await PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator(".desk-head .status")).ToContainTextAsync("Resuelto");
        await Assertions.Expect(page.Locator("section[aria-labelledby=compromisos]")).ToContainTextAsync("Cumplido");
        await visitor.PictureAsync("desk-keyboard");

        Assert.InRange(keys, 8, 40);
        Console.WriteLine($"keys besides the words: {keys}");
    }

    [Fact]
    public async Task Axe_finds_nothing_on_the_desk_nothing_scrolls_sideways_and_everything_can_be_hit()
    {
        var found = new List<string>();
        foreach (var screen in new[] { Screen.Phone, Screen.Desk, new Screen(640, 512) })
        {
            await using var visitor = await chromium.VisitAsync(screen);
            await visitor.SignInAsync(Admin);
            var ticket = await OpenTicketAsync(visitor, "Con un asunto tan largo que no cabe en un renglón " + new string('x', 120));
            string[] steps = ["", "/responder", "/nota", "/asignar", "/mover", "/prometer", "/resolver", "/reabrir", "/revocar-enlaces", "/enviar-enlace", "/prioridad", "/etiquetas", "/consulta", "/unir"];
            string[] tools = ["/agente/vistas?filtro=mios", "/agente/teclas", "/agente/consultas", "/agente/reglas", "/agente/reglas/nueva", "/agente/reglas/registro", "/informes/satisfaccion", "/informes/equipo", "/informes/colas", "/informes/pronostico"];
            foreach (var address in new[] { "/agente", "/agente?q=nada-de-esto-hay", "/agente/nuevo", "/agente/inventario", "/agente/inventario?bajo=true", "/agente/catalogo", "/admin/trabajos", "/admin/estado" }.Concat(tools).Concat(steps.Select(s => ticket + s)))
            {
                await visitor.OpenAsync(address);
                foreach (var dark in new[] { true, false })
                {
                    await visitor.DarkAsync(dark);
                    found.AddRange((await visitor.AxeAsync()).Select(e => $"{address} {screen.Width}{(dark ? " dark" : "")}: {e}"));
                }

                found.AddRange((await visitor.SidewaysAsync()).Concat(await visitor.SmallTargetsAsync()).Select(e => $"{address} {screen.Width}: {e}"));
            }
        }

        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
    }

    /// <summary>Opens a ticket for a call; the browser ends on its page.</summary>
    private static async Task<string> OpenTicketAsync(Visitor visitor, string subject)
    {
        var page = visitor.Page;
        await visitor.OpenAsync("/agente");
        await page.Locator(".staff-nav a[href='/agente/nuevo']").ClickAsync();
        // A telephone of her own: nobody else's cases are offered.
        await page.Locator("#Phone").FillAsync($"55 {Random.Shared.Next(1000, 9999)} {Random.Shared.Next(1000, 9999)}");
        await page.Locator("#Name").FillAsync("Rosa Méndez");
        await page.Locator("main form details summary").ClickAsync();
        await page.Locator("#Subject").FillAsync(subject);
        await page.Locator("#Text").FillAsync("Llama para preguntar.");
        await page.Locator("main form .form-end button").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync(subject[..10]);
        return new Uri(page.Url).AbsolutePath;
    }
}
