using SelfService.Search.Explaining;
using SelfService.Search.Querying;
using SelfService.Search.Ranking;

namespace SelfService.Search.Tests.Ranking;

/// <summary>What readers have proven moves a hit by a twentieth of its score at most.</summary>
public class UsefulnessTests
{
    /// <summary>A fully proven document over one fully proven not to help.</summary>
    private const double Most = 1.05 / 0.95;

    [Theory]
    [InlineData(7, 1)]
    [InlineData(-7, -1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(0.25, 0.25)]
    public void A_value_beyond_the_ends_is_brought_back_to_them(double given, double expected) =>
        Assert.Equal(expected, (TestCorpus.Article("a", "Pagar") with { Usefulness = given }).Usefulness);

    [Fact]
    public void What_is_not_a_number_is_refused() =>
        Assert.Throws<ArgumentException>(() => TestCorpus.Article("a", "Pagar") with { Usefulness = double.NaN });

    [Fact]
    public void Where_nothing_is_known_scores_and_order_are_those_of_a_ranking_without_it()
    {
        SearchDocument[] documents = Documents(new Random(1), 200);
        ISearchEngine unknown = Engine(RankingWeights.Default, documents.Select(document => document with { Usefulness = 0 }));
        ISearchEngine without = Engine(RankingWeights.Default with { Usefulness = 0 }, documents);
        foreach (string query in Queries(new Random(2)))
            Assert.Equal(Scores(without, query), Scores(unknown, query));
    }

    [Fact]
    public void A_score_changes_by_a_twentieth_at_most_and_only_near_equals_change_places()
    {
        SearchDocument[] documents = Documents(new Random(3), 200);
        ISearchEngine neutral = Engine(RankingWeights.Default, documents.Select(document => document with { Usefulness = 0 }));
        ISearchEngine valued = Engine(RankingWeights.Default, documents);
        int swapped = 0;
        foreach (string query in Queries(new Random(4)))
        {
            (string Id, double Score)[] before = Scores(neutral, query), after = Scores(valued, query);
            Dictionary<string, double> plain = before.ToDictionary(hit => hit.Id, hit => hit.Score);
            Assert.Equal(plain.Keys.Order(), after.Select(hit => hit.Id).Order());
            Assert.All(after, hit => Assert.InRange(hit.Score / plain[hit.Id], 0.95 - 1e-5, 1.05 + 1e-5));
            // Who stands before another was better, or nearly as good.
            double best = double.MaxValue;
            foreach ((string id, _) in after)
            {
                Assert.True(plain[id] / best < Most + 1e-5, $"{query}: {id}");
                swapped += plain[id] > best ? 1 : 0;
                best = Math.Min(best, plain[id]);
            }
        }

        Assert.True(swapped > 100);
    }

    [Theory]
    [InlineData("cancelar el pedido", "Cancelar el pedido", "", "Otro asunto", "Para cancelar el pedido llame a la tienda.")]
    [InlineData("cambiar dirección envío", "Cambiar la dirección de envío", "", "Cambiar la clave de envío", "")]
    [InlineData("factura", "Factura", "", "Facturación", "")]
    [InlineData("celular", "Configurar el celular", "", "Configurar el móvil", "")]
    [InlineData("SKU-123", "Manual del SKU-123", "", "SKU 123 123 123", "")]
    [InlineData("pagar con \"tarjeta de crédito\"", "Pagar", "Acepta tarjeta de crédito.", "Pagar", "Acepta crédito de tarjeta.")]
    public void The_better_match_stays_first_when_only_the_lesser_has_proven_useful(string query, string title, string text, string otherTitle, string otherText)
    {
        SearchDocument better = TestCorpus.Article("z", title, text) with { Usefulness = -1 };
        SearchDocument lesser = TestCorpus.Article("a", otherTitle, otherText) with { Usefulness = 1 };
        ISearchEngine engine = TestCorpus.Engine([better, lesser, .. Enumerable.Range(0, 20).Select(i => TestCorpus.Article($"o{i}", $"Horario {i}", "Otra cosa."))]);
        Assert.Equal(["z", "a"], engine.Ask(query).Ids().Take(2));
    }

    [Fact]
    public void Equals_stand_by_usefulness_and_a_new_value_is_taken_over_at_once()
    {
        SearchDocument[] same = [.. new[] { ("a", -1.0), ("b", 0), ("c", 1), ("d", 0.1) }.Select(x => TestCorpus.Article(x.Item1, "Pagar") with { Usefulness = x.Item2 })];
        ISearchEngine engine = TestCorpus.Engine(same);
        Assert.Equal(["c", "d", "b", "a"], engine.Ask("pagar").Ids());
        Assert.Equal("c", engine.Suggest("pag", Audience.Public, 1).Single().Url[^1..]);
        engine.Apply([same[0] with { Usefulness = 1 }, same[2] with { Usefulness = -1 }], [], 2);
        Assert.Equal(["a", "d", "b", "c"], engine.Ask("pagar").Ids());
        Assert.Equal("a", engine.Suggest("pag", Audience.Public, 1).Single().Url[^1..]);
    }

    [Fact]
    public void A_title_that_completes_what_is_typed_is_not_buried_by_a_heading()
    {
        SearchDocument heading = TestCorpus.Article("a", "Otro") with { Sections = [new("pagar", "Cómo pagar", "")], Usefulness = 1 };
        ISearchEngine engine = TestCorpus.Engine(heading, TestCorpus.Article("z", "Cómo pagar") with { Usefulness = -1 });
        Assert.Equal(["Cómo pagar", "Otro"], engine.Suggest("cómo pag", Audience.Public, 8).Select(suggestion => suggestion.Title));
    }

    [Fact]
    public void What_only_related_words_find_stays_after_what_the_words_find()
    {
        SearchDocument[] water = [.. Enumerable.Range(0, 3).Select(i => TestCorpus.Article($"w{i}", "Cloro", "Mal sabor.") with { Usefulness = -1 })];
        ISearchEngine engine = TestCorpus.Engine(
            [.. water, TestCorpus.Article("b", "Sabor raro") with { Usefulness = 1 }, .. Enumerable.Range(0, 60).Select(i => TestCorpus.Article($"o{i}", $"Otro {i}"))]);
        SearchResults results = engine.Search(new SearchRequest(SearchQuery.Parse("cloro"), Audience.Public) { Explain = true });
        Assert.Equal(["w0", "w1", "w2", "b"], results.Ids());
        Assert.Equal(HitGroup.Beside, results.Hits[^1].Explanation!.Group);
    }

    [Fact]
    public void A_page_found_without_reading_everything_is_that_of_reading_it()
    {
        // Only the ends, so that bounds without the factor would be wrong as often as they can.
        SearchDocument[] documents = [.. Documents(new Random(5), 400).Select(document => document with { Usefulness = Math.Sign(document.Usefulness) })];
        ISearchEngine engine = Engine(RankingWeights.Default with { Examined = 200 }, documents);
        foreach (string query in Queries(new Random(6)))
        {
            (string Id, double Score)[] all = Scores(engine, query);
            for (int limit = 1; limit <= 10; limit += 3)
                Assert.Equal(all.Take(limit), Scores(engine, query, limit));
        }
    }

    [Theory]
    [InlineData(1, 1.05)]
    [InlineData(-0.4, 0.98)]
    [InlineData(0, 1)]
    public void The_explanation_says_what_usefulness_made_of_the_other_points(double usefulness, double factor)
    {
        ISearchEngine engine = TestCorpus.Engine(TestCorpus.Article("a", "Pagar la factura") with { Usefulness = usefulness }, TestCorpus.Article("b", "Horario"));
        SearchHit hit = engine.Search(new SearchRequest(SearchQuery.Parse("pagar"), Audience.Public) { Explain = true }).Hits.Single();
        double points = hit.Explanation!.Reading!.Usefulness;
        Assert.Equal(hit.Score, hit.Explanation.Sum, 1e-4);
        Assert.Equal(factor, hit.Score / (hit.Score - points), 1e-5);
        Assert.Equal(Math.Sign(usefulness), Math.Sign(points));
    }

    private static SearchDocument[] Documents(Random random, int count) => [.. Enumerable.Range(0, count).Select(i => TestCorpus.Random(random, $"d{i}"))];

    private static IEnumerable<string> Queries(Random random) => [.. Enumerable.Range(0, 60).Select(_ => TestCorpus.Text(random, random.Next(1, 6)))];

    private static ISearchEngine Engine(RankingWeights weights, IEnumerable<SearchDocument> documents)
    {
        var engine = new MemorySearchEngine(SearchLanguage.Default, weights);
        engine.Apply([.. documents], [], 1);
        return engine;
    }

    private static (string Id, double Score)[] Scores(ISearchEngine engine, string query, int limit = 1_000) =>
        [.. engine.Search(new SearchRequest(SearchQuery.Parse(query), Audience.Staff) { Limit = limit }).Hits.Select(hit => (hit.Document.Id, hit.Score))];
}
