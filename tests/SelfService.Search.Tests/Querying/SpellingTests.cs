using SelfService.Search.Querying;

namespace SelfService.Search.Tests.Querying;

public class SpellingTests
{
    private static readonly ISearchEngine Engine = TestCorpus.Engine(
        [.. "Reembolso|Devolución|Contraseña|Factura electrónica|Envío urgente|Vehículo|Hacer un pedido|Quejas|Dirección|Servicio técnico|Garantía|Llave|Caso|Recibir"
            .Split('|').Select((title, i) => TestCorpus.Article($"d{i:00}", title))]);

    [Theory]
    [InlineData("reenbolso", "reembolso")]
    [InlineData("rembolso", "reembolso")]
    [InlineData("devolusion", "devolución")]
    [InlineData("debolucion", "devolución")]
    [InlineData("devoluicon", "devolución")]
    [InlineData("contrsaeña", "contraseña")]
    [InlineData("fatcura", "factura")]
    [InlineData("electronika", "electrónica")]
    [InlineData("vehiculo", null)]
    [InlineData("veiculo", "vehículo")]
    [InlineData("kejas", "quejas")]
    [InlineData("direcion", "dirección")]
    [InlineData("serbisio", "servicio")]
    [InlineData("garantja", "garantía")]
    [InlineData("garantias", null)]
    [InlineData("yave", "llave")]
    [InlineData("resibir", "recibir")]
    [InlineData("re embolso", "reembolso")]
    [InlineData("contra seña", "contraseña")]
    [InlineData("serviciotecnico", "servicio tecnico")]
    [InlineData("casa", null)]
    [InlineData("xyz", null)]
    public void A_word_the_index_does_not_know_becomes_the_nearest_it_knows(string typed, string? expected)
    {
        SearchResults results = Engine.Ask(typed);
        Assert.Equal(expected, results.Correction);
        Assert.True(expected is null || results.Total > 0);
    }

    [Fact]
    public void Only_the_misspelt_word_of_a_query_is_replaced() =>
        Assert.Equal("factura del envío", Engine.Ask("factura del emvio").Correction);

    [Fact]
    public void A_search_for_exactly_what_was_typed_is_possible()
    {
        var request = new SearchRequest(SearchQuery.Parse("reenbolso"), Audience.Public) { AsTyped = true };
        Assert.Equal(0, Engine.Search(request).Total);
        Assert.Null(Engine.Search(request).Correction);
    }

    [Theory]
    [InlineData("vaca", "baca", 0.35)]
    [InlineData("hola", "ola", 0.3)]
    [InlineData("llave", "yave", 0.35)]
    [InlineData("queso", "keso", 0.35)]
    [InlineData("cerro", "cero", 0.5)]
    [InlineData("caso", "csao", 0.8)]
    [InlineData("casa", "caso", 1.4)]
    [InlineData("casa", "casa", 0)]
    public void What_sounds_alike_costs_little(string one, string other, double cost)
    {
        Assert.Equal(cost, SpanishEditDistance.Between(one, other, 3), 3);
        Assert.Equal(cost, SpanishEditDistance.Between(other, one, 3), 3);
    }
}
