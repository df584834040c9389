namespace SelfService.Search.Tests.Suggesting;

public class AgainstPlainSuggesterTests
{
    // Few enough places to stop after, so that the same beginnings come again in every audience.
    private const int Askings = 250;

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 40)]
    [InlineData(3, 400)]
    [InlineData(4, 400)]
    public void The_same_articles_come_in_the_same_order(int seed, int size)
    {
        var random = new Random(seed);
        MemorySearchEngine engine = Corpus(random, size);
        for (int i = 0; i < Askings; i++)
            AssertSame(engine, Typed(random), (Audience)(i % 3), 1 + random.Next(10));
    }

    [Fact]
    public void Every_single_letter_and_every_two_of_them_give_the_same()
    {
        MemorySearchEngine engine = Corpus(new Random(5), 200);
        foreach (char one in "abcdefghijklmnñopqrstuvwxyz0123456789")
        {
            AssertSame(engine, one.ToString(), Audience.Public, 8);
            foreach (char two in "aeioulr5 ")
                AssertSame(engine, $"{one}{two}", Audience.Customers, 8);
        }
    }

    [Fact]
    public void A_document_that_was_replaced_hidden_or_removed_is_gone_at_once()
    {
        var random = new Random(6);
        MemorySearchEngine engine = Corpus(random, 60);
        for (int revision = 2; revision < 40; revision++)
        {
            string id = $"d{random.Next(60)}", other = $"d{random.Next(60)}";
            engine.Apply([TestCorpus.Random(random, id)], [other], revision);
            for (int i = 0; i < 10; i++)
                AssertSame(engine, Typed(random), (Audience)(i % 3), 8);
        }

        engine.Apply([TestCorpus.Article("d1", "Zapatos nuevos", audience: Audience.Staff)], [], 50);
        Assert.Empty(engine.Suggest("za", Audience.Customers, 8));
        Assert.Single(engine.Suggest("za", Audience.Staff, 8));
        engine.Apply([], ["d1"], 51);
        Assert.Empty(engine.Suggest("za", Audience.Staff, 8));
    }

    private static MemorySearchEngine Corpus(Random random, int size)
    {
        var engine = new MemorySearchEngine();
        engine.Apply([.. Enumerable.Range(0, size).Select(i => TestCorpus.Random(random, $"d{i}"))], [], 1);
        return engine;
    }

    /// <summary>Some words, the last cut short; now and then a slip of the finger or a space at the end.</summary>
    private static string Typed(Random random)
    {
        string text = TestCorpus.Text(random, random.Next(1, 5));
        text = text[..random.Next(1, text.Length + 1)];
        if (random.Next(4) == 0)
            text = text.Remove(random.Next(text.Length), 1);
        return random.Next(6) == 0 ? text + " " : text.Length == 0 ? "p" : text;
    }

    private static void AssertSame(MemorySearchEngine engine, string typed, Audience audience, int limit)
    {
        // Searching and suggesting share their arrays, and each must leave them clean.
        engine.Ask(typed, audience);
        List<string> expected = string.IsNullOrWhiteSpace(typed) ? [] : new PlainSuggester(engine.Current, SearchLanguage.Default).Suggest(typed, audience, limit);
        string[] found = [.. engine.Suggest(typed, audience, limit).Select(suggestion => suggestion.Url.Split('#')[0]["/articulos/".Length..])];
        Assert.True(expected.SequenceEqual(found), $"«{typed}» for {audience}: {string.Join(' ', found)} instead of {string.Join(' ', expected)}");
    }
}
