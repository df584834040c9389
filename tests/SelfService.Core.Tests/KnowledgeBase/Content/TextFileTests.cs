using System.Text;
using SelfService.Core.KnowledgeBase.Content;

namespace SelfService.Core.Tests.KnowledgeBase.Content;

public sealed class TextFileTests
{
    [Fact]
    public void Plain_text_passes_as_it_is()
    {
        var file = TextFile.Decode("¿Cómo pago?\nCon tarjeta 💳.\n"u8);

        Assert.Equal("¿Cómo pago?\nCon tarjeta 💳.\n", file.Text);
        Assert.Empty(file.Problems);
    }

    [Fact]
    public void A_byte_order_mark_is_taken_off()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. "---\ntitle: Año\n"u8];

        Assert.Equal("---\ntitle: Año\n", TextFile.Decode(bytes).Text);
    }

    [Theory]
    [InlineData("a\r\nb\r\n", 0)]
    [InlineData("a\nb\n", 0)]
    [InlineData("a\rb\r", 0)]
    [InlineData("a\r\nb\n", 1)]
    public void Every_line_end_becomes_one_and_a_mixture_is_noted(string text, int notices)
    {
        var file = TextFile.Decode(Encoding.UTF8.GetBytes(text));

        Assert.Equal("a\nb\n", file.Text);
        Assert.Equal(notices, file.Problems.Count(p => p.Kind == ProblemKind.MixedLineEnds));
    }

    [Fact]
    public void Control_characters_are_removed_and_reported_with_their_line()
    {
        var file = TextFile.Decode("uno\ndo\0s\u0007\u001B[31m\u007F\ttres"u8);

        Assert.Equal("uno\ndos[31m\ttres", file.Text);
        var problem = Assert.Single(file.Problems);
        Assert.Equal((ProblemKind.ControlCharacters, ProblemSeverity.Warning, 2, "U+0000"), (problem.Kind, problem.Severity, problem.Line, problem.Detail));
    }

    [Fact]
    public void Text_in_another_encoding_is_refused_at_its_line()
    {
        byte[] latin1 = [.. "uno\ndos\ncancelaci"u8, 0xF3, .. "n\n"u8];

        var problem = Assert.Throws<ContentException>(() => TextFile.Decode(latin1)).Problem;

        Assert.Equal((ProblemKind.NotUtf8, ProblemSeverity.Error, 3), (problem.Kind, problem.Severity, problem.Line));
    }

    [Fact]
    public void Windows_text_with_two_byte_characters_is_refused()
    {
        var utf16 = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("título")).ToArray();

        Assert.Equal(ProblemKind.NotUtf8, Assert.Throws<ContentException>(() => TextFile.Decode(utf16)).Problem.Kind);
    }

    [Theory]
    [InlineData("uno\nel envÃ­o llega\n", 2)]
    [InlineData("el envÃ³ llega", 1)]
    [InlineData("dice â€œholaâ€\u009D", 1)]
    [InlineData("la devoluci\uFFFDn", 1)]
    [InlineData("Â¿CÃ³mo?", 1)]
    public void Garbled_text_is_reported_with_its_line_and_kept(string text, int line)
    {
        var file = TextFile.Decode(Encoding.UTF8.GetBytes(text));

        Assert.Equal(line, Assert.Single(file.Problems, p => p.Kind == ProblemKind.Mojibake).Line);
        Assert.Equal(text, file.Text);
    }

    [Theory]
    [InlineData("CORAÇÃO, São João y Àngels: ñandú, güiro, «años», 20 °C, 5 €, —raya—")]
    [InlineData("Envío “rápido” a Perú… ½ día; Ücker, Œuvre, Â, Ã")]
    public void Real_accents_are_not_taken_for_garbled_text(string text) =>
        Assert.Empty(TextFile.Decode(Encoding.UTF8.GetBytes(text)).Problems);

    [Theory]
    [InlineData("uno\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> rama\n", 2)]
    [InlineData("uno\ndos\n>>>>>>> rama\n", 3)]
    public void Marks_of_an_unfinished_merge_are_refused_at_their_line(string text, int line)
    {
        var problem = Assert.Throws<ContentException>(() => TextFile.Decode(Encoding.UTF8.GetBytes(text))).Problem;

        Assert.Equal((ProblemKind.ConflictMarks, line), (problem.Kind, problem.Line));
    }

    [Theory]
    [InlineData("Título\n=======\n")]
    [InlineData("escriba <<<<<<< HEAD en su editor\n")]
    [InlineData(">>>>>>>cita\n")]
    public void What_only_looks_like_a_merge_mark_passes(string text) =>
        Assert.Equal(text, TextFile.Decode(Encoding.UTF8.GetBytes(text)).Text);

    [Fact]
    public void A_file_at_the_limit_passes_and_one_byte_more_is_refused()
    {
        var bytes = new byte[TextFile.MaxBytes + 1];
        Array.Fill(bytes, (byte)'a');

        Assert.Equal(TextFile.MaxBytes, TextFile.Decode(bytes.AsSpan(0, TextFile.MaxBytes)).Text.Length);
        Assert.Equal(ProblemKind.FileTooLarge, Assert.Throws<ContentException>(() => TextFile.Decode(bytes)).Problem.Kind);
    }

    [Fact]
    public void Accents_written_apart_are_joined()
    {
        var file = TextFile.Decode("n\u0303andu\u0301 y an\u0303o"u8);

        Assert.Equal("ñandú y año", file.Text);
    }

    [Fact]
    public void An_empty_file_is_empty_text() => Assert.Equal("", TextFile.Decode([]).Text);
}
