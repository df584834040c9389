using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.People;
using static SelfService.Web.Tests.Pages.Account.AccountSteps;

namespace SelfService.Web.Tests.Pages.Account;

[Collection(TrialPortalCollection.Name)]
public sealed class ProfileTests(TrialPortal portal)
{
    private PortalHost Host => portal.Host;

    private static Task<HttpResponseMessage> SaveAsync(HttpClient browser, params (string Name, string Value)[] fields) =>
        browser.FillAsync("/cuenta", Form, [.. new[] { ("Name", "Marta Ruiz"), ("Language", "es"), ("Notice", "All") }.Where(f => fields.All(own => own.Name != f.Item1)), .. fields]);

    [Fact]
    public async Task Post_Changes_AreStoredForTheAccountAndItsCases()
    {
        var address = NewAddress();
        using var browser = await Host.RegisterAsync(address);

        using var answer = await SaveAsync(browser, ("Name", "  Marta\u200b  Ruiz Sáenz "), ("Phone", "044 55 1234 5678"), ("Notice", "Answers"));
        var page = await answer.PageAsync();

        var person = (await Host.FindPersonAsync(address))!;
        Assert.Equal(("Marta Ruiz Sáenz", "+525512345678", NoticeLevel.Answers), (person.Name, person.PhoneNumber, person.Notices));
        Assert.NotNull(page.QuerySelector("[role=status]"));
        Assert.Equal("55 1234 5678", page.QuerySelector("#Phone")!.GetAttribute("value"));
        Assert.Equal("Answers", page.QuerySelector("[name=Notice][checked]")!.GetAttribute("value"));
        var customer = await Host.InDatabaseAsync(db => db.Customers.SingleAsync(c => c.PersonId == person.Id));
        Assert.Equal(("Marta Ruiz Sáenz", "+525512345678"), (customer.Name, customer.Phone));
    }

