using SelfService.Search.Querying;

namespace SelfService.Search.Tests;

/// <summary>Small made-up collections and short ways to ask them.</summary>
internal static class TestCorpus
{
    private static readonly string[] Words =
        ("cuenta pedido pedidos factura facturar facturación envío enviar devolución devolver contraseña cambiar cambio pago pagar "
        + "tarjeta crédito cita horario tienda año ano España correo móvil celular cancelar cancelación de la el en para con sin no "
        + "mi se puede cómo dónde SKU-123 5.7.750 50% garantía producto productos roto nuevo nueva entrega plazo casa caso").Split(' ');

    public static SearchDocument Article(string id, string title, string text = "", string topic = "", Audience audience = Audience.Public) => new()
    {
        Id = id,
        Title = title,
        Url = "/articulos/" + id,
        Topic = topic,
        Audience = audience,
        Sections = [new SearchSection("", "", text)],
    };

    public static ISearchEngine Engine(params SearchDocument[] documents)
    {
        var engine = EngineUnderTest.New();
        engine.Apply(documents, [], 1);
        return engine;
    }

    public static SearchResults Ask(this ISearchEngine engine, string query, Audience audience = Audience.Public, string? topic = null) =>
        engine.Search(new SearchRequest(SearchQuery.Parse(query), audience) { Topic = topic });

    public static string[] Ids(this SearchResults results) => [.. results.Hits.Select(hit => hit.Document.Id)];

    public static SearchDocument Random(Random random, string id) => new()
    {
        Id = id,
        Title = Text(random, random.Next(1, 7)),
        Summary = random.Next(3) == 0 ? Text(random, 8) : "",
        Keywords = random.Next(3) == 0 ? [Text(random, 1), Text(random, 2)] : [],
        Sections = [.. Enumerable.Range(0, random.Next(4)).Select(i =>
            new SearchSection(i == 0 ? "" : $"s{i}", i == 0 ? "" : Text(random, 3), Text(random, random.Next(40))))],
        Topic = $"t{random.Next(4)}",
        Audience = (Audience)random.Next(3),
        Url = "/articulos/" + id,
        Usefulness = (2 * random.NextDouble()) - 1,
    };

    public static string Text(Random random, int words) =>
        string.Join(random.Next(5) == 0 ? ". " : " ", Enumerable.Range(0, words).Select(_ => Words[random.Next(Words.Length)]));
}
