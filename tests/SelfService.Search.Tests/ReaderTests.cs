using SelfService.Search.Querying;

namespace SelfService.Search.Tests;

/// <summary>Of an article in several languages each reader finds one.</summary>
public class ReaderTests
{
    [Theory]
    [InlineData("es-MX", "factura")]
    [InlineData("en-MX", "invoice")]
    [InlineData("pt-BR")]
    [InlineData(null, "factura", "invoice", "secreta")]
    public void Finds_counts_and_completes_only_the_readers_own(string? reader, params string[] own)
    {
        var engine = EngineUnderTest.New();
        engine.Apply([Article("factura", ["es-MX", "es-CO"]), Article("invoice", ["en-MX", "en-CO"]), Article("secreta", []), Article("comun", null)], [], 1);
        string[] expected = [.. own, "comun"];

        SearchResults results = engine.Search(new SearchRequest(SearchQuery.Parse("factura CFDI"), Audience.Public) { Reader = reader });
        IReadOnlyList<Suggestion> suggestions = engine.Suggest("factura", Audience.Public, 8, reader);

        Assert.Equal(expected.Order(), results.Hits.Select(hit => hit.Document.Id).Order());
        Assert.Equal((expected.Length, expected.Length), (results.Total, results.Topics["pagos"]));
        Assert.Equal(expected.Order(), suggestions.Select(s => s.Url.Split('/')[^1]).Order());
    }

    [Fact]
    public void A_change_of_its_readers_is_followed()
    {
        var engine = EngineUnderTest.New();
        engine.Apply([Article("factura", ["es-MX"])], [], 1);
        Assert.Equal(0, Total("en-MX"));

        engine.Apply([Article("factura", null)], [], 2);

        Assert.Equal(1, Total("en-MX"));

        int Total(string reader) => engine.Search(new SearchRequest(SearchQuery.Parse("factura"), Audience.Public) { Reader = reader }).Total;
    }

    private static SearchDocument Article(string id, string[]? readers) =>
        new() { Id = id, Title = "Factura CFDI " + id, Url = "/articulos/" + id, Topic = "pagos", Readers = readers?.ToHashSet() };
}
