namespace SelfService.Search.Tests.Ranking;

public class RankingTests
{
    private static string[] Ask(string query, params string[] titles) =>
        TestCorpus.Engine([.. titles.Select(title => TestCorpus.Article(title, title))]).Ask(query).Ids();

    [Fact]
    public void Any_word_may_match() =>
        Assert.Equal(["Cambiar la dirección"], Ask("quisiera cambiar urgentemente mi domicilio fiscal", "Cambiar la dirección", "Horario"));

    [Fact]
    public void A_word_that_nearly_every_text_has_finds_nothing_beside_a_rarer_one()
    {
        string[] others = [.. Enumerable.Range(0, 60).Select(i => $"No hay caso {i}")];
        Assert.Equal(["Mi lavadora gotea", "Mi lavadora no enciende"], Ask("no gotea mi lavadora", [.. others, "Mi lavadora no enciende", "Mi lavadora gotea"]));
        Assert.Equal(60, TestCorpus.Engine([.. others.Select(title => TestCorpus.Article(title, title))]).Ask("no").Total);
    }

    [Fact]
    public void The_more_of_the_query_the_better() =>
        Assert.Equal("Cambiar la dirección de envío", Ask("cambiar dirección envío", "Cambiar la clave", "Dirección de la tienda", "Cambiar la dirección de envío")[0]);

    [Theory]
    [InlineData("ano", "Ano", "Año")]
    [InlineData("año", "Año", "Ano")]
    [InlineData("papá", "Papá", "Papa")]
    [InlineData("papa", "Papa", "Papá")]
    [InlineData("pagos", "Pagos", "Pago")]
    [InlineData("cancelar", "Cancelar", "Cancelación")]
    [InlineData("factura", "Factura", "Facturación")]
    public void The_typed_form_stands_above_its_relatives(string query, string first, string second) =>
        Assert.Equal([first, second], Ask(query, first, second, "Otra cosa", "Algo más"));

    [Fact]
    public void A_synonym_stands_below_the_typed_word() =>
        Assert.Equal(["Configurar el celular", "Configurar el móvil"], Ask("celular", "Configurar el móvil", "Configurar el celular", "Horario", "Envíos"));

    [Theory]
    [InlineData("no me llega la TDC", "Solicitar una tarjeta de crédito")]
    [InlineData("tarjeta de credito", "Cómo pedir su TDC")]
    [InlineData("telefono movil", "Seguro para celulares")]
    public void A_synonym_may_have_several_words_on_either_side(string query, string title) =>
        Assert.Equal(title, Ask(query, "Horario", title, "Envíos")[0]);

    [Fact]
    public void A_directed_synonym_goes_one_way()
    {
        var engine = EngineUnderTest.New(SearchLanguage.Parse(null, "cfdi => factura"));
        engine.Apply([TestCorpus.Article("a", "Pedir factura"), TestCorpus.Article("b", "Descargar CFDI")], [], 1);
        Assert.Equal(["b", "a"], engine.Ask("CFDI").Ids());
        Assert.Equal(["a"], engine.Ask("factura").Ids());
    }

    [Fact]
    public void A_code_stands_above_its_parts() =>
        Assert.Equal("Manual del SKU-123", Ask("SKU-123", "123 consejos", "SKU 123 123 123", "Manual del SKU-123")[0]);

    [Fact]
    public void A_code_is_never_corrected_to_another() => Assert.Empty(Ask("5.7.751x", "Versión 6.8.750", "Otra"));

    [Fact]
    public void A_query_in_quotes_finds_the_phrase_only() =>
        Assert.Equal(["Gastos de envío"], Ask("\"gastos de envío\"", "Envío de gastos", "Gastos de envío", "Gastos"));

    [Fact]
    public void A_phrase_nobody_wrote_falls_back_to_its_words() =>
        Assert.Equal(["Gastos"], Ask("\"gastos de aduana\"", "Horario", "Gastos"));

    [Fact]
    public void Question_words_alone_do_not_answer_an_unknown_subject() =>
        Assert.Empty(Ask(
            "¿Cuál es la garantía de las lavadoras?",
            [.. Enumerable.Range(0, 20).Select(i => $"La hora {i} de las visitas"), .. Enumerable.Range(0, 20).Select(i => $"Cómo es el turno {i}")]));

    [Fact]
    public void Stop_words_find_when_there_is_nothing_else() =>
        Assert.Equal(["Quiénes somos"], Ask("quienes somos", "Quiénes somos", "Horario"));

    [Fact]
    public void Equal_articles_stand_by_id()
    {
        SearchDocument[] same = [.. new[] { "c", "a", "b" }.Select(id => TestCorpus.Article(id, "Pagar"))];
        Assert.Equal(["a", "b", "c"], TestCorpus.Engine(same).Ask("pagar").Ids());
    }

    [Fact]
    public void Proven_usefulness_decides_between_equals()
    {
        SearchDocument useful = TestCorpus.Article("z", "Pagar") with { Usefulness = 0.9 };
        Assert.Equal(["z", "a"], TestCorpus.Engine(TestCorpus.Article("a", "Pagar"), useful).Ask("pagar").Ids());
    }

    [Fact]
    public void The_section_that_answers_is_named()
    {
        var article = new SearchDocument
        {
            Id = "a",
            Title = "Facturación",
            Sections = [new("", "", "Todo sobre sus recibos."), new("pedir", "Pedir un duplicado", "Entre en su cuenta."), new("plazos", "Plazos", "Diez días.")],
        };
        ISearchEngine engine = TestCorpus.Engine(article, TestCorpus.Article("b", "Horario"));
        Assert.Equal("pedir", engine.Ask("duplicado").Hits[0].Section?.Anchor);
        Assert.Null(engine.Ask("facturación").Hits[0].Section);
        Assert.Null(engine.Ask("recibos").Hits[0].Section);
    }

    [Fact]
    public void Staff_articles_neither_show_nor_count_for_others()
    {
        ISearchEngine engine = TestCorpus.Engine(
            TestCorpus.Article("a", "Pagar", topic: "t1"),
            TestCorpus.Article("b", "Pagar", topic: "t1", audience: Audience.Customers),
            TestCorpus.Article("c", "Pagar", topic: "t2", audience: Audience.Staff));
        Assert.Equal((1, 2, 3), (engine.Ask("pagar").Total, engine.Ask("pagar", Audience.Customers).Total, engine.Ask("pagar", Audience.Staff).Total));
        Assert.Equal(["t1"], engine.Ask("pagar").Topics.Keys);
        Assert.Equal(2, engine.Ask("pagar", Audience.Staff).Topics["t1"]);
    }

    [Fact]
    public void A_topic_filters_hits_but_not_the_counts_beside_them()
    {
        ISearchEngine engine = TestCorpus.Engine(
            TestCorpus.Article("a", "Pagar", topic: "t1"), TestCorpus.Article("b", "Pagar", topic: "t2"), TestCorpus.Article("c", "Otro", topic: "t3"));
        SearchResults results = engine.Ask("pagar", topic: "t2");
        Assert.Equal(["b"], results.Ids());
        Assert.Equal(1, results.Total);
        Assert.Equal(["t1", "t2"], results.Topics.Keys.Order());
        Assert.Equal(0, engine.Ask("pagar", topic: "unknown").Total);
    }
}
