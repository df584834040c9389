using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Tests;
using SelfService.Web.Startup;

namespace SelfService.Web.Tests.Pages.Requests;

/// <summary>Forms as they are seen: the list, one form, its questions and conditions.</summary>
[Collection(RequestPortalCollection.Name)]
public sealed class FormTests(RequestPortal portal)
{
    [Fact]
    public async Task GetList_Forms_AreInTheirOrderWithoutTheBrokenOne()
    {
        var page = await portal.Host.Browser().PageAsync("/solicitudes");

        Assert.Equal(["/solicitudes/todo", "/solicitudes/llamada", "/solicitudes/simple"], page.QuerySelectorAll(".request-card a").Select(a => a.GetAttribute("href")));
        Assert.Contains("Reportar una falla Con todo lo que cabe.", page.QuerySelector(".request-card").Words(), StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("a[href='tel:+528005550100']"));
    }

    [Theory]
    [InlineData("rota")]
    [InlineData("nada")]
    [InlineData("SIMPLE")]
    [InlineData("..%2Fqueues")]
    public async Task Get_FormThatIsNone_Answers404(string form) => await portal.Host.Browser().PageAsync($"/solicitudes/{form}", 404);

    [Fact]
    public async Task Post_FormThatIsNone_Answers404AndOpensNothing()
    {
        var browser = portal.Host.Browser();
        var sent = await portal.OpenAsync(browser);

        using var answer = await (sent with { Address = "/solicitudes/rota" }).With(("mensaje", "Hola")).SendAsync(browser);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Get_EveryType_IsAskedWithTheRightControl()
    {
        var page = await portal.Host.Browser().PageAsync("/solicitudes/todo");

        Assert.Equal(2, page.QuerySelectorAll("input[type=radio][name=falla]").Length);
        Assert.Equal(2, page.QuerySelectorAll("input[type=checkbox][name=luces]").Length);
        Assert.Equal(9, page.QuerySelectorAll("select[name=modelo] option").Length);
        Assert.Equal("decimal", page.QuerySelector("input[name=velocidad]")!.GetAttribute("inputmode"));
        Assert.Equal("tel", page.QuerySelector("input[name=otro_telefono]")!.GetAttribute("type"));
        Assert.Equal("email", page.QuerySelector("input[name=otro_correo]")!.GetAttribute("type"));
        Assert.Equal("64", page.QuerySelector("input[name=rfc]")!.GetAttribute("maxlength"));
        Assert.Equal(["street", "number", "neighbourhood", "postcode", "city", "state", "country"], page.QuerySelectorAll("input[name^='domicilio.']").Select(i => i.GetAttribute("name")!["domicilio.".Length..]));
        Assert.Equal("5000", page.QuerySelector("textarea[name=mensaje]")!.GetAttribute("maxlength"));
        Assert.True(page.QuerySelector("input[type=file][name=fotos]")!.HasAttribute("multiple"));
        Assert.Equal("/articulos/no-tengo-internet", page.QuerySelector("label:has([name=acepto]) a")!.GetAttribute("href"));
        var date = page.QuerySelector("input[name=desde]")!;
        Assert.Equal("date", date.GetAttribute("type"));
        Assert.Equal(90, Day("max") - Day("min"));
        Assert.Contains("Está <lento>", page.QuerySelector("fieldset:has([name=falla])").Words(), StringComparison.Ordinal);
        Assert.True(page.QuerySelector<IHtmlFormElement>("form#solicitud")!.HasAttribute("data-upload"));
        Assert.False((await portal.Host.Browser().PageAsync("/solicitudes/simple")).QuerySelector("form#solicitud")!.HasAttribute("data-upload"));

        int Day(string bound) => DateOnly.ParseExact(date.GetAttribute(bound)!, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber;
    }

    [Fact]
    public async Task Get_Conditions_AreSaidInWordsAndMarkedForTheScript()
    {
        var page = await portal.Host.Browser().PageAsync("/solicitudes/todo");

        var lights = page.QuerySelector("input[name=luces]")!.Closest(".request-part")!;
        Assert.Equal(("falla", "sin_servicio"), (lights.GetAttribute("data-show-when"), lights.GetAttribute("data-show-is")));
        Assert.Equal("Solo si en «¿Qué pasa?» eligió «No tengo internet».", lights.QuerySelector(".request-when").Words());
        // Nothing is hidden for who has no script.
        Assert.False(lights.HasAttribute("hidden"));
        Assert.False(page.QuerySelector("[name=falla]")!.Closest(".request-part")!.HasAttribute("data-show-when"));
        Assert.NotNull(page.QuerySelector("script[src*='request-form']"));
    }

    [Fact]
    public async Task Get_Articles_AreThoseThisPersonMaySee()
    {
        var page = await portal.Host.Browser().PageAsync("/solicitudes/todo");

        var offers = page.QuerySelector("[data-form-suggest='/solicitudes/todo/sugerencias']")!;
        Assert.Equal(["No tengo internet"], offers.QuerySelectorAll("a [data-title]").Select(a => a.Words()));
        Assert.Equal(2, (await (await portal.Host.BrowserOfAsync(Steps.Agent)).PageAsync("/solicitudes/todo")).QuerySelectorAll("[data-form-suggest] a").Length);
    }

    [Fact]
    public async Task Get_CallBack_IsOfferedByTheOthersAndNotByItself()
    {
        var page = await portal.Host.Browser().PageAsync("/solicitudes/simple");

        Assert.NotNull(page.QuerySelector("main a[href='/solicitudes/llamada']"));
        Assert.NotNull(page.QuerySelector("main a[href='tel:+528005550100']"));
        Assert.Null((await portal.Host.Browser().PageAsync("/solicitudes/llamada")).QuerySelector("main a[href='/solicitudes/llamada']"));
    }

    [Fact]
    public async Task Get_Form_IsNeverKept()
    {
        using var answer = await portal.Host.Browser().GetAsync("/solicitudes/simple");

        Assert.Contains("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.NotEqual(Key(await answer.PageAsync()), Key(await portal.Host.Browser().PageAsync("/solicitudes/simple")));

        static string? Key(IHtmlDocument page) => page.QuerySelector("input[name=Key]")!.GetAttribute("value");
    }

    [Fact]
    public async Task Get_InEnglish_SpeaksEnglishAroundTheCompanysWords()
    {
        var page = await portal.Host.Browser(language: "en").PageAsync("/solicitudes/todo");

        Assert.Equal("Reportar una falla", page.QuerySelector("h1").Words());
        Assert.Equal("es", page.QuerySelector("h1")!.GetAttribute("lang"));
        Assert.Equal("es", page.QuerySelector("label:has([name=falla]) span[lang]")!.GetAttribute("lang"));
        Assert.Contains("Send request", page.QuerySelector("form#solicitud button").Words(), StringComparison.Ordinal);
        Assert.Contains("Only if", page.QuerySelector(".request-when").Words(), StringComparison.Ordinal);
        Assert.False((await portal.Host.Browser().PageAsync("/solicitudes/todo")).QuerySelector("h1")!.HasAttribute("lang"));
    }

    [Fact]
    public async Task Get_SignedIn_NameIsFilledInAndTheMailCannotBeChanged()
    {
        var page = await (await portal.Host.BrowserOfAsync(Steps.Customer)).PageAsync("/solicitudes/simple");

        Assert.Equal("Lucía Hernández", page.QuerySelector("[name=contact-name]")!.GetAttribute("value"));
        Assert.Null(page.QuerySelector("[name=contact-email]"));
        var mail = page.QuerySelector<IHtmlInputElement>("#campo-contact-email")!;
        Assert.Equal((Steps.Customer, true), (mail.Value, mail.IsReadOnly));
        var guest = await portal.Host.Browser().PageAsync("/solicitudes/simple");
        Assert.Equal(("", ""), (guest.QuerySelector<IHtmlInputElement>("[name=contact-name]")!.Value, guest.QuerySelector<IHtmlInputElement>("[name=contact-email]")!.Value));
    }

    [Fact]
    public async Task GetList_FolderReadAgain_ShowsWhatChangedAndForgetsWhatIsGone()
    {
        using var content = new TestFolder();
        RequestPortal.Fill(content);
        await using var host = await RequestPortal.StartAsync(content, new AdvancingClock());
        var browser = host.Browser();
        await browser.PageAsync("/solicitudes/llamada");

        File.Delete(content.PathOf("forms/llamada.yaml"));
        content.Write("forms/nueva.yaml", "title: Forma nueva\nfields:\n  - { name: uno, type: text, label: Uno }\n");
        host.Services.GetRequiredService<FormLoader>().Reload();

        Assert.Equal("Forma nueva", (await browser.PageAsync("/solicitudes/nueva")).QuerySelector("h1").Words());
        await browser.PageAsync("/solicitudes/llamada", 404);
        Assert.Null((await browser.PageAsync("/solicitudes/simple")).QuerySelector("main a[href='/solicitudes/llamada']"));
    }

    [Fact]
    public async Task GetList_NoForms_LeadsToAPerson()
    {
        using var content = new TestFolder();
        content.Write("articles/uno/hola.md", "---\ntitle: Hola\n---\nTexto.\n");
        await using var host = await RequestPortal.StartAsync(content, new AdvancingClock());

        Assert.NotNull((await host.Browser().PageAsync("/solicitudes")).QuerySelector(".empty a[href='/contacto']"));
    }

    [Fact]
    public async Task Get_FieldForPrograms_IsLabelledHiddenAndOutOfTheWayOfKeys()
    {
        var page = await portal.Host.Browser().PageAsync("/solicitudes/simple");

        var trap = page.QuerySelector("input[name=website]")!;
        Assert.Equal(("-1", "off"), (trap.GetAttribute("tabindex"), trap.GetAttribute("autocomplete")));
        Assert.NotNull(trap.Closest(".visually-hidden[aria-hidden=true]"));
    }
}
