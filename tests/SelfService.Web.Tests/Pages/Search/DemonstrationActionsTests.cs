using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Company;

namespace SelfService.Web.Tests.Pages.Search;

[Collection(DemonstrationPortalCollection.Name)]
public sealed class DemonstrationActionsTests(DemonstrationPortal portal)
{
    private IReadOnlyList<CompanyAction> Actions => portal.Host.Services.GetRequiredService<CompanyProfile>().Actions;

    [Fact]
    public async Task Get_AddressOfEveryAction_IsAPageThatExists()
    {
        using var browser = portal.Host.Browser();

        Assert.NotEmpty(Actions);
        foreach (var action in Actions.Where(a => a.Address.StartsWith('/')))
        {
            await browser.PageAsync(action.Address);
        }
    }

    [Fact]
    public async Task Get_IconOfEveryAction_IsInTheSprite()
    {
        using var browser = portal.Host.Browser();

        var sprite = await browser.GetStringAsync("/img/icons.svg");

        Assert.All(Actions, action => Assert.Contains($"<symbol id=\"{action.Icon}\"", sprite, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("pedir", "/catalogo")]
    [InlineData("comprar", "/catalogo")]
    [InlineData("agendar", "/citas")]
    [InlineData("reservar cita", "/citas")]
    [InlineData("solicitar", "/solicitudes")]
    [InlineData("reclamr", "/solicitudes")]
    [InlineData("mis casos", "/casos")]
    [InlineData("que me llamen", "/solicitudes/llamada")]
    [InlineData("asesor", "/contacto")]
    [InlineData("telefono", "/contacto")]
    [InlineData("iniciar sesion", "/cuenta/entrar")]
    [InlineData("pagos y fact", "/temas/pagos")]
    public async Task Get_WhatPeopleType_SuggestsWhereTheyWantToGo(string typed, string address)
    {
        using var browser = portal.Host.Browser();

        Assert.Contains($"\"url\":\"{address}", await browser.GetStringAsync("/sugerencias?q=" + Uri.EscapeDataString(typed)), StringComparison.Ordinal);
    }
}
