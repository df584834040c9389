using SelfService.Web.Pages.Agent;

namespace SelfService.Web.Tests.Pages.Agent;

public sealed class SentLinksTests
{
    private const string Origin = "https://ayuda.ejemplo.example";

    [Theory]
    [InlineData("Vea https://ayuda.ejemplo.example/articulos/cambiar-filtro.", "Vea https://ayuda.ejemplo.example/articulos/cambiar-filtro?de=agente.")]
    [InlineData("https://ayuda.ejemplo.example/articulos/a y https://ayuda.ejemplo.example/articulos/b", "https://ayuda.ejemplo.example/articulos/a?de=agente y https://ayuda.ejemplo.example/articulos/b?de=agente")]
    [InlineData("https://ayuda.ejemplo.example/articulos/a?de=agente", "https://ayuda.ejemplo.example/articulos/a?de=agente")]
    [InlineData("https://ayuda.ejemplo.example/articulos/a/opinion", "https://ayuda.ejemplo.example/articulos/a/opinion")]
    [InlineData("https://otra.example/articulos/a", "https://otra.example/articulos/a")]
    [InlineData("https://ayuda.ejemplo.example.otra.example/articulos/a", "https://ayuda.ejemplo.example.otra.example/articulos/a")]
    [InlineData("https://ayuda.ejemplo.example/temas/a", "https://ayuda.ejemplo.example/temas/a")]
    public void Links_to_our_articles_are_marked_and_nothing_else(string text, string marked) => Assert.Equal(marked, SentLinks.Mark(text, Origin));

    [Fact]
    public void A_text_that_would_become_too_long_stays() =>
        Assert.Equal(SelfService.Core.Tickets.Message.BodyMaxLength, SentLinks.Mark(new string('x', SelfService.Core.Tickets.Message.BodyMaxLength - 45) + " https://ayuda.ejemplo.example/articulos/abcd", Origin).Length);
}
