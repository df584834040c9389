using System.Text;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Uploads;

namespace SelfService.Core.Tests.KnowledgeBase.Uploads;

public sealed class ArticleArchiveTests
{
    private const string Local = "PK\x03\x04";
    private const string Central = "PK\x01\x02";

    private static readonly (string Name, string Text) Article = TestZip.Article("pagos/a.md", "Uno");

    private static IReadOnlyList<string> Names(byte[] zip)
    {
        using var archive = new ArticleArchive(zip);
        return archive.Files(ArticleLoader.Endings, []);
    }

    private static (ArchiveProblem Problem, string Entry) Refused(byte[] zip) => Assert.Throws<ArchiveException>(() => Names(zip)) is var e ? (e.Problem, e.Entry) : default;

    [Fact]
    public void Files_are_read_as_from_a_folder()
    {
        using var archive = new ArticleArchive(TestZip.Of(Article, ("pagos/_category.yaml", "title: Pagos\n"), ("pagos/foto.png", "no"), ("leame.txt", "hola"), ("__MACOSX/pagos/._a.md", "x"), ("pagos/.DS_Store", "x"), ("Thumbs.db", "x")));

        Assert.Equal(["pagos/a.md"], archive.Files(ArticleLoader.Endings, []));
        Assert.Equal(["pagos/_category.yaml"], archive.Files([ArticleLoader.CategoryFileName], []));
        Assert.Contains("Uno", Encoding.UTF8.GetString(archive.Read("pagos/a.md", 1000)!), StringComparison.Ordinal);
        Assert.Equal(4, archive.Read("pagos/a.md", 3)!.Length);
        Assert.Null(archive.Read("pagos/nada.md", 1000));
        Assert.Null(archive.Read("../pagos/a.md", 1000));
        Assert.Equal(["leame.txt", "pagos/foto.png"], archive.LeftOut);
        archive.Read("pagos/foto.png", 10);
        Assert.Equal(["leame.txt"], archive.LeftOut);
    }

    [Theory]
    [InlineData("articles/pagos/a.md", "pagos/a.md")]
    [InlineData("content/articles/pagos/a.md", "pagos/a.md")]
    [InlineData("mi-sitio/articles/pagos/a.md", "pagos/a.md")]
    [InlineData("mi-sitio-main/content/articles/pagos/a.md", "pagos/a.md")]
    [InlineData("mi-carpeta/pagos/a.md", "pagos/a.md")]
    [InlineData("pagos/a.md", "pagos/a.md")]
    [InlineData("a.md", "a.md")]
    [InlineData("./pagos//a.md", "pagos/a.md")]
    [InlineData("pagos\\a.md", "pagos/a.md")]
    [InlineData("pagos../a..b.md", "pagos../a..b.md")]
    public void Paths_are_those_of_a_folder_of_articles(string name, string path) => Assert.Equal([path], Names(TestZip.Of((name, "Uno"))));

    [Fact]
    public void A_topic_with_articles_of_its_own_is_no_outer_folder_and_what_is_beside_the_articles_is_left_out()
    {
        Assert.Equal(["pagos/a.md", "pagos/tarjetas/b.md"], Names(TestZip.Of(("pagos/a.md", "Uno"), ("pagos/tarjetas/b.md", "Dos"))));
        using var archive = new ArticleArchive(TestZip.Of(("content/articles/pagos/a.md", "Uno"), ("content/replies/b.md", "Dos"), ("README.md", "Tres")));

        Assert.Equal(["pagos/a.md"], archive.Files(ArticleLoader.Endings, []));
        Assert.Equal(["README.md", "content/replies/b.md"], archive.LeftOut);
    }

    [Fact]
    public void Names_of_a_mac_and_of_windows_are_read_and_put_into_one_form()
    {
        var apart = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes("año/cómo.md".Normalize(NormalizationForm.FormD)));
        var dos = CodePagesEncodingProvider.Instance.GetEncoding(437)!;

