using SelfService.Search.Querying;
using SelfService.Search.Ranking;

namespace SelfService.Search.Tests.Querying;

public class RelatedWordsTests
{
    /// <summary>Eighty articles about nothing, so that chance can be told from habit.</summary>
    private static readonly SearchDocument[] Others =
        [.. Enumerable.Range(0, 80).Select(i => TestCorpus.Article($"otro{i:00}", $"Aviso {i}", "Texto de relleno."))];

    /// <summary>«cloro» stands beside «sabor» in three articles; a fourth has only «sabor».</summary>
    private static SearchDocument[] Water(Audience audience = Audience.Public) =>
    [
        TestCorpus.Article("a1", "Cloro en la jarra", "Cambia el sabor.", audience: audience),
        TestCorpus.Article("a2", "Cloro en el hielo", "Cambia el sabor.", audience: audience),
        TestCorpus.Article("a3", "Lavar con cloro", "Deja sabor en la taza.", audience: audience),
        TestCorpus.Article("b1", "Agua con mal sabor", "Revise el filtro."),
    ];

    private static ISearchEngine Engine(params SearchDocument[] documents) => TestCorpus.Engine([.. Others, .. documents]);

    [Fact]
    public void A_query_that_finds_too_little_finds_what_stands_beside_its_words()
    {
        SearchResults results = Engine(Water()).Ask("cloro");
        Assert.Equal(["a1", "a2", "a3", "b1"], results.Ids().Order());
        Assert.Equal("b1", results.Ids()[^1]);
        Assert.Equal(4, results.Total);
        Assert.Equal(4, results.Topics[""]);
        Assert.Equal("Agua con mal <mark>sabor</mark>", results.Hits[^1].TitleHtml);
    }

    [Fact]
    public void What_only_stop_words_find_comes_last()
    {
        ISearchEngine engine = Engine([.. Water(), TestCorpus.Article("c1", "Cómo está el", "Cómo está el")]);
        Assert.Equal(["b1", "c1"], engine.Ask("¿cómo está el cloro?").Ids()[3..5]);
    }

    [Fact]
    public void Exactly_what_was_typed_finds_nothing_beside_it()
    {
        var request = new SearchRequest(SearchQuery.Parse("cloro"), Audience.Public) { AsTyped = true };
        Assert.Equal(3, Engine(Water()).Search(request).Total);
        Assert.Equal(4, Engine(Water()).Search(request with { AsTyped = false }).Total);
    }

    [Fact]
    public void A_phrase_in_quotes_that_is_found_is_enough()
    {
        ISearchEngine engine = Engine(Water());
        Assert.Equal(1, engine.Ask("\"cloro en la jarra\"").Total);
        Assert.Equal(4, engine.Ask("cloro en jarras").Total);
    }

    [Fact]
    public void A_query_that_finds_enough_stays_as_it_is()
    {
        SearchDocument[] more = [.. Enumerable.Range(4, 2).Select(i => TestCorpus.Article($"a{i}", "Cloro", "Y sabor."))];
        Assert.Equal(5, Engine([.. Water(), .. more]).Ask("cloro").Total);
        Assert.DoesNotContain("b1", Engine([.. Water(), .. more]).Ask("cloro").Ids());
    }

    [Fact]
    public void Words_that_meet_once_have_nothing_to_do_with_each_other() =>
        Assert.Equal(["a1"], Engine(Water()[0], Water()[3]).Ask("cloro").Ids());

    [Fact]
    public void A_word_that_stands_everywhere_belongs_to_none() =>
        Assert.Equal(3, TestCorpus.Engine([.. Others.Select(other => other with { Summary = "Sabor" }), .. Water()[..3]]).Ask("cloro").Total);

    [Theory]
    [InlineData(Audience.Customers)]
    [InlineData(Audience.Staff)]
    public void Words_that_meet_in_hidden_articles_help_and_reveal_nothing(Audience hidden)
    {
        SearchDocument open = TestCorpus.Article("o1", "Cloro para la ropa");
        ISearchEngine engine = Engine([.. Water(hidden), open]);
        ISearchEngine without = Engine(Water()[3], open);
        Assert.Equal(without.Ask("cloro").Ids(), engine.Ask("cloro").Ids());
        Assert.Equal(["o1"], engine.Ask("cloro").Ids());
        Assert.Contains("b1", engine.Ask("cloro", hidden).Ids());
        Assert.Equal(["o1"], engine.Ask("cloro").Ids());
    }

