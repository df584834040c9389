using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SelfService.Browser.Tests;

/// <summary>A guest asks for something and follows it to its end; nobody gives her an account.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class CaseJourneyTests(Chromium chromium)
{
    private static readonly byte[] Photo = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_guest_on_a_phone_sends_a_photo_in_three_screens_and_follows_her_case_by_mail(bool script)
    {
        var address = $"{Guid.NewGuid():N}@ejemplo.example";
        await using var guest = await chromium.VisitAsync(Screen.Phone with { Script = script });
        var page = guest.Page;

        // Screen one: what it is about. Screen two: the form.
        await guest.OpenAsync("/solicitudes");
        await page.Locator("main a[href='/solicitudes/otra-solicitud']").First.ClickAsync();
        await page.FillAsync("#campo-asunto", "La tapa llegó rota");
        await page.FillAsync("#campo-mensaje", "Va la foto de la tapa.\nGracias: https://ejemplo.example/tapa");
        await page.Locator("#campo-archivos").SetInputFilesAsync(new FilePayload { Name = "tapa rota.png", MimeType = "image/png", Buffer = Photo });
        await page.FillAsync("#campo-contact-name", "Ana López");
        await page.FillAsync("#campo-contact-email", address);
        await guest.LookAsync($"journey-form{(script ? "" : "-plain")}");
        // A form that is sent within two seconds was not filled in by a person.
        await page.WaitForTimeoutAsync(2_200);
        await page.Locator("#solicitud .form-end > button").ClickAsync();

        // Screen three: the number, what happens next, and by when.
        await page.WaitForURLAsync("**/solicitudes/recibida/C-*");
        var number = page.Url.Split('/')[^1];
        await Expect(page.Locator("main")).ToContainTextAsync(number);
        await Expect(page.Locator("main")).ToContainTextAsync("Le respondemos");
        await guest.LookAsync($"journey-received{(script ? "" : "-plain")}");

        // Later, in another browser: the mail tells nothing she typed and opens her case.
        var mail = await chromium.Portal.Mailbox.NextAsync(address);
        Assert.Contains(number, mail.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("tapa", mail.Text, StringComparison.Ordinal);
        await using var later = await chromium.VisitAsync(Screen.Phone with { Script = script });
        await later.OpenAsync(mail.LinkTo("/casos/"));
        Assert.EndsWith($"/casos/{number}", later.Page.Url, StringComparison.Ordinal);
        await Expect(later.Title).ToHaveTextAsync("La tapa llegó rota");
        await Expect(later.Page.Locator(".thread .message").First).ToContainTextAsync("tapa rota.png");
        await later.LookAsync($"journey-case{(script ? "" : "-plain")}");

        await later.Page.Locator("textarea[name=Body]").FillAsync("También falta un tornillo.");
        await later.Page.Locator("#respuesta_nueva .form-end button, #respuesta_nueva button:not([type=button])").First.ClickAsync();
        await Expect(later.Page.Locator(".thread .message")).ToHaveCountAsync(2);

        // And one who only guesses the number sees nothing.
        await using var stranger = await chromium.VisitAsync(Screen.Phone with { Script = script });
        Assert.Equal(404, await stranger.OpenAsync($"/casos/{number}"));
    }

    [Fact]
    public async Task A_customer_reads_the_answer_reopens_rates_and_sees_all_her_cases()
    {
        await using var customer = await chromium.VisitAsync();
        var page = customer.Page;
        await customer.SignInAsync("lucia@brisal.example");
        await customer.OpenAsync("/solicitudes/otra-solicitud");
        await page.FillAsync("#campo-asunto", "Cambio de horario");
        await page.FillAsync("#campo-mensaje", "¿Pueden venir por la tarde?");
        await page.WaitForTimeoutAsync(2_200);
        await page.Locator("#solicitud .form-end > button").ClickAsync();
        await page.WaitForURLAsync("**/solicitudes/recibida/C-*");
        var number = page.Url.Split('/')[^1];

        await using (var agent = await chromium.VisitAsync())
        {
            await agent.SignInAsync("mateo@brisal.example");
            await agent.OpenAsync($"/agente/casos/{number}");
            await agent.Page.Locator("#Body").FillAsync("Sí, el viernes de 16:00 a 19:00.");
            await agent.Page.Locator("[name=Next][value=resolver]").CheckAsync();
            await agent.Page.Locator(".desk-reply .form-end button").ClickAsync();
            await Expect(agent.Page.Locator(".desk-head .status")).ToContainTextAsync("Resuelto");
        }

        await customer.OpenAsync($"/casos/{number}");
        await Expect(page.Locator(".thread .message-company")).ToContainTextAsync("viernes de 16:00");
        await customer.LookAsync("journey-solved");
        await page.Locator("[name=Rating][value='5']").CheckAsync();
        await page.Locator("form[action$='/calificar'] button, form[action$='/valoracion'] button").First.ClickAsync();
        await Expect(page.Locator(".notice-success")).ToBeVisibleAsync();

        await customer.OpenAsync("/casos");
        await Expect(page.Locator("main")).ToContainTextAsync("Cambio de horario");
        await customer.LookAsync("journey-cases");
        var mail = await chromium.Portal.Mailbox.AllAsync("lucia@brisal.example");
        Assert.Contains(mail, m => m.Text.Contains("viernes de 16:00", StringComparison.Ordinal));
    }
}
