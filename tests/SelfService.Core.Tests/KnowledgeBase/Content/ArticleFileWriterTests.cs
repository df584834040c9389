using System.Text;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Search;

namespace SelfService.Core.Tests.KnowledgeBase.Content;

/// <summary>What is written reads back to the same content, whatever the text.</summary>
public sealed class ArticleFileWriterTests
{
    private static readonly string[] Pieces =
    [
        "a", "Ñandú", " ", "  ", "\t", "\n", "\r\n", "\"", "'", "\\", "\\\\", "\\n", "\\u0041", ":", ": ", "#", " #", "- ", "---", "...", "+++", "{", "}", "[", "]",
        ",", "&a", "*a", "!t", "|", ">", "%", "@", "`", "💳", "👨‍👩‍👧", "\u2028", "\u2029", "\u0085", "\u00A0", "\u200B", "\u200F", "\uFEFF", "e\u0301", "ü",
        "~", "null", "true", "2026-01-01", "0x1F", "1e3", "?", "<b>", "{{x}}", "\uE000", "\U0010FFFF", "=", "<<", "/", "ﬁ", "日本",
    ];

    [Fact]
    public void The_canonical_file_looks_as_a_person_would_write_it()
    {
        var text = ArticleFileWriter.Write(new ArticleContent
        {
            Title = "Formas de \"pago\"",
            Category = "pagos",
            Tags = ["uno", "dos"],
            Audience = Audience.Staff,
            Status = ArticleStatus.Draft,
            Date = new DateTime(2026, 3, 3, 0, 0, 0, DateTimeKind.Utc),
            PublishAt = new DateTime(2026, 3, 3, 10, 30, 0, DateTimeKind.Utc),
            Body = "Texto.",
        });

        Assert.Equal("---\ntitle: \"Formas de \\\"pago\\\"\"\ntags: [\"uno\", \"dos\"]\naudience: staff\nstatus: draft\ndate: 2026-03-03\npublish_at: 2026-03-03T10:30:00Z\n---\n\nTexto.\n", text);
    }

    [Fact]
    public void Every_content_that_was_read_is_written_and_read_back_the_same()
    {
        var random = new Random(20261122);
        for (var round = 0; round < 3_000; round++)
        {
            var original = ReadBack(ArticleFileWriter.Write(Random(random)));
            var first = ArticleFileWriter.Write(original);
            var second = ReadBack(first);

            Assert.Equal(first, ArticleFileWriter.Write(second));
            Assert.Equal(original.Hash([]), second.Hash([]));
            Assert.Equal((original.Title, original.Summary, original.Body, original.Slug), (second.Title, second.Summary, second.Body, second.Slug));
            Assert.Equal(original.Tags, second.Tags);
            Assert.Equal(original.Keywords, second.Keywords);
            Assert.Equal(original.RedirectFrom, second.RedirectFrom);
            Assert.Equal((original.Date, original.PublishAt, original.ReviewBy), (second.Date, second.PublishAt, second.ReviewBy));
        }
    }

    // What an editor types in a browser has not passed the door of files.
    [Fact]
    public void No_text_typed_by_a_person_breaks_the_head()
    {
        foreach (var piece in Pieces.Append("\0").Append("\u0007").Append("\u001B"))
        {
            var content = ReadBack(ArticleFileWriter.Write(new ArticleContent { Title = "x" + piece + "y", Summary = piece + "z", Tags = ["t" + piece], Category = "pagos", Body = "Texto" }));

            Assert.StartsWith("x", content.Title, StringComparison.Ordinal);
            Assert.EndsWith("y", content.Title, StringComparison.Ordinal);
            Assert.Equal("Texto", content.Body);
        }
    }

    private static ArticleContent Random(Random random) => new()
    {
        Title = "T" + Text(random, 12),
        Summary = Text(random, 40),
        Category = "pagos",
        Tags = List(random),
        Keywords = List(random),
        Audience = (Audience)random.Next(3),
        Status = (ArticleStatus)random.Next(3),
        Date = Moment(random),
        PublishAt = Moment(random),
        ReviewBy = Moment(random),
        RedirectFrom = [.. List(random).Select(ArticleRedirect.Normalise)],
        Related = [.. List(random).Select(t => Slug.From(t, "x"))],
        Slug = random.Next(3) == 0 ? "direccion" : null,
        Body = "B" + Text(random, 200) + (random.Next(50) == 0 ? new string('ñ', 50_000) : ""),
    };

    private static string[] List(Random random) => [.. Enumerable.Range(0, random.Next(4)).Select(_ => "x" + Text(random, 5))];

    private static string Text(Random random, int pieces) =>
        string.Concat(Enumerable.Range(0, random.Next(pieces)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    private static DateTime? Moment(Random random) => random.Next(3) switch
    {
        0 => null,
        1 => new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(random.Next(500)),
        _ => new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks(random.NextInt64(TimeSpan.TicksPerDay * 500)),
    };

    private static ArticleContent ReadBack(string text) =>
        ArticleContentReader.Read(TextFile.Decode(Encoding.UTF8.GetBytes(text)).Text, "pagos", null).Content;
}