        Assert.Equal(["año/cómo.md"], Names(TestZip.Of([(apart, "x"u8.ToArray())], Encoding.Latin1)));
        Assert.Equal(["año/cómo.md"], Names(TestZip.Of([("año/cómo.md", "x"u8.ToArray())], dos)));
        Assert.Equal(["año/Índice.md"], Names(TestZip.Of([("año/Índice.md", "x"u8.ToArray())], CodePagesEncodingProvider.Instance.GetEncoding(850))));
        Assert.Equal(["año/¿cómo?.md"], Names(TestZip.Of(("año/¿cómo?.md".Normalize(NormalizationForm.FormD), "x"))));
    }

    [Theory]
    [InlineData("../a.md")]
    [InlineData("pagos/../../a.md")]
    [InlineData("pagos\\..\\a.md")]
    [InlineData("/etc/a.md")]
    [InlineData("\\\\servidor\\a.md")]
    [InlineData("C:\\a.md")]
    [InlineData("c:a.md")]
    [InlineData("../")]
    public void A_name_that_leads_out_is_refused(string name) => Assert.Equal(ArchiveProblem.LeadsOut, Refused(TestZip.Of(Article, (name, "x"))).Problem);

    [Fact]
    public void A_name_that_cannot_be_used_is_refused()
    {
        Assert.Equal(ArchiveProblem.NameUnusable, Refused(TestZip.Of(Article, ("a\0.md", "x"))).Problem);
        Assert.Equal(ArchiveProblem.NameUnusable, Refused(TestZip.Of(Article, ("a\n.md", "x"))).Problem);
        Assert.Equal(ArchiveProblem.NameUnusable, Refused(TestZip.Of(Article, (new string('a', ArticleArchive.MaxNameLength) + ".md", "x"))).Problem);
        Assert.Equal(ArchiveProblem.NameUnusable, Refused(TestZip.Of(Article, (string.Concat(Enumerable.Repeat("a/", ArticleArchive.MaxDepth + 1)) + "a.md", "x"))).Problem);
    }

    [Theory]
    [InlineData(0xA1FF)]
    [InlineData(0x11FF)]
    [InlineData(0x21FF)]
    public void A_link_or_a_device_is_refused_and_a_plain_file_is_not(int mode)
    {
        Assert.Equal((ArchiveProblem.NotAFile, "a.md"), Refused(TestZip.Of([("a.md", "/etc/passwd"u8.ToArray())], change: e => e.ExternalAttributes = mode << 16)));
        Assert.Equal(["a.md"], Names(TestZip.Of([("a.md", "x"u8.ToArray())], change: e => e.ExternalAttributes = 0x81A4 << 16)));
    }

    [Fact]
    public void Two_files_with_one_name_are_refused_however_it_is_spelled()
    {
        Assert.Equal((ArchiveProblem.Twice, "pagos/a.md"), Refused(TestZip.Of(Article, Article)));
        Assert.Equal((ArchiveProblem.Twice, "pagos/a.md"), Refused(TestZip.Of(Article, ("pagos\\.\\a.md", "x"))));
        Assert.Equal((ArchiveProblem.Twice, "cómo.md"), Refused(TestZip.Of(("cómo.md", "x"), ("cómo.md".Normalize(NormalizationForm.FormD), "y"))));
    }

    [Fact]
    public void An_archive_inside_is_refused_whatever_its_name_and_a_document_is_left_out()
    {
        var inner = TestZip.Of(Article);

        Assert.Equal((ArchiveProblem.Nested, "dentro.zip"), Refused(TestZip.Of([("a.md", "x"u8.ToArray()), ("dentro.zip", inner)])));
        Assert.Equal((ArchiveProblem.Nested, "foto.png"), Refused(TestZip.Of([("a.md", "x"u8.ToArray()), ("foto.png", inner)])));
        Assert.Equal((ArchiveProblem.Nested, "todo.tar.gz"), Refused(TestZip.Of(Article, ("todo.tar.gz", "x"))));
        Assert.Equal(["a.md"], Names(TestZip.Of([("a.md", "x"u8.ToArray()), ("carta.docx", inner)])));
    }

    [Fact]
    public void What_is_no_archive_or_broken_or_locked_is_refused()
    {
        var zip = TestZip.Of(TestZip.Article("pagos/a.md", string.Join(' ', Enumerable.Range(0, 5000))));

        Assert.Equal(ArchiveProblem.NotAnArchive, Refused([]).Problem);
        Assert.Equal(ArchiveProblem.NotAnArchive, Refused("# Hola"u8.ToArray()).Problem);
        Assert.Equal(ArchiveProblem.NotAnArchive, Refused(zip[..(zip.Length / 2)]).Problem);
        Assert.Equal(ArchiveProblem.NoArticles, Refused(TestZip.Of(("foto.png", "x"))).Problem);
        Assert.Equal((ArchiveProblem.Encrypted, "pagos/a.md"), Refused(TestZip.Patched(TestZip.Patched(zip, Local, 6, [1]), Central, 8, [1])));
        Assert.Equal((ArchiveProblem.Damaged, "pagos/a.md"), Refused(TestZip.Patched(zip, Local, 42, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF])));
        Assert.Equal((ArchiveProblem.Damaged, "pagos/a.md"), Refused(TestZip.Patched(zip, Central, 24, BitConverter.GetBytes(30_000_000))));
    }

    [Fact]
    public void No_archive_that_is_cut_off_or_has_a_byte_turned_does_harm()
    {
        var zip = TestZip.Of(Article, TestZip.Article("pagos/b.md", "Dos"));
        for (var at = 0; at < zip.Length; at++)
        {
            var turned = (byte[])zip.Clone();
            turned[at] ^= 0xFF;
            foreach (var bytes in new[] { zip[..at], turned })
            {
                try
                {
                    using var archive = new ArticleArchive(bytes);
                    Assert.All(archive.Files([""], []), path => archive.Read(path, 1000));
                }
                catch (ArchiveException)
                {
                    // That is the answer.
                }
            }
        }
    }

    [Fact]
    public void An_archive_that_is_too_large_is_refused() => Assert.Equal(ArchiveProblem.TooLarge, Refused(new byte[ArticleArchive.MaxBytes + 1]).Problem);

    [Fact]
    public void As_many_files_as_allowed_pass_and_one_more_does_not()
    {
        (string, string)[] files = [.. Enumerable.Range(0, ArticleArchive.MaxFiles).Select(i => ($"t/{i}.md", ""))];

        Assert.Equal(ArticleArchive.MaxFiles, Names(TestZip.Of(files)).Count);
        Assert.Equal(ArchiveProblem.TooManyFiles, Refused(TestZip.Of([.. files, ("t/otro.md", "")])).Problem);
    }

    [Fact]
    public void A_file_that_unpacks_to_a_hundred_times_its_size_is_refused_and_a_small_one_is_not()
    {
        Assert.Equal(["a.md"], Names(TestZip.Of([("a.md", new byte[ArticleArchive.DenseFrom])])));
        Assert.Equal((ArchiveProblem.TooDense, "bomba.bin"), Refused(TestZip.Of([("a.md", "x"u8.ToArray()), ("bomba.bin", new byte[2 * ArticleArchive.DenseFrom])])));
    }

    [Fact]
    public void Many_small_files_that_are_too_much_together_are_refused_before_they_are_unpacked()
    {
        var full = new byte[ArticleArchive.DenseFrom];
        (string, byte[])[] files = [.. Enumerable.Range(0, ArticleArchive.MaxUnpacked / ArticleArchive.DenseFrom).Select(i => ($"t/{i}.md", full))];

        Assert.Equal(ArchiveProblem.TooMuch, Refused(TestZip.Of([.. files, ("t/gota.md", "x"u8.ToArray())])).Problem);
    }

    [Fact]
    public void A_file_that_says_it_is_smaller_than_it_is_gives_no_more_than_it_says()
    {
        var zip = TestZip.Of([("a.md", new byte[ArticleArchive.DenseFrom])]);

        using var archive = new ArticleArchive(TestZip.Patched(zip, Central, 24, BitConverter.GetBytes(10)));

        Assert.Equal(10, archive.Read("a.md", 1000)!.Length);
    }

    [Fact]
    public async Task Files_that_were_chosen_one_by_one_become_an_archive()
    {
        var packed = await ArticleArchive.PackAsync([("pagos/a.md", new MemoryStream("Uno"u8.ToArray())), ("pagos/ñandú.png", new MemoryStream([1, 2]))], CancellationToken.None);

        using var archive = new ArticleArchive(packed);
        Assert.Equal(["pagos/a.md"], archive.Files(ArticleLoader.Endings, []));
        Assert.Equal([1, 2], archive.Read("pagos/ñandú.png", 10));
        Assert.Equal(ArchiveProblem.LeadsOut, Refused(await ArticleArchive.PackAsync([("../a.md", new MemoryStream([1]))], CancellationToken.None)).Problem);
        await Assert.ThrowsAsync<ArchiveException>(() => ArticleArchive.PackAsync([("a.md", Noise()), ("b.md", Noise())], CancellationToken.None));

        static MemoryStream Noise()
        {
            var bytes = new byte[(ArticleArchive.MaxBytes / 2) + 1];
            new Random(7).NextBytes(bytes);
            return new MemoryStream(bytes);
        }
    }

    [Fact]
    public async Task An_archive_is_read_from_many_threads()
    {
        using var archive = new ArticleArchive(TestZip.Of([.. Enumerable.Range(0, 50).Select(i => ($"t/{i}.md", $"Texto {i}"))]));

        await Parallel.ForEachAsync(Enumerable.Range(0, 500), (i, _) =>
        {
            Assert.Equal($"Texto {i % 50}", Encoding.UTF8.GetString(archive.Read($"t/{i % 50}.md", 100)!));
            return ValueTask.CompletedTask;
        });
    }
}
