using SelfService.Search.Querying;

namespace SelfService.Search.Tests.Indexing;

public class SnapshotTests
{
    [Fact]
    public void A_removed_article_is_gone_from_hits_suggestions_and_counts()
    {
        ISearchEngine engine = TestCorpus.Engine(TestCorpus.Article("a", "Pagar la factura", topic: "pagos"), TestCorpus.Article("b", "Horario"));
        Assert.Equal(1, engine.Ask("factura").Topics["pagos"]);
        engine.Apply([], ["a", "unknown"], 2);
        SearchResults results = engine.Ask("factura");
        Assert.Equal((0, 0, 0), (results.Total, results.Hits.Count, results.Topics.Count));
        Assert.Empty(engine.Suggest("factu", Audience.Staff, 8));
        Assert.Equal((1, 2L), (engine.Count, engine.Revision));
    }

    [Fact]
    public void A_changed_article_is_found_by_its_new_words_only()
    {
        ISearchEngine engine = TestCorpus.Engine(TestCorpus.Article("a", "Pagar la factura"), TestCorpus.Article("b", "Horario"));
        engine.Apply([TestCorpus.Article("a", "Devolver el producto")], [], 2);
        Assert.Empty(engine.Ask("factura").Ids());
        Assert.Equal(["a"], engine.Ask("devolver").Ids());
        Assert.Equal(2, engine.Count);
    }

    [Fact]
    public void The_last_of_two_versions_counts_and_removing_wins()
    {
        var engine = EngineUnderTest.New();
        engine.Apply([TestCorpus.Article("a", "uno"), TestCorpus.Article("a", "dos"), TestCorpus.Article("b", "tres")], ["b"], 9);
        Assert.Equal(1, engine.Count);
        Assert.Equal(["a"], engine.Ask("dos").Ids());
        Assert.Empty(engine.Ask("uno").Ids());
        Assert.Empty(engine.Ask("tres").Ids());
    }

    [Fact]
    public void Changes_one_by_one_end_where_one_build_does()
    {
        var random = new Random(11);
        var stepwise = EngineUnderTest.New();
        var current = new Dictionary<string, SearchDocument>();
        for (int revision = 1; revision <= 120; revision++)
        {
            SearchDocument[] changed = [.. Enumerable.Range(0, random.Next(4)).Select(_ => TestCorpus.Random(random, $"d{random.Next(40)}"))];
            string[] removed = random.Next(3) == 0 ? [$"d{random.Next(40)}"] : [];
            stepwise.Apply(changed, removed, revision);
            foreach (SearchDocument document in changed)
                current[document.Id] = document;
            foreach (string id in removed)
                current.Remove(id);
        }

        var whole = EngineUnderTest.New();
        whole.Apply([.. current.Values], [], 120);
        Assert.Equal(whole.Count, stepwise.Count);
        for (int i = 0; i < 200; i++)
        {
            string query = TestCorpus.Text(random, random.Next(1, 6));
            SearchResults one = stepwise.Ask(query, Audience.Staff), other = whole.Ask(query, Audience.Staff);
            Assert.Equal(other.Ids(), one.Ids());
            Assert.Equal(other.Total, one.Total);
            Assert.Equal(other.Topics.OrderBy(topic => topic.Key), one.Topics.OrderBy(topic => topic.Key));
        }
    }

    [Fact]
    public async Task Readers_never_see_half_a_change()
    {
        // Every revision replaces all articles: each holds the word of its revision, and there are always ten.
        var engine = EngineUnderTest.New();
        Change(engine, 0);
        using var stop = new CancellationTokenSource();
        Task[] readers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            int seen = 0;
            while (!stop.IsCancellationRequested)
            {
                SearchResults results = engine.Search(new SearchRequest(SearchQuery.Parse("artículo"), Audience.Public) { Limit = 20 });
                Assert.Equal(10, results.Total);
                Assert.Single(results.Hits.Select(hit => hit.Document.Summary).Distinct());
                Assert.Equal(10, results.Topics.Values.Sum());
                Assert.Equal(8, engine.Suggest("artíc", Audience.Public, 8).Count);
                int revision = int.Parse(results.Hits[0].Document.Summary, System.Globalization.CultureInfo.InvariantCulture);
                Assert.True(revision >= seen, "went back in time");
                seen = revision;
            }
        }))];
        for (int revision = 1; revision <= 300; revision++)
            Change(engine, revision);
        await stop.CancelAsync();
        await Task.WhenAll(readers);
    }

    [Fact]
    public void One_changed_article_leaves_the_rest_of_the_index_as_it_is()
    {
        var engine = new MemorySearchEngine();
        engine.Apply([TestCorpus.Article("a", "Pagar factura"), TestCorpus.Article("b", "Horario tienda")], [], 1);
        var before = engine.Current;
        engine.Apply([TestCorpus.Article("b", "Horario sucursal")], [], 2);
        var after = engine.Current;
        int factura = after.Words.Find("factura"), horario = after.Words.Find("horario");
        Assert.Same(before.Postings[factura], after.Postings[factura]);
        Assert.Same(before.Documents[0], after.Documents[0]);
        Assert.NotSame(before.Postings[horario], after.Postings[horario]);
        Assert.False(after.Knows(after.Words.Find("tienda")));
        Assert.True(before.Knows(before.Words.Find("tienda")));
    }

    [Fact]
    public void Words_nobody_uses_any_more_are_forgotten()
    {
        var engine = new MemorySearchEngine();
        for (int i = 0; i < 60; i++)
        {
            string text = string.Join(' ', Enumerable.Range(0, 1_000).Select(word => $"w{i}x{word}y"));
            engine.Apply([TestCorpus.Article("a", "Artículo", text), TestCorpus.Article("b", "Otro")], [], i + 1);
        }

        Assert.True(engine.Current.Words.Count < 40_000);
        Assert.Equal(["a"], engine.Ask("w59x7y").Ids());
        Assert.Empty(engine.Ask("w1x7y").Ids());
        Assert.Equal((2, 60L), (engine.Count, engine.Revision));
    }

    private static void Change(ISearchEngine engine, int revision) =>
        engine.Apply(
            [.. Enumerable.Range(0, 10).Select(i => new SearchDocument
            {
                Id = $"{(revision % 2 == 0 ? "par" : "non")}{i}",
                Title = $"Artículo {revision}",
                Summary = $"{revision}",
                Topic = $"t{i % 3}",
            })],
            [.. Enumerable.Range(0, 10).Select(i => $"{(revision % 2 == 0 ? "non" : "par")}{i}")],
            revision);
}