    [Fact]
    public void Hidden_articles_do_not_change_which_words_belong_together()
    {
        // Beside a hundred hidden articles about the taste, the word would no longer say anything.
        SearchDocument[] hidden = [.. Enumerable.Range(0, 100).Select(i => TestCorpus.Article($"h{i}", "Sabor", audience: Audience.Staff))];
        Assert.Equal(Engine(Water()).Ask("cloro").Ids(), Engine([.. Water(), .. hidden]).Ask("cloro").Ids());
        Assert.DoesNotContain("b1", Engine([.. Water(), .. hidden]).Ask("cloro", Audience.Staff).Ids());
    }

    [Fact]
    public void A_topic_filters_what_stands_beside_too()
    {
        SearchDocument[] water = [.. Water().Select(article => article with { Topic = article.Id[..1] })];
        SearchResults results = Engine(water).Ask("cloro", topic: "b");
        Assert.Equal(["b1"], results.Ids());
        Assert.Equal((1, 3, 1), (results.Total, results.Topics["a"], results.Topics["b"]));
    }

    [Fact]
    public void Pages_join_across_the_groups()
    {
        ISearchEngine engine = Engine([.. Water(), TestCorpus.Article("c1", "Cómo está el", "Cómo está el")]);
        var request = new SearchRequest(SearchQuery.Parse("¿cómo está el cloro?"), Audience.Public) { Limit = 100 };
        string[] all = engine.Search(request).Ids();
        Assert.Equal(all, Enumerable.Range(0, 20).SelectMany(page => engine.Search(request with { Limit = 2, Offset = 2 * page }).Ids()));
    }

    [Fact]
    public void The_ratio_is_that_of_the_paper() => Assert.Equal(270.72, RelatedWords.Ratio(110, 110 + 2442, 110 + 111, 110 + 2442 + 111 + 29114), 2);

    /// <summary>
    /// Words the articles hardly use, the right article not among those that have them: a taste of chlorine is mended with a
    /// new water filter, sparks mean to watch for gas, lukewarm air comes from the air conditioner.
    /// </summary>
    [Theory]
    [InlineData("cloro", "cambiar-filtro-de-agua", 7)]
    [InlineData("está chispeando", "olor-a-gas", 4)]
    [InlineData("está tibio", "minisplit-no-enfria", 4)]
    [InlineData("es para mi negocio", "contratar-internet", 4)]
    [InlineData("el foquito", "no-tengo-internet", 6)]
    [InlineData("hirviendo", "calentador-no-enciende", 5)]
    public void The_demonstration_content_answers_where_it_found_nothing_useful(string query, string slug, int place)
    {
        var plain = new MemorySearchEngine(DemonstrationContent.Language, RankingWeights.Default with { TooFewHits = 0 });
        plain.Apply([.. DemonstrationContent.Articles], [], 1);
        SearchResults before = plain.Search(new SearchRequest(SearchQuery.Parse(query), Audience.Public) { Limit = 100 });
        SearchResults now = EngineUnderTest.OfDemonstration().Ask(query);
        Assert.InRange(before.Total, 1, 4);
        Assert.DoesNotContain(slug, before.Ids());
        Assert.InRange(Array.IndexOf(now.Ids(), slug) + 1, 1, place);
        Assert.Equal(before.Ids(), now.Ids()[..before.Total]);
    }

    [Theory]
    [InlineData("¿y si hay escaleras?", "devolver-un-producto-grande", 5)]
    [InlineData("¿cómo lo hago con débito?", "pago-rechazado", 7)]
    [InlineData("¿dónde está el duplicado?", "recibo-de-internet", 4)]
    public void What_stood_far_behind_what_question_words_find_comes_forward(string query, string slug, int place)
    {
        var plain = new MemorySearchEngine(DemonstrationContent.Language, RankingWeights.Default with { TooFewHits = 0 });
        plain.Apply([.. DemonstrationContent.Articles], [], 1);
        Assert.DoesNotContain(slug, plain.Ask(query).Ids());
        Assert.InRange(Array.IndexOf(EngineUnderTest.OfDemonstration().Ask(query).Ids(), slug) + 1, 1, place);
    }
}
