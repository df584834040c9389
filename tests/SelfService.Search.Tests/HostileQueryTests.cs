using System.Diagnostics;
using SelfService.Search.Querying;

namespace SelfService.Search.Tests;

/// <summary>What breaks other engines (FTS5 raises an error for most of these) must be an ordinary query here.</summary>
public class HostileQueryTests
{
    private static readonly ISearchEngine Engine = Large();

    public static TheoryData<string> Queries => new(
        "", " ", "\"", "\"\"", "\" \"", "'", "NEAR(", "NEAR(a b)", "(", ")", "*", "a*", "-a", "AND OR NOT", "%00", "\0", "\u0001\u0002",
        "C#", "50%", "envío-express", "correo@x.es", "¿cómo?", "de la el en", "¿?¡!", "\uD800", "\uDC00\uD800", "a\uD83D", "\uFEFF\u200B\u00AD",
        "devolucio\u0301n", "an\u0303o", "👍", "👩‍👩‍👧", "\u202Eogap\u202C", "\u200Fpago\u200E", "ﷺﷺﷺ", "𝐩𝐚𝐠𝐨", "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t",
        "<script>alert(1)</script>", "' OR 1=1 --", "../../etc/passwd", "\r\nSet-Cookie: a=b", "Ñ", "ñandú", "1", "a", "\"a b\" \"", "«»", "“pago”");

    public static TheoryData<string> Long => new(
        new string('a', 10_000), new string('"', 10_000), new string('ñ', 10_000), string.Concat(Enumerable.Repeat("de ", 5_000)),
        string.Concat(Enumerable.Repeat("devoluzion ", 1_000)), string.Concat(Enumerable.Repeat("a-", 5_000)), string.Concat(Enumerable.Repeat("\u0301", 10_000)),
        string.Concat(Enumerable.Range(0, 2_000).Select(i => $"q{i}x ")), string.Concat(Enumerable.Repeat("\"pago de\" ", 1_000)),
        string.Concat(Enumerable.Repeat("ﷺ", 10_000)), string.Concat(Enumerable.Range(0, 900).Select(i => $"cuemt{(char)('a' + (i % 26))} ")));

    [Theory]
    [MemberData(nameof(Queries))]
    [MemberData(nameof(Long))]
    public void No_text_throws(string text)
    {
        SearchResults results = Engine.Ask(text);
        Assert.True(results.Total >= results.Hits.Count);
        Assert.NotNull(Engine.Suggest(text, Audience.Public, 8));
        Assert.NotNull(Engine.Suggest(text + " ", Audience.Staff, 8));
        Assert.NotNull(Engine.Suggest("pago " + text, Audience.Staff, 8));
    }

    [Fact]
    public void Null_is_an_empty_question()
    {
        Assert.Empty(Engine.Suggest(null!, Audience.Public, 8));
        Assert.Same(SearchQuery.Empty, SearchQuery.Parse(null));
    }

    [Theory]
    [MemberData(nameof(Long))]
    public void The_longest_text_is_fast(string text)
    {
        Engine.Ask(text);
        TimeSpan best = Enumerable.Range(0, 5).Min(_ => Time(() => Engine.Ask(text)));
        // Some 5 ms are expected; the rest is room for a slow or busy machine.
        Assert.True(best < TimeSpan.FromMilliseconds(100), $"{best.TotalMilliseconds} ms");
    }

    [Fact]
    public void Random_text_never_throws()
    {
        var random = new Random(7);
        for (int i = 0; i < 3_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(1, 60)).Select(_ => random.Next(3) == 0 ? (char)random.Next(0x10000) : (char)random.Next(0x20, 0x180))]);
            Engine.Ask(text);
            Engine.Suggest(text, Audience.Public, 8);
        }
    }

    [Fact]
    public void A_document_of_garbage_can_be_indexed_and_shown()
    {
        var random = new Random(8);
        var engine = EngineUnderTest.New();
        for (int i = 0; i < 200; i++)
        {
            var text = "pago " + new string([.. Enumerable.Range(0, 400).Select(_ => (char)random.Next(0x10000))]);
            engine.Apply([new SearchDocument { Id = $"{i}", Title = text, Summary = text, Keywords = [text], Sections = [new("a", text, text)] }], [], i);
            Assert.Equal(i + 1, engine.Ask("pago").Total);
        }
    }

    private static TimeSpan Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start);
    }

    private static ISearchEngine Large()
    {
        var random = new Random(1);
        var engine = EngineUnderTest.New();
        engine.Apply([.. Enumerable.Range(0, 2_000).Select(i => TestCorpus.Random(random, $"d{i}"))], [], 1);
        return engine;
    }
}
