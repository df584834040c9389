using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SelfService.Browser.Tests;

/// <summary>A passkey from its making to its end, with an authenticator that the browser plays itself.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class PasskeyTests(Chromium chromium)
{
    [Fact]
    public async Task A_customer_adds_a_passkey_signs_in_with_it_and_removes_it()
    {
        await using var visitor = await chromium.VisitAsync(Screen.Phone);
        var page = visitor.Page;
        // A passkey belongs to a name, not to a number.
        var site = $"http://localhost:{chromium.Portal.Address.Port}";
        var wire = await page.Context.NewCDPSessionAsync(page);
        await wire.SendAsync("WebAuthn.enable");
        await wire.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });

        // She signs in with her password and adds a key with a name.
        await page.GotoAsync(site + "/cuenta/entrar?volver=/cuenta/seguridad");
        await page.Locator("#Email").FillAsync("lucia@brisal.example");
        await page.Locator("#Password").FillAsync("colibri-azul-24");
        await page.Locator("main form .form-end button").First.ClickAsync();
        await visitor.PictureAsync("security");
        await page.Locator("a[href='/cuenta/seguridad/llaves']").ClickAsync();
        await Expect(page.Locator("[data-passkey-missing]")).ToBeHiddenAsync();
        await page.Locator("#Name").FillAsync("Teléfono de Lucía");
        await page.Locator("form[data-passkey=create] button").ClickAsync();
        await Expect(page.Locator(".factors h2")).ToHaveTextAsync("Teléfono de Lucía");
        await visitor.PictureAsync("passkeys");

        // She signs out, and comes in again without typing anything.
        await page.GotoAsync(site + "/cuenta/salir");
        await page.Locator("main form button").ClickAsync();
        await page.GotoAsync(site + "/cuenta/entrar?volver=/cuenta/seguridad/llaves");
        await visitor.PictureAsync("sign-in-passkey");
        await page.Locator("form[data-passkey=get] button").ClickAsync();
        await Expect(page.Locator(".factors h2")).ToHaveTextAsync("Teléfono de Lucía");

        // She removes it; the key on her telephone opens nothing any more.
        await page.Locator(".factors a").ClickAsync();
        await page.Locator(".button-danger").ClickAsync();
        await Expect(page.Locator(".factors")).ToHaveCountAsync(0);
        await page.GotoAsync(site + "/cuenta/salir");
        await page.Locator("main form button").ClickAsync();
        await page.GotoAsync(site + "/cuenta/entrar");
        await page.Locator("form[data-passkey=get] button").ClickAsync();
        await Expect(visitor.Title).ToHaveTextAsync("No pudimos reconocer esa llave");
    }

    [Fact]
    public async Task A_customer_without_a_key_is_told_and_can_still_use_her_password()
    {
        await using var visitor = await chromium.VisitAsync();
        var page = visitor.Page;
        var wire = await page.Context.NewCDPSessionAsync(page);
        await wire.SendAsync("WebAuthn.enable");
        await wire.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object> { ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = false },
        });

        await page.GotoAsync($"http://localhost:{chromium.Portal.Address.Port}/cuenta/entrar");
        var status = page.Locator("form[data-passkey=get] [role=status]");
        await page.Locator("form[data-passkey=get] button").ClickAsync();
        await Expect(status).Not.ToBeEmptyAsync(new LocatorAssertionsToBeEmptyOptions { Timeout = 20_000 });

        await page.Locator("#Email").FillAsync("lucia@brisal.example");
        await page.Locator("#Password").FillAsync("colibri-azul-24");
        await page.Locator("main form .form-end button").First.ClickAsync();
        await page.WaitForURLAsync("**/");
    }
}