    [Fact]
    public async Task Post_Language_IsThePagesFromThenOnInEveryBrowser()
    {
        var address = NewAddress();
        using var browser = await Host.RegisterAsync(address);

        using var answer = await SaveAsync(browser, ("Language", "en"));
        Assert.Equal("en", (await answer.PageAsync()).DocumentElement.GetAttribute("lang"));

        // Another browser, whose last person chose Spanish.
        using var other = Host.Browser();
        (await other.SendFormAsync("/idioma", [("idioma", "es"), ("volver", "/")])).Dispose();
        await other.TrySignInAsync(address, HerPassword);
        Assert.Equal("en", (await other.PageAsync("/")).DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task Post_LanguageAtTheFoot_IsThePersonsChoiceToo()
    {
        var address = NewAddress();
        using var browser = await Host.RegisterAsync(address);

        (await browser.SendFormAsync("/idioma", [("idioma", "en"), ("volver", "/")])).Dispose();

        Assert.Equal("en", (await Host.FindPersonAsync(address))!.Language);
        Assert.Equal("en", (await browser.PageAsync("/cuenta")).QuerySelector("[name=Language][checked]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Post_AfterAnotherWindowSaved_ShowsBothAndSavesOnTheSecondTry()
    {
        var address = NewAddress();
        using var browser = await Host.RegisterAsync(address);
        var old = (await browser.PageAsync("/cuenta")).HiddenFields();
        (await SaveAsync(browser, ("Name", "Desde otra ventana"))).Dispose();

        using var refused = await browser.SendFormAsync("/cuenta", [.. old, ("Name", "Desde esta"), ("Language", "es"), ("Notice", "None")]);
        var page = await refused.PageAsync();

        Assert.Equal(409, (int)refused.StatusCode);
        Assert.Equal("Desde esta", page.QuerySelector("#Name")!.GetAttribute("value"));
        Assert.Contains("Desde otra ventana", page.QuerySelector(".account-meanwhile").Words(), StringComparison.Ordinal);
        Assert.Equal("Desde otra ventana", (await Host.FindPersonAsync(address))!.Name);
        using var again = await browser.SendFormAsync("/cuenta", [.. page.HiddenFields(), ("Name", "Desde esta"), ("Language", "es"), ("Notice", "None")]);
        Assert.Equal(("Desde esta", NoticeLevel.None), ((await Host.FindPersonAsync(address))!.Name, (await Host.FindPersonAsync(address))!.Notices));
    }

    [Fact]
    public async Task Post_WhileSomebodyGuessesThePassword_IsNoConflict()
    {
        var address = NewAddress();
        using var browser = await Host.RegisterAsync(address);
        var form = (await browser.PageAsync("/cuenta")).HiddenFields();
        using var stranger = Host.Browser();
        await stranger.TrySignInAsync(address, "otra-clave-99");

        using var answer = await browser.SendFormAsync("/cuenta", [.. form, ("Name", "Marta"), ("Language", "es"), ("Notice", "All")]);

        Assert.Equal("Marta", (await Host.FindPersonAsync(address))!.Name);
    }

    [Theory]
    [InlineData("Name", "", "#Name")]
    [InlineData("Name", "\u2060", "#Name")]
    [InlineData("Phone", "123", "#Phone")]
    [InlineData("Phone", "llame por la tarde", "#Phone")]
    [InlineData("Notice", "Everything", null)]
    [InlineData("Notice", "7", null)]
    [InlineData("Language", "fr", null)]
    public async Task Post_ValueThatWillNotDo_KeepsTheRestAndStoresNothing(string field, string value, string? linked)
    {
        var address = NewAddress();
        using var browser = await Host.RegisterAsync(address);

        using var answer = await SaveAsync(browser, (field, value), (field == "Name" ? "Phone" : "Name", field == "Name" ? "55 1234 5678" : "Nombre Nuevo"));
        var page = await answer.PageAsync();

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal(linked, page.QuerySelector("[role=alert] a")?.GetAttribute("href"));
        Assert.Equal(field == "Name" ? "55 1234 5678" : "Nombre Nuevo", page.QuerySelector(field == "Name" ? "#Phone" : "#Name")!.GetAttribute("value"));
        Assert.Equal(("Marta Ruiz", null, "es"), ((await Host.FindPersonAsync(address))!.Name, (await Host.FindPersonAsync(address))!.PhoneNumber, (await Host.FindPersonAsync(address))!.Language));
    }

    [Fact]
    public async Task Post_FieldsTheFormDoesNotHave_ChangeNothing()
    {
        // Mass assignment: address, role, second factor and identity are not the form's to say.
        var address = NewAddress();
        using var browser = await Host.RegisterAsync(address);
        var before = (await Host.FindPersonAsync(address))!;

        (await SaveAsync(
            browser, ("Name", "Marta"), ("Person.Email", "jefe@correo.example"), ("Email", "jefe@correo.example"), ("UserName", "jefe@correo.example"), ("Role", Roles.Admin), ("Roles", Roles.Admin),
            ("Id", Guid.NewGuid().ToString()), ("Person.Id", Guid.NewGuid().ToString()), ("NewEmail", "jefe@correo.example"), ("TwoFactorEnabled", "true"), ("LockoutEnabled", "false"), ("SecurityStamp", "x"))).Dispose();

        var after = (await Host.FindPersonAsync(address))!;
        Assert.Equal("Marta", after.Name);
        Assert.Equal((before.Id, before.Email, before.UserName, null, false, true, before.SecurityStamp), (after.Id, after.Email, after.UserName, after.NewEmail, after.TwoFactorEnabled, after.LockoutEnabled, after.SecurityStamp));
        Assert.Equal([Roles.Customer], await Host.AskAsync<UserManager<Person>, IList<string>>(async users => await users.GetRolesAsync(after)));
    }

    [Theory]
    [InlineData(Steps.Customer, false)]
    [InlineData(Steps.Agent, true)]
    public async Task Get_Header_LeadsToCasesAccountAndForStaffToTheDesk(string who, bool desk)
    {
        using var browser = await Host.BrowserOfAsync(who);

        var page = await browser.PageAsync("/contacto");

        Assert.Equal(["/temas", .. desk ? ["/agente"] : Array.Empty<string>(), "/casos", "/contacto", "/carrito", "/cuenta"], page.QuerySelectorAll("header nav a").Select(a => a.GetAttribute("href")!));
        Assert.NotNull(page.QuerySelector("footer [href='/cuenta/salir']"));
        using var stranger = Host.Browser();
        Assert.Null((await stranger.PageAsync("/contacto")).QuerySelector("[href='/cuenta/salir'], [href='/agente']"));
    }
}
