using SelfService.Search.Querying;

namespace SelfService.Search.Tests;

public class MemorySearchEngineTests
{
    private static ISearchEngine Engine(params SearchDocument[] documents)
    {
        var engine = EngineUnderTest.New();
        engine.Apply(documents, [], 1);
        return engine;
    }

    private static SearchDocument Article(string id, string title, string text = "") =>
        new() { Id = id, Title = title, Url = "/articulos/" + id, Sections = [new SearchSection("", "", text)] };

    private static string[] Ids(ISearchEngine engine, string query) =>
        [.. engine.Search(new SearchRequest(SearchQuery.Parse(query), Audience.Public)).Hits.Select(hit => hit.Document.Id)];

    [Theory]
    [InlineData("devolucion", "Devoluciones y cambios")]
    [InlineData("cancelar pedido", "Cancelación de pedidos")]
    [InlineData("contrasena", "Olvidé mi contraseña")]
    [InlineData("espana", "Envíos a España")]
    [InlineData("SKU-123", "Manual del SKU-123")]
    [InlineData("c#", "Ejemplos en C#")]
    [InlineData("50%", "Descuento del 50%")]
    [InlineData("correo@x.es", "Escriba a correo@x.es")]
    [InlineData("reem\u200Bbolso", "Pedir un reembolso")]
    [InlineData("reenbolso", "Pedir un reembolso")]
    [InlineData("celulares", "Configurar el móvil")]
    public void Finds_what_is_written_another_way(string query, string title)
    {
        ISearchEngine engine = Engine(Article("a", title), Article("b", "Horario de la tienda"), Article("c", "Otra cosa"));
        Assert.Equal(["a"], Ids(engine, query));
    }
}
