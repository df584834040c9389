using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SelfService.Core.Audit;
using SelfService.Core.People;
using SelfService.Core.People.SecondFactors;
using SelfService.Core.Persistence;
using static Microsoft.Playwright.Assertions;

namespace SelfService.Browser.Tests;

/// <summary>Pages of an account's security and of administrators, in every shape they are looked at in.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class SecurityPagesTests(Chromium chromium)
{
    private const string Password = "colibri-azul-24";

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task Axe_finds_nothing_nothing_scrolls_sideways_and_everything_can_be_hit(int width)
    {
        var (email, id) = await AddAdminAsync($"maximiliana.fernandez-de-la-reguera{width}@brisal.example");
        await using var visitor = await chromium.VisitAsync(new Screen(width, 800));
        var page = visitor.Page;
        var found = new List<string>();
        await visitor.OpenAsync("/cuenta/entrar");
        await SendPasswordAsync(page, email);

        foreach (var (name, address) in new[] { ("security-empty", "/cuenta/seguridad"), ("passkeys-empty", "/cuenta/seguridad/llaves"), ("sessions", "/cuenta/sesiones"), ("confirm", "/cuenta/confirmar"), ("people", "/admin/personas"), ("people-none", "/admin/personas?q=qwxk"), ("person", "/admin/personas/" + id), ("log", "/admin/registro"), ("log-none", "/admin/registro?persona=qwxk") })
        {
            Assert.Equal(200, await visitor.OpenAsync(address));
            await LookAsync(visitor, name, found);
        }

        // She adds an app; a wrong code first.
        await visitor.OpenAsync("/cuenta/seguridad/aplicacion");
        await LookAsync(visitor, "app", found);
        await page.Locator("#Code").FillAsync("12");
        await page.Locator("main form .form-end button").ClickAsync();
        await Expect(page.Locator("[role=alert]")).ToBeFocusedAsync();
        await LookAsync(visitor, "app-refused", found);
        var key = Decode(await page.Locator(".key-text").InnerTextAsync());
        await page.Locator("#Code").FillAsync(TimeCode.Of(key, TimeCode.StepAt(DateTimeOffset.UtcNow)));
        await page.Locator("main form .form-end button").ClickAsync();
        await Expect(page.Locator(".codes li")).ToHaveCountAsync(RecoveryCode.Count);
        await LookAsync(visitor, "codes", found);
        var code = await page.Locator(".codes li").First.InnerTextAsync();
        foreach (var (name, address) in new[] { ("security", "/cuenta/seguridad"), ("codes-left", "/cuenta/seguridad/codigos"), ("app-remove", "/cuenta/seguridad/aplicacion/quitar") })
        {
            await visitor.OpenAsync(address);
            await LookAsync(visitor, name, found);
        }

        // Elsewhere her password leads to the code, and without the telephone to a recovery code.
        await using var other = await chromium.VisitAsync(new Screen(width, 800));
        await other.OpenAsync("/cuenta/entrar");
        await SendPasswordAsync(other.Page, email);
        await LookAsync(other, "code", found);
        await other.Page.Locator("main a[href^='/cuenta/entrar/recuperacion']").ClickAsync();
        await LookAsync(other, "recovery", found);
        await other.Page.Locator("#Code").FillAsync(code);
        await other.Page.Locator("main form .form-end button").ClickAsync();
        await Expect(other.Page.Locator("header [href='/cuenta/salir'], header [href='/cuenta']").First).ToBeVisibleAsync();

        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
    }

    [Fact]
    public async Task A_person_adds_an_app_with_JavaScript_off()
    {
        var (email, _) = await AddAdminAsync("sin-guiones@brisal.example");
        await using var visitor = await chromium.VisitAsync(Screen.Phone with { Script = false });
        var page = visitor.Page;
        await visitor.OpenAsync("/cuenta/entrar?volver=/cuenta/seguridad");
        await SendPasswordAsync(page, email);

        await page.Locator("a[href='/cuenta/seguridad/aplicacion']").ClickAsync();
        await page.Locator("#Code").FillAsync(TimeCode.Of(Decode(await page.Locator(".key-text").InnerTextAsync()), TimeCode.StepAt(DateTimeOffset.UtcNow)));
        await page.Locator("main form .form-end button").ClickAsync();

        await Expect(page.Locator(".codes li")).ToHaveCountAsync(RecoveryCode.Count);
        await Expect(page.Locator("[data-action]:visible")).ToHaveCountAsync(0);
        await visitor.OpenAsync("/cuenta/seguridad/llaves");
        await Expect(page.Locator("[data-passkey-missing]")).ToBeVisibleAsync();
        await Expect(page.Locator("form[data-passkey]:visible")).ToHaveCountAsync(0);
    }

    private static async Task SendPasswordAsync(IPage page, string email)
    {
        await page.Locator("#Email").FillAsync(email);
        await page.Locator("#Password").FillAsync(Password);
        await page.Locator("main form .form-end button").First.ClickAsync();
    }

    private static async Task LookAsync(Visitor visitor, string name, List<string> found)
    {
        foreach (var dark in new[] { true, false })
        {
            await visitor.DarkAsync(dark);
            found.AddRange((await visitor.AxeAsync()).Select(e => $"{name} {visitor.Screen.Width}{(dark ? " dark" : "")}: {e}"));
            await visitor.PictureAsync("sec-" + name);
        }

        found.AddRange((await visitor.SidewaysAsync()).Select(e => $"{name} {visitor.Screen.Width}: sideways {e}"));
        if (visitor.Screen.Width < 600)
        {
            found.AddRange((await visitor.SmallTargetsAsync()).Select(e => $"{name}: {e}"));
        }
    }

    private async Task<(string Email, Guid Id)> AddAdminAsync(string email)
    {
        await using var scope = chromium.Portal.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        var person = new Person { Id = Guid.CreateVersion7(), UserName = email, Email = email, EmailConfirmed = true, Name = "Maximiliana Fernández de la Reguera y Ávalos", CreatedAt = DateTime.UtcNow };
        Assert.True((await users.CreateAsync(person, Password)).Succeeded);
        Assert.True((await users.AddToRolesAsync(person, [Roles.Admin, Roles.Editor])).Succeeded);
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        for (var line = 0; line < 60; line++)
        {
            db.Audit(AuditKind.SignInFailed, DateTime.UtcNow.AddHours(-line), null, person.Id, "password");
        }

        await db.SaveChangesAsync();
        return (email, person.Id);
    }

    private static byte[] Decode(string key)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(key.Where(char.IsAsciiLetterOrDigit).Select(c => Convert.ToString(alphabet.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(b => b.Length == 8).Select(b => Convert.ToByte(new string(b), 2))];
    }
}
