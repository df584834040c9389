using SelfService.Search.Querying;
using SelfService.Search.Ranking;

namespace SelfService.Search.Tests.Ranking;

public class AgainstBruteForceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_index_finds_the_same_in_the_same_order(int seed)
    {
        var random = new Random(seed);
        // Synonyms of several words are read from the tokens of the index, so they are left to their own tests.
        SearchLanguage language = SearchLanguage.Parse(null, "móvil, celular\nplazo, horario");
        RankingWeights weights = RankingWeights.Default with { Examined = seed % 2 == 0 ? 7 : 60 };
        SearchDocument[] documents = [.. Enumerable.Range(0, 40).Select(i => TestCorpus.Random(random, $"d{i}"))];
        var engine = new MemorySearchEngine(language, weights);
        engine.Apply(documents, [], 1);
        for (int i = 0; i < 40; i++)
        {
            SearchQuery query = SearchQuery.Parse(TestCorpus.Text(random, random.Next(1, 6)));
            QueryPlan plan = new QueryPlanner(engine.Current, language, weights).Plan(query);
            List<(string Id, double Score)> expected = new BruteForce(documents, plan, engine.Current.Words, weights).Rank();
            SearchResults found = engine.Search(new SearchRequest(query, Audience.Staff) { Limit = 100 });
            AssertSameOrder(expected, found, query.Text);
            // A short page is found without scoring all documents.
            AssertSameOrder(expected, engine.Search(new SearchRequest(query, Audience.Staff) { Limit = 5 }), query.Text);
        }
    }

    [Theory]
    [InlineData(Audience.Staff, null)]
    [InlineData(Audience.Public, null)]
    [InlineData(Audience.Customers, "t2")]
    public void A_short_page_is_the_beginning_of_a_long_one(Audience audience, string? topic)
    {
        var random = new Random(6);
        var engine = EngineUnderTest.New();
        engine.Apply([.. Enumerable.Range(0, 3_000).Select(i => TestCorpus.Random(random, $"d{i}"))], [], 1);
        for (int i = 0; i < 40; i++)
        {
            SearchQuery query = SearchQuery.Parse(TestCorpus.Text(random, random.Next(1, 9)));
            SearchResults all = engine.Search(new SearchRequest(query, audience) { Topic = topic, Limit = 3_000 });
            SearchResults page = engine.Search(new SearchRequest(query, audience) { Topic = topic });
            Assert.Equal(all.Ids().Take(10), page.Ids());
            Assert.Equal(all.Hits.Take(10).Select(hit => hit.Score), page.Hits.Select(hit => hit.Score));
            Assert.Equal(all.Total, page.Total);
            Assert.Equal(all.Total, all.Hits.Count);
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    public void Words_beside_those_of_the_query_find_the_same_in_the_same_order(int seed)
    {
        var random = new Random(seed);
        // Random words have no habits: what meets a little more often than chance has to do.
        RankingWeights weights = RankingWeights.Default with { TooFewHits = 16, RelatedStrength = 2.5f, MostRelated = 1 + (seed % 4), Examined = seed % 2 == 0 ? 7 : 60 };
        SearchDocument[] documents = [.. Enumerable.Range(0, 50).Select(i => TestCorpus.Random(random, $"d{i}"))];
        var engine = new MemorySearchEngine(SearchLanguage.Default, weights);
        engine.Apply(documents, [], 1);
        int expanded = 0;
        for (int i = 0; i < 60; i++)
        {
            Audience audience = (Audience)random.Next(3);
            SearchDocument[] visible = [.. documents.Where(document => document.Audience <= audience)];
            SearchQuery query = SearchQuery.Parse(TestCorpus.Text(random, random.Next(1, 3)));
            QueryPlan plan = new QueryPlanner(engine.Current, SearchLanguage.Default, weights).Plan(query);
            List<List<(string Id, double Score)>> groups = new BruteForceBeside(documents, visible, plan, engine.Current.Words, weights).Rank();
            SearchResults found = engine.Search(new SearchRequest(query, audience) { Limit = 100 });
            expanded += groups.Count > 1 ? 1 : 0;
            Assert.Equal(groups.Sum(group => group.Count), found.Total);
            int at = 0;
            foreach (List<(string Id, double Score)> group in groups)
            {
                AssertSameOrder(group, found with { Total = group.Count, Hits = [.. found.Hits.Skip(at).Take(group.Count)] }, query.Text);
                at += group.Count;
            }
        }

        Assert.InRange(expanded, 8, 55);
    }

    [Fact]
    public void Pages_join_without_gap_or_repetition()
    {
        var random = new Random(5);
        var engine = EngineUnderTest.New();
        engine.Apply([.. Enumerable.Range(0, 300).Select(i => TestCorpus.Random(random, $"d{i}"))], [], 1);
        SearchQuery query = SearchQuery.Parse("cancelar el pedido en la cuenta");
        string[] all = engine.Search(new SearchRequest(query, Audience.Staff) { Limit = 1_000 }).Ids();
        var pages = new List<string>();
        for (int offset = 0; offset < all.Length; offset += 7)
            pages.AddRange(engine.Search(new SearchRequest(query, Audience.Staff) { Offset = offset, Limit = 7 }).Ids());
        Assert.Equal(all, pages);
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.Empty(engine.Search(new SearchRequest(query, Audience.Staff) { Offset = int.MaxValue, Limit = int.MaxValue }).Hits);
        Assert.Empty(engine.Search(new SearchRequest(query, Audience.Staff) { Offset = -5, Limit = -5 }).Hits);
    }

    /// <summary>Same documents, same scores; documents whose scores differ only by rounding may change places.</summary>
    private static void AssertSameOrder(List<(string Id, double Score)> expected, SearchResults found, string query)
    {
        Assert.Equal(expected.Count, found.Total);
        Dictionary<string, double> scores = expected.ToDictionary(hit => hit.Id, hit => hit.Score);
        for (int i = 0; i < found.Hits.Count; i++)
        {
            double tolerance = 1e-3 * Math.Max(1, Math.Abs(expected[i].Score));
            Assert.True(Math.Abs(found.Hits[i].Score - scores[found.Hits[i].Document.Id]) < tolerance, $"{query}: score of {found.Hits[i].Document.Id}: {found.Hits[i].Score} for {scores[found.Hits[i].Document.Id]}");
            Assert.True(Math.Abs(expected[i].Score - scores[found.Hits[i].Document.Id]) < tolerance, $"{query}: place {i}");
        }
    }
}
