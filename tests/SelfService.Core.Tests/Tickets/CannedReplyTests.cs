using System.Text;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Tickets;

public sealed class CannedReplyTests
{
    private const string File = """
        ---
        title: Visita agendada
        queue: servicio_tecnico
        ---
        Hola, {nombre}:

        Vamos el **[día]** y no antes. El motivo: **[qué pasó]**. **No pague nada** por el caso {numero}; véalo en [Mis casos](/casos) o en [otro sitio](https://otro.example/a).
        """;

    [Fact]
    public void A_reply_is_markdown_with_whole_addresses_and_keeps_the_parts_to_fill_in()
    {
        var reply = Read(File);

        Assert.Equal(("visita", "Visita agendada", "servicio_tecnico"), (reply.Slug, reply.Title, reply.Queue));
        Assert.Equal(
            "Hola, Ana:\n\nVamos el **[día]** y no antes. El motivo: **[qué pasó]**. **No pague nada** por el caso C-1; véalo en [Mis casos](https://ayuda.example/casos) o en [otro sitio](https://otro.example/a).",
            reply.For(Values("Ana")));
        Assert.StartsWith("Hola:\n", reply.For(Values("")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_filled_in_is_not_filled_in_again_and_what_is_unknown_is_left_to_fill_in()
    {
        var reply = Read("---\ntitle: x\n---\n{asunto} {nombre} {fecha} {otra}");

        var text = reply.For(new Dictionary<string, string> { [CannedReply.Subject] = "{numero}", [CannedReply.Name] = "Ana", [CannedReply.Number] = "C-1" });

        Assert.Equal("{numero} Ana {fecha} {otra}", text);
        Assert.Equal("{fecha}", CannedReply.Unfilled("Le respondo {fecha}"));
        Assert.Null(CannedReply.Unfilled("{otra}"));
    }

    [Theory]
    [InlineData("Vamos el **[día]**.", "**[día]**")]
    [InlineData("Hola, {nombre}", "{nombre}")]
    [InlineData("Su caso {numero}", "{numero}")]
    [InlineData("Vamos el martes [24] **temprano**", null)]
    public void A_part_that_was_to_be_filled_in_is_noticed(string text, string? part) => Assert.Equal(part, CannedReply.Unfilled(text));

    [Fact]
    public void A_broken_file_is_reported_and_the_others_are_there()
    {
        using var folder = new TestFolder();
        folder.Write("buena.md", File).Write("sin-titulo.md", "Hola").Write("abierta.md", "---\ntitle: x\nHola").Write("latin.md", [(byte)'a', 0xF1]);
        var problems = new List<ContentProblem>();

        var replies = CannedReplies.Read(folder.Root, "https://ayuda.example", problems);

        Assert.Equal("buena", Assert.Single(replies.For("servicio_tecnico")).Slug);
        Assert.Equal(["abierta.md", "latin.md", "sin-titulo.md"], problems.Select(p => p.File).Order(StringComparer.Ordinal));
        Assert.Null(replies.Find("sin-titulo"));
        Assert.Empty(CannedReplies.Read(folder.Root + "/ninguna", "", problems).For(""));
    }

    [Fact]
    public void Those_of_the_queue_come_first_then_those_of_every_queue()
    {
        var replies = new CannedReplies([new CannedReply("a", "A", "otra", ""), new CannedReply("b", "B", "", ""), new CannedReply("c", "C", "redes", "")]);

        Assert.Equal(["c", "b", "a"], replies.For("redes").Select(r => r.Slug));
    }

    private static Dictionary<string, string> Values(string name) => new() { [CannedReply.Name] = name, [CannedReply.Number] = "C-1" };

    private static CannedReply Read(string text) => CannedReply.Read("visita.md", Encoding.UTF8.GetBytes(text), "https://ayuda.example");
}
