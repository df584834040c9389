using SelfService.Search.Querying;

namespace SelfService.Search.Tests;

/// <summary>An engine takes other synonyms while it is asked.</summary>
public class OtherSynonymsTests
{
    private static readonly SearchLanguage Heladera = SearchLanguage.Default.WithSynonyms("heladera, refrigerador\nno enfría, sin frío");

    private static ISearchEngine Engine() => TestCorpus.Engine(
        TestCorpus.Article("a", "Cuidar el refrigerador", "Cuando queda sin frío, llame."), TestCorpus.Article("b", "Horario de la tienda"), TestCorpus.Article("c", "Pagar la factura"));

    [Fact]
    public void New_synonyms_count_from_the_next_question_on_and_old_ones_no_longer()
    {
        ISearchEngine engine = Engine();
        Assert.Empty(engine.Ask("heladera").Ids());
        engine.Learn(Heladera);
        Assert.Equal(["a"], engine.Ask("heladera").Ids());
        Assert.Equal(["a"], engine.Ask("no enfría").Ids());
        engine.Learn(SearchLanguage.Default.WithSynonyms("despacho, tienda"));
        Assert.Empty(engine.Ask("heladera").Ids());
        Assert.Equal(["b"], engine.Ask("despacho").Ids());
        Assert.Equal((3, 1L), (engine.Count, engine.Revision));
    }

    [Fact]
    public void They_stay_when_documents_change()
    {
        ISearchEngine engine = Engine();
        engine.Learn(Heladera);
        engine.Apply([TestCorpus.Article("d", "Vender un refrigerador")], ["a"], 2);
        Assert.Equal(["d"], engine.Ask("heladera").Ids());
    }

    [Fact]
    public void A_word_of_a_synonym_is_no_longer_taken_for_a_misspelling()
    {
        ISearchEngine engine = Engine();
        Assert.Equal("factura", engine.Ask("faxtura").Correction);
        engine.Learn(SearchLanguage.Default.WithSynonyms("faxtura => tienda"));
        Assert.Null(engine.Ask("faxtura").Correction);
        Assert.Equal(["b"], engine.Ask("faxtura").Ids());
    }

    [Fact]
    public void One_question_may_be_asked_with_others_and_the_next_is_answered_as_before()
    {
        ISearchEngine engine = Engine();
        var request = new SearchRequest(SearchQuery.Parse("heladera"), Audience.Public);
        Assert.Equal(["a"], engine.Search(request with { Language = Heladera }).Ids());
        Assert.Empty(engine.Search(request).Ids());
    }

    [Fact]
    public void They_are_answered_as_by_an_engine_that_was_made_with_them()
    {
        var random = new Random(5);
        SearchDocument[] documents = [.. Enumerable.Range(0, 60).Select(i => TestCorpus.Random(random, $"d{i}"))];
        SearchLanguage language = SearchLanguage.Default.WithSynonyms("cuenta, tarjeta de crédito\nenvío => entrega, sin plazo\nroto, cambio");
        var made = EngineUnderTest.New(language);
        var taught = EngineUnderTest.New();
        made.Apply(documents, [], 1);
        taught.Apply(documents, [], 1);
        string[] questions = [.. Enumerable.Range(0, 200).Select(_ => TestCorpus.Text(random, random.Next(1, 5)))];
        // What was looked up before must not answer afterwards.
        Assert.All(questions, question => taught.Ask(question, Audience.Staff));
        taught.Learn(language);
        foreach (string question in questions)
        {
            SearchResults one = made.Ask(question, Audience.Staff), other = taught.Ask(question, Audience.Staff);
            Assert.Equal(one.Hits.Select(hit => (hit.Document.Id, hit.Score)), other.Hits.Select(hit => (hit.Document.Id, hit.Score)));
            Assert.Equal((one.Total, one.Correction), (other.Total, other.Correction));
        }
    }

    [Fact]
    public async Task Readers_see_the_old_or_the_new_and_nothing_between()
    {
        // The one finds a and b, the other none of them but c.
        SearchLanguage one = SearchLanguage.Default.WithSynonyms("heladera, refrigerador, tienda"), other = SearchLanguage.Default.WithSynonyms("heladera, factura");
        ISearchEngine engine = Engine();
        engine.Learn(one);
        using var stop = new CancellationTokenSource();
        Task[] readers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
                Assert.Contains(string.Concat(engine.Ask("heladera").Ids().Order(StringComparer.Ordinal)), new[] { "ab", "c" });
        }))];
        for (int turn = 0; turn < 2000; turn++)
            engine.Learn(turn % 2 == 0 ? other : one);
        await stop.CancelAsync();
        await Task.WhenAll(readers);
    }
}
