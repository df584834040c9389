using static Microsoft.Playwright.Assertions;

namespace SelfService.Browser.Tests;

/// <summary>A guest buys on her phone, follows what she bought, and takes it back: nobody gives her an account, and no screen is wasted.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class OrderJourneyTests(Chromium chromium)
{
    private const int MostScreens = 5;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_guest_on_a_phone_orders_in_five_screens_and_follows_her_order_by_mail(bool script)
    {
        var address = $"{Guid.NewGuid():N}@ejemplo.example";
        var suffix = script ? "" : "-plain";
        await using var guest = await chromium.VisitAsync(Screen.Phone with { Script = script });
        var page = guest.Page;
        var screens = new List<string>();
        page.FrameNavigated += (_, frame) => screens.Add(new Uri(frame.Url).AbsolutePath);

        // Screens one and two: the catalogue and a product with a colour to choose.
        await guest.OpenAsync("/catalogo");
        await guest.LookAsync($"order-catalogue{suffix}");
        await page.Locator("main a[href='/catalogo/lav-m18']").First.ClickAsync();
        await page.Locator("label:has([name=Sku][value=LAV-M18-GR])").ClickAsync();
        await guest.LookAsync($"order-product{suffix}");
        await page.Locator("#comprar button:visible, button[form=comprar]:visible").ClickAsync();

        // Screens three and four: the cart and everything else in one form.
        await page.WaitForURLAsync("**/carrito?*");
        await Expect(page.Locator("main")).ToContainTextAsync("$7,799.00");
        await guest.LookAsync($"order-cart{suffix}");
        await page.Locator("button[value=continue]").ClickAsync();
        await page.WaitForURLAsync("**/pedido");
        await page.FillAsync("#campo-contact-name", "Ana López");
        await page.FillAsync("#campo-contact-email", address);
        await page.FillAsync("#campo-address-street", "Calle de la Higuera");
        await page.FillAsync("#campo-address-number", "12");
        await page.FillAsync("#campo-address-neighbourhood", "Roma Norte");
        await page.FillAsync("#campo-address-city", "Ciudad de México");
        await page.FillAsync("#campo-address-state", "Ciudad de México");
        await page.FillAsync("#campo-address-postcode", "06700");
        await page.Locator("label:has([name=payment][value=transferencia])").ClickAsync();
        await guest.LookAsync($"order-checkout{suffix}");
        // A form that is sent within two seconds was not filled in by a person.
        await page.WaitForTimeoutAsync(2_200);
        await page.Locator("#solicitud button.button-large").ClickAsync();

        // Screen five: the number, how to pay, and by when.
        await page.WaitForURLAsync("**/pedido/recibido/C-*");
        var number = page.Url.Split('/')[^1];
        await Expect(page.Locator("main")).ToContainTextAsync(number);
        await Expect(page.Locator("main")).ToContainTextAsync("CLABE");
        await guest.LookAsync($"order-received{suffix}");
        Assert.True(screens.Count <= MostScreens, string.Join(" → ", screens));

        // Later, in another browser: the mail opens her order, and she changes her mind before it is prepared.
        var mail = await chromium.Portal.Mailbox.NextAsync(address);
        Assert.Contains(number, mail.Subject, StringComparison.Ordinal);
        await using var later = await chromium.VisitAsync(Screen.Phone with { Script = script });
        await later.OpenAsync(mail.LinkTo("/casos/"));
        Assert.EndsWith($"/casos/{number}", later.Page.Url, StringComparison.Ordinal);
        await later.LookAsync($"order-case{suffix}");
        await later.Page.Locator($"a[href^='/casos/{number}/cancelar']").First.ClickAsync();
        await later.LookAsync($"order-cancel{suffix}");
        await later.Page.Locator("main form[action*='cancelar'] button.button, main form button.button").First.ClickAsync();
        await Expect(later.Page.Locator("main")).ToContainTextAsync("cancelado");
        await later.LookAsync($"order-cancelled{suffix}");

        // And one who only guesses the number sees nothing.
        await using var stranger = await chromium.VisitAsync(Screen.Phone with { Script = script });
        Assert.Equal(404, await stranger.OpenAsync($"/casos/{number}"));
        Assert.Equal(404, await stranger.OpenAsync($"/pedido/recibido/{number}"));
    }
}
