using System.Diagnostics;

namespace SelfService.Search.Tests.Suggesting;

public class SuggesterTests
{
    private static readonly SearchDocument[] Articles =
    [
        TestCorpus.Article("cambiar", "Cambiar la contraseña", topic: "cuenta"),
        TestCorpus.Article("devolver", "Cómo devolver un pedido", topic: "pedidos"),
        new()
        {
            Id = "envios", Title = "Envíos", Url = "/articulos/envios", Topic = "pedidos", Keywords = ["paquetería"],
            Sections = [new("", "", "cobertura"), new("plazos", "Plazos de entrega", "…"), new("costos", "Costos por zona", "…")],
        },
        TestCorpus.Article("interno", "Contraseñas del personal", audience: Audience.Staff),
    ];

    private static readonly ISearchEngine Engine = TestCorpus.Engine(Articles);

    private static string[] Titles(string typed, Audience audience = Audience.Public) =>
        [.. Engine.Suggest(typed, audience, 8).Select(suggestion => suggestion.Section ?? suggestion.Title)];

    [Theory]
    [InlineData("cam", "Cambiar la contraseña")]
    [InlineData("contrase", "Cambiar la contraseña")]
    [InlineData("contraseñ", "Cambiar la contraseña")]
    [InlineData("contrasena", "Cambiar la contraseña")]
    [InlineData("contraseña cam", "Cambiar la contraseña")]
    [InlineData("cambiar la con", "Cambiar la contraseña")]
    [InlineData("PEDIDO dev", "Cómo devolver un pedido")]
    [InlineData("embi", "Envíos")]
    [InlineData("paquet", "Envíos")]
    [InlineData("plazos de en", "Plazos de entrega")]
    [InlineData("devolvr", "Cómo devolver un pedido")]
    public void What_is_typed_is_completed(string typed, string expected) => Assert.Equal([expected], Titles(typed));

    [Fact]
    public void A_heading_leads_to_its_section()
    {
        Suggestion suggestion = Engine.Suggest("costos", Audience.Public, 8).Single();
        Assert.Equal(("Envíos", "/articulos/envios#costos", "Costos por zona", "pedidos"), (suggestion.Title, suggestion.Url, suggestion.Section, suggestion.Topic));
    }

    [Fact]
    public void Body_text_is_not_suggested() => Assert.Empty(Titles("cober"));

    [Fact]
    public void Staff_articles_are_suggested_to_staff_only()
    {
        Assert.Equal(2, Titles("contras", Audience.Staff).Length);
        Assert.Single(Titles("contras", Audience.Customers));
    }

    [Fact]
    public void The_limit_is_kept()
    {
        Assert.Equal(2, Engine.Suggest("c", Audience.Staff, 2).Count);
        Assert.Empty(Engine.Suggest("c", Audience.Staff, 0));
    }

    [Fact]
    public void Three_thousand_articles_are_completed_in_a_moment()
    {
        var random = new Random(3);
        var engine = EngineUnderTest.New();
        engine.Apply([.. Enumerable.Range(0, 3_000).Select(i => TestCorpus.Random(random, $"d{i}"))], [], 1);
        string[] typed = ["c", "ca", "canc", "cancelar p", "d", "como cambiar la contr", "devolusion", "p"];
        for (int i = 0; i < 200; i++)
            engine.Suggest(typed[i % typed.Length], Audience.Public, 8);
        var times = Enumerable.Range(0, 400).Select(i =>
        {
            long start = Stopwatch.GetTimestamp();
            engine.Suggest(typed[i % typed.Length], Audience.Public, 8);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }).Order().ToList();
        // The p95 of an optimised build is a quarter of a millisecond; the median with room does not depend on the machine.
        Assert.True(times[200] < 10, $"median {times[200]} ms");
    }
}
