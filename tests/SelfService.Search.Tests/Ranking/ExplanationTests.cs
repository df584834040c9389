using SelfService.Search.Explaining;
using SelfService.Search.Querying;
using SelfService.Search.Ranking;

namespace SelfService.Search.Tests.Ranking;

public class ExplanationTests
{
    private static SearchResults Explain(ISearchEngine engine, string query, Audience audience = Audience.Staff) =>
        engine.Search(new SearchRequest(SearchQuery.Parse(query), audience) { Limit = 200, Explain = true });

    [Fact]
    public void The_points_add_up_to_the_score()
    {
        SearchLanguage language = SearchLanguage.Parse(null, "móvil, celular\nplazo, horario, tarjeta de crédito\nroto, no se puede");
        var groups = new HashSet<HitGroup>();
        bool isSomeUnread = false, isSomeQuoted = false;
        for (int seed = 1; seed <= 6; seed++)
        {
            var random = new Random(seed);
            RankingWeights weights = RankingWeights.Default with { Examined = seed % 2 == 0 ? 7 : 30, TooFewHits = seed % 3 == 0 ? 25 : 5, RelatedStrength = 2.5f };
            var engine = new MemorySearchEngine(language, weights);
            engine.Apply([.. Enumerable.Range(0, 60).Select(i => TestCorpus.Random(random, $"d{i}"))], [], 1);
            for (int i = 0; i < 60; i++)
            {
                string text = TestCorpus.Text(random, random.Next(1, 6)).Replace("factura", "fatcura", StringComparison.Ordinal);
                foreach (SearchHit hit in Explain(engine, random.Next(4) == 0 ? $"{text} \"el pedido\" \"de la\"" : text).Hits)
                {
                    HitExplanation explanation = hit.Explanation!;
                    Assert.InRange(explanation.Sum, hit.Score - (1e-3 * hit.Score), hit.Score + (1e-3 * hit.Score));
                    Assert.All(explanation.Words, word => Assert.NotEmpty(word.Forms));
                    groups.Add(explanation.Group);
                    isSomeUnread |= explanation.Reading is null;
                    isSomeQuoted |= explanation.Reading?.Quoted > 0;
                }
            }
        }

        Assert.True(isSomeUnread && isSomeQuoted);
        Assert.Superset(new HashSet<HitGroup> { HitGroup.Words, HitGroup.Beside }, groups);
    }

    [Fact]
    public void Nothing_is_explained_unless_asked()
    {
        ISearchEngine engine = TestCorpus.Engine(TestCorpus.Article("a", "Pagar"));
        Assert.Null(engine.Ask("pagar").Explanation);
        Assert.Null(engine.Ask("pagar").Hits.Single().Explanation);
        Assert.NotNull(Explain(engine, "pagar").Explanation);
        Assert.NotNull(Explain(engine, "pagar").Hits.Single().Explanation);
    }

    [Fact]
    public void Explaining_changes_no_place_and_no_score()
    {
        var random = new Random(9);
        ISearchEngine engine = TestCorpus.Engine([.. Enumerable.Range(0, 80).Select(i => TestCorpus.Random(random, $"d{i}"))]);
        for (int i = 0; i < 30; i++)
        {
            string query = TestCorpus.Text(random, 3);
            SearchResults plain = engine.Search(new SearchRequest(SearchQuery.Parse(query), Audience.Staff) { Limit = 200 });
            Assert.Equal(plain.Hits, Explain(engine, query).Hits.Select(hit => hit with { Explanation = null }));
        }
    }

    [Theory]
    [InlineData("devolución", "devolución", Relation.Itself)]
    [InlineData("devolucion", "devolución", Relation.OtherAccent)]
    [InlineData("devoluciones", "devolución", Relation.Inflection)]
    [InlineData("cancelarlo", "cancelé", Relation.SameVerb)]
    [InlineData("ano", "año", Relation.WithoutEnye)]
    [InlineData("electricista", "electricidad", Relation.SameBeginning)]
    [InlineData("celular", "móvil", Relation.Synonym)]
    [InlineData("tdc", "tarjeta de crédito", Relation.Expression)]
    [InlineData("reenbolso", "reembolso", Relation.Correction)]
    public void A_form_says_why_it_answers(string query, string form, Relation relation)
    {
        ISearchEngine engine = TestCorpus.Engine(
            TestCorpus.Article("a", "Devolución"), TestCorpus.Article("b", "Ya cancelé"), TestCorpus.Article("c", "Año"),
            TestCorpus.Article("d", "Electricidad"), TestCorpus.Article("e", "Móvil"), TestCorpus.Article("f", "Su tarjeta de crédito"), TestCorpus.Article("g", "Reembolso"));
        SearchResults results = Explain(engine, query);
        FormCounts found = results.Hits.Single().Explanation!.Words.Single().Forms.Single();
        Assert.Equal((form, relation, 1), (found.Form.Form, found.Form.Relation, found.Title));
        Assert.Contains(found.Form, results.Explanation!.Words.Single().Forms);
    }

    [Fact]
    public void A_related_word_is_named_beside_the_word_it_stands_for()
    {
        SearchDocument[] water = [.. Enumerable.Range(0, 3).Select(i => TestCorpus.Article($"a{i}", "Cloro", "Mal sabor."))];
        ISearchEngine engine = TestCorpus.Engine(
            [.. water, TestCorpus.Article("b", "Sabor raro"), .. Enumerable.Range(0, 60).Select(i => TestCorpus.Article($"o{i}", $"Otro {i}"))]);
        SearchResults results = Explain(engine, "cloro");
        Assert.Equal("sabor", results.Explanation!.Beside.Single().Forms.Single(form => form.Form == "sabor").Form);
        HitExplanation last = results.Hits[^1].Explanation!;
        Assert.Equal((HitGroup.Beside, "cloro", Relation.Related), (last.Group, last.Words.Single().Word.Typed, last.Words.Single().Forms[0].Form.Relation));
        Assert.Equal(RankingWeights.Default.Related, last.Words.Single().Forms[0].Form.Weight, 1e-6);
        Assert.Equal(HitGroup.Words, results.Hits[0].Explanation!.Group);
    }

    [Fact]
    public void Every_field_and_the_nearest_passage_are_named()
    {
        var article = new SearchDocument
        {
            Id = "a",
            Title = "Factura",
            Summary = "La factura llega por correo.",
            Keywords = ["factura", "pedir factura"],
            Sections = [new("s1", "Su factura", "Otra cosa aparte. Para pedir la factura entre en su cuenta. Y nada más.")],
            Usefulness = 1,
        };
        HitExplanation explanation = Explain(TestCorpus.Engine(article, TestCorpus.Article("b", "Horario")), "entre en su cuenta para pedir la factura").Hits.Single().Explanation!;
        FormCounts factura = explanation.Words.Single(word => word.Word.Typed == "factura").Forms.Single();
        Assert.Equal((1, 2, 1, 1, 1), (factura.Title, factura.Keywords, factura.Headings, factura.Summary, factura.Body));
        Assert.Equal((TextField.Body, "Para pedir la factura entre en su cuenta."), (explanation.Reading!.PassageField, explanation.Reading.PassageText));
        Assert.True(explanation.Reading is { Title: > 0, Passage: > 0, Coverage: > 0, Usefulness: > 0, Quoted: 0 });
        Assert.True(explanation.Words.Single(word => word.Word.Typed == "para").Word is { IsStopWord: true, Weight: < 1 });
    }
}
