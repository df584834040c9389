using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SelfService.Search.Lucene;
using SelfService.Search.Querying;
using Directory = System.IO.Directory;

namespace SelfService.Search.Tests.Lucene;

/// <summary>What is Lucene's own: the folder of the index, and that both engines agree. The rest is the contract, which runs on it too.</summary>
public sealed class LuceneSearchEngineTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("selfservice-lucene-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_contract_is_tried_on_it() => Assert.IsType<LuceneSearchEngine>(EngineUnderTest.New());

    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 40)]
    [InlineData(3, 400)]
    public void It_finds_counts_corrects_and_suggests_what_the_memory_engine_does(int seed, int size)
    {
        var random = new Random(seed);
        using var lucene = new LuceneSearchEngine();
        var memory = new MemorySearchEngine();
        for (int revision = 1; revision <= 12; revision++)
        {
            SearchDocument[] changed = [.. Enumerable.Range(0, revision == 1 ? size : 5).Select(i => TestCorpus.Random(random, $"d{(revision == 1 ? i : random.Next(size))}"))];
            string[] removed = revision == 1 ? [] : [$"d{random.Next(size)}", "nobody"];
            foreach (ISearchEngine engine in new ISearchEngine[] { lucene, memory })
                engine.Apply(changed, removed, revision);
            for (int i = 0; i < 60; i++)
                AssertSame(lucene, memory, random);
        }

        Assert.Equal((memory.Count, 12L), (lucene.Count, lucene.Revision));
    }

    [Fact]
    public void The_first_change_after_a_start_is_everything_and_writes_only_what_differs()
    {
        SearchDocument[] documents = [TestCorpus.Article("a", "Pagar la factura"), TestCorpus.Article("b", "Horario"), TestCorpus.Article("c", "Envíos")];
        using (var first = new LuceneSearchEngine(_folder.FullName))
            first.Apply(documents, [], 7);
        string[] before = Segments();

        using var second = new LuceneSearchEngine(_folder.FullName);
        Assert.Equal((0L, 3), (second.Revision, second.Count));
        second.Apply(documents, [], 7);
        Assert.Equal(before, Segments());
        Assert.Equal(7, second.Revision);
        Assert.Equal(["a"], second.Ask("facturas").Ids());
        second.Dispose();

        using var third = new LuceneSearchEngine(_folder.FullName);
        third.Apply([documents[0], TestCorpus.Article("b", "Sucursales")], [], 3);
        Assert.Equal((2, 3L), (third.Count, third.Revision));
        Assert.Empty(third.Ask("envío").Ids());
        Assert.Empty(third.Ask("horario").Ids());
        Assert.Equal(["b"], third.Ask("sucursal").Ids());
        Assert.Equal(["a"], third.Ask("factura").Ids());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void An_index_that_was_cut_or_altered_is_made_anew(int damage)
    {
        using (var first = new LuceneSearchEngine(_folder.FullName))
            first.Apply([.. Enumerable.Range(0, 50).Select(i => TestCorpus.Random(new Random(i), $"d{i}"))], [], 1);
        foreach (FileInfo file in _folder.GetFiles("*", SearchOption.AllDirectories).Where(f => f.Name != "write.lock"))
        {
            byte[] bytes = File.ReadAllBytes(file.FullName);
            if (damage == 0)
                File.WriteAllBytes(file.FullName, bytes[..(bytes.Length / 2)]);
            else if (damage == 1)
                bytes[bytes.Length / 2] ^= 0x55;
            else if (file.Extension == ".cfs")
                file.Delete();
            if (damage == 1)
                File.WriteAllBytes(file.FullName, bytes);
        }

        using var second = new LuceneSearchEngine(_folder.FullName);
        Assert.Equal(0, second.Count);
        second.Apply([TestCorpus.Article("a", "Pagar la factura")], [], 2);
        Assert.Equal(["a"], second.Ask("factura").Ids());
    }

    [Fact]
    public void Words_nobody_uses_any_more_are_forgotten_and_nothing_else_changes()
    {
        using var lucene = new LuceneSearchEngine();
        SearchDocument[] others = [.. Enumerable.Range(0, 40).Select(i => TestCorpus.Random(new Random(i), $"d{i}"))];
        lucene.Apply(others, [], 1);
        SearchDocument last = others[0];
        for (int i = 0; i < 40; i++)
        {
            last = TestCorpus.Article("a", "Artículo", string.Join(' ', Enumerable.Range(0, 1_000).Select(word => $"w{i}x{word}y")));
            lucene.Apply([last], [], i + 2);
        }

        var memory = new MemorySearchEngine();
        memory.Apply([.. others, last], [], 41);
        foreach (string question in new[] { "cancelar pedido", "factura", "w39x7y", "w1x7y", "pagar la tarjeta de crédito" })
        {
            (SearchResults expected, SearchResults found) = (memory.Ask(question, Audience.Staff), lucene.Ask(question, Audience.Staff));
            Assert.Equal(expected.Ids(), found.Ids());
            Assert.All(expected.Hits.Zip(found.Hits), pair => Assert.Equal(pair.First.Score, pair.Second.Score, 1e-3));
        }
    }

    [Fact]
    public void A_page_far_behind_shows_what_stands_there()
    {
        using var lucene = new LuceneSearchEngine();
        var memory = new MemorySearchEngine();
        SearchDocument[] documents = [.. Enumerable.Range(0, 120).Select(i => TestCorpus.Article($"a{i:000}", "Pagar", new string('x', i)))];
        foreach (ISearchEngine engine in new ISearchEngine[] { lucene, memory })
            engine.Apply(documents, [], 1);
        foreach (int offset in new[] { 0, 25, 30, 35, 90, 115, 120, 5_000 })
        {
            var request = new SearchRequest(SearchQuery.Parse("pagar"), Audience.Public) { Offset = offset };
            Assert.Equal(memory.Search(request).Hits.Select(h => (h.Document.Id, h.SnippetHtml)), lucene.Search(request).Hits.Select(h => (h.Document.Id, h.SnippetHtml)));
        }
    }

    [Fact]
    public void A_closed_engine_answers_nobody()
    {
        var engine = new LuceneSearchEngine();
        engine.Apply([TestCorpus.Article("a", "Pagar la factura")], [], 1);
        engine.Dispose();
        engine.Dispose();

        Assert.Throws<ObjectDisposedException>(() => engine.Ask("factura"));
    }

    [Fact]
    public void An_index_of_another_version_is_made_anew()
    {
        using (var first = new LuceneSearchEngine(_folder.FullName))
            first.Apply([TestCorpus.Article("a", "Pagar la factura")], [], 1);
        using (var directory = FSDirectory.Open(Path.Combine(_folder.FullName, "lucene-0")))
        using (var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, null)))
        {
            writer.SetCommitData(new Dictionary<string, string> { ["version"] = "0" });
            writer.Commit();
        }

        using var second = new LuceneSearchEngine(_folder.FullName);
        Assert.Equal(0, second.Count);
    }

    [Fact]
    public void An_article_longer_than_any_is_found_and_shown()
    {
        string text = string.Join(' ', Enumerable.Range(0, 100_000).Select(i => $"palabra{i}")) + ". La última frase nombra el zorzal.";
        using var engine = new LuceneSearchEngine(_folder.FullName);
        engine.Apply([TestCorpus.Article("a", "Larguísimo", text), TestCorpus.Article("b", "Otro")], [], 1);

        SearchHit hit = Assert.Single(engine.Ask("zorzales").Hits);
        Assert.Contains("<mark>zorzal</mark>", hit.SnippetHtml, StringComparison.Ordinal);
        Assert.Equal(text, hit.Document.Sections[0].Text);
    }

    [Fact]
    public void A_change_that_could_not_be_written_leaves_what_was_there_and_the_next_is_everything()
    {
        using var engine = new LuceneSearchEngine(_folder.FullName);
        engine.Apply([TestCorpus.Article("a", "Pagar la factura")], [], 1);

        Assert.ThrowsAny<Exception>(() => engine.Apply([TestCorpus.Article("b", "Horario"), TestCorpus.Article("c", null!)], ["a"], 2));

        Assert.Equal((0L, 1), (engine.Revision, engine.Count));
        Assert.Equal(["a"], engine.Ask("factura").Ids());
        Assert.Empty(engine.Ask("horario").Ids());
        engine.Apply([TestCorpus.Article("b", "Horario"), TestCorpus.Article("d", "Pagar la factura")], [], 3);
        Assert.Equal((3L, 2), (engine.Revision, engine.Count));
        Assert.Equal(["d"], engine.Ask("factura").Ids());
        Assert.Equal(["b"], engine.Ask("horario").Ids());
    }

    [Fact]
    public void Two_processes_with_one_data_directory_have_an_index_each()
    {
        using var one = new LuceneSearchEngine(_folder.FullName);
        using var other = new LuceneSearchEngine(_folder.FullName);
        one.Apply([TestCorpus.Article("a", "Pagar la factura")], [], 1);
        other.Apply([TestCorpus.Article("b", "Horario")], [], 1);

        Assert.Equal(["a"], one.Ask("factura").Ids());
        Assert.Empty(other.Ask("factura").Ids());
        Assert.Equal(2, _folder.GetDirectories().Length);
    }

    [Fact]
    public async Task Who_searches_while_it_changes_sees_all_of_a_change_or_none()
    {
        using var engine = new LuceneSearchEngine();
        engine.Apply([TestCorpus.Article("a", "Uno palabra"), TestCorpus.Article("b", "Uno palabra")], [], 1);
        using var stop = new CancellationTokenSource();
        Task[] readers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                string[] titles = [.. engine.Ask("palabra").Hits.Select(hit => hit.Document.Title).Distinct()];
                Assert.Single(titles);
                engine.Suggest("pal", Audience.Public, 5);
            }
        }))];
        for (int i = 2; i < 150; i++)
        {
            string title = i % 2 == 0 ? "Dos palabra" : "Uno palabra";
            engine.Apply([TestCorpus.Article("a", title), TestCorpus.Article("b", title)], [], i);
        }

        await stop.CancelAsync();
        await Task.WhenAll(readers);
    }

    private string[] Segments() => [.. _folder.GetFiles("*.cfs", SearchOption.AllDirectories).Concat(_folder.GetFiles("*.fdt", SearchOption.AllDirectories)).Select(f => f.Name).Order(StringComparer.Ordinal)];

    private static void AssertSame(LuceneSearchEngine lucene, MemorySearchEngine memory, Random random)
    {
        string text = TestCorpus.Text(random, random.Next(1, 6));
        if (random.Next(4) == 0)
            text = text.Remove(random.Next(text.Length), 1);
        if (random.Next(5) == 0)
            text = $"\"{text}\"";
        var request = new SearchRequest(SearchQuery.Parse(text), (Audience)random.Next(3)) { Topic = random.Next(3) == 0 ? "t1" : null, Offset = random.Next(2) * 10, Explain = random.Next(3) == 0 };
        (SearchResults expected, SearchResults found) = (memory.Search(request), lucene.Search(request));
        Assert.Equal((text, expected.Total, expected.Correction), (text, found.Total, found.Correction));
        Assert.Equal(expected.Topics.OrderBy(t => t.Key), found.Topics.OrderBy(t => t.Key));
        Assert.Equal(expected.Ids(), found.Ids());
        Assert.Equal(expected.Hits.Select(h => (h.TitleHtml, h.SnippetHtml, h.Section?.Anchor)), found.Hits.Select(h => (h.TitleHtml, h.SnippetHtml, h.Section?.Anchor)));
        string typed = text[..random.Next(1, text.Length + 1)];
        Assert.Equal(memory.Suggest(typed, request.Audience, 8), lucene.Suggest(typed, request.Audience, 8));
    }
}
