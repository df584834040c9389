using SelfService.Core.KnowledgeBase.Content;

namespace SelfService.Core.Tests.KnowledgeBase.Content;

/// <summary>The head in three dialects, and its limits.</summary>
public sealed class FrontMatterTests
{
    [Fact]
    public void Yaml_gives_scalars_and_lists_with_their_lines()
    {
        var head = FrontMatter.Split("---\ntitle: \"Formas: de pago\"\ntags: [uno, dos]\ncategories:\n  - pagos\n  - otros\nparams:\n  a: b\n---\n\nTexto\n");

        Assert.Equal(["title", "tags", "categories", "params"], head.Entries.Select(e => e.Key));
        Assert.Equal(["Formas: de pago"], head.Entries[0].Values);
        Assert.Equal(["uno", "dos"], head.Entries[1].Values);
        Assert.Equal((4, "pagos|otros"), (head.Entries[2].Line, string.Join('|', head.Entries[2].Values)));
        Assert.Equal(("\nTexto\n", 10), (head.Body, head.BodyLine));
    }

    [Fact]
    public void Toml_gives_strings_lists_over_lines_numbers_and_comments()
    {
        var head = FrontMatter.Split("""
            +++
            # un comentario
            title = "Formas de \"pago\"" # otro
            tags = [
              "uno", # aquí
              'dos',
            ]
            draft = true
            weight = 10
            date = 2026-03-03T10:00:00Z
            summary = '''
            texto'''
            [params]
            theme = "x"
            +++
            Texto
            """.Replace("\r\n", "\n"));

        var values = head.Entries.ToDictionary(e => e.Key, e => string.Join('|', e.Values));
        Assert.Equal("Formas de \"pago\"", values["title"]);
        Assert.Equal("uno|dos", values["tags"]);
        Assert.Equal(("true", "10", "2026-03-03T10:00:00Z", "texto"), (values["draft"], values["weight"], values["date"], values["summary"]));
        Assert.DoesNotContain("theme", values.Keys);
        Assert.Equal(("Texto", 16), (head.Body, head.BodyLine));
        Assert.Equal(4, head.Entries.Single(e => e.Key == "tags").Line);
    }

    [Fact]
    public void Toml_escapes_are_read()
    {
        var head = FrontMatter.Split("+++\ntitle = \"A\\u00f1o \\U0001F4B3 \\\\ \\t fin\"\nsummary = 'C:\\nueva'\n+++\n");

        Assert.Equal("Año 💳 \\ \t fin", head.Entries[0].Values[0]);
        Assert.Equal("C:\\nueva", head.Entries[1].Values[0]);
    }

    [Fact]
    public void Json_gives_strings_lists_and_booleans()
    {
        var head = FrontMatter.Split("{\n  \"title\": \"Año \\u00f1\",\n  \"tags\": [\"uno\", 2, [3], {\"a\": 4}],\n  \"draft\": true,\n  \"params\": {\"a\": {\"b\": 1}}\n}\n\nTexto\n");

        Assert.Equal("Año ñ", head.Entries[0].Values[0]);
        Assert.Equal(["uno", "2"], head.Entries[1].Values);
        Assert.Equal(["true"], head.Entries[2].Values);
        Assert.Equal(("\nTexto\n", 7), (head.Body, head.BodyLine));
    }

    [Fact]
    public void A_file_without_a_head_is_all_body()
    {
        var head = FrontMatter.Split("# Título\n\n---\ntexto\n");

        Assert.Empty(head.Entries);
        Assert.Equal(("# Título\n\n---\ntexto\n", 1), (head.Body, head.BodyLine));
    }

    [Fact]
    public void A_fence_inside_a_value_does_not_close_the_head()
    {
        var head = FrontMatter.Split("---\ntitle: a\nsummary: |\n  b\n  ---\n  ----\n---  \ncuerpo\n");

        Assert.Equal("cuerpo\n", head.Body);
    }

    [Theory]
    [InlineData("--- \ntitle: a\n---\t\nTexto")]
    [InlineData("---\ntitle: a\n...\nTexto")]
    [InlineData("+++ \ntitle = 'a'\n+++\nTexto")]
    [InlineData("{ \"title\": \"a\" }\nTexto")]
    [InlineData("{\"title\": \"a\"}\nTexto")]
    public void Fences_may_have_blanks_and_yaml_may_end_with_dots(string text)
    {
        var head = FrontMatter.Split(text);

        Assert.Equal("a", Assert.Single(head.Entries).Values[0]);
        Assert.Equal("Texto", head.Body);
    }

    [Theory]
    [InlineData("{{< figure >}}\n")]
    [InlineData("{% include x %}\n")]
    [InlineData("{: .clase}\n")]
    [InlineData("----\ntexto\n----\n")]
    [InlineData("{")]
    public void What_only_looks_like_a_head_is_body(string text) => Assert.Equal(text, FrontMatter.Split(text).Body);

    [Fact]
    public void An_empty_head_is_no_error()
    {
        Assert.Equal("Texto\n", FrontMatter.Split("---\n---\nTexto\n").Body);
        Assert.Equal("Texto\n", FrontMatter.Split("---\n\n# nada\n---\nTexto\n").Body);
    }

    [Theory]
    [InlineData("---\ntitle: a\ntexto sin fin\n")]
    [InlineData("+++\ntitle = 'a'\n")]
    [InlineData("---\n")]
    [InlineData("---")]
    public void A_head_that_is_never_closed_is_refused(string text) => AssertRefused(ProblemKind.FrontMatterNotClosed, 1, text);

    [Theory]
    [InlineData("---\ntitle: a\nsummary: uno: dos\n---\n", 3)]
    [InlineData("---\ntitle: a\n\n\ntags: [a, b\n---\n", 6)]
    [InlineData("---\ntitle: \"a\\q\"\n---\n", 2)]
    [InlineData("---\ntitle: a\n\tb: c\n---\n", 2)]
    [InlineData("---\nsolo texto\n---\n", 2)]
    [InlineData("---\n- a\n- b\n---\n", 2)]
    [InlineData("+++\ntitle = 'a'\nsin signo\n+++\n", 3)]
    [InlineData("+++\ntitle = 'a' b\n+++\n", 2)]
    [InlineData("+++\ntitle = \"a\n+++\n", 2)]
    [InlineData("+++\ntags = [ 'a',\n+++\n", 2)]
    [InlineData("{\n\"title\": \"a\",\n\"b\" 1\n}\n", 3)]
    [InlineData("{\n\"title\": \"a\"\n", 3)]
    [InlineData("{\n\"title\": \"\\ud800\"\n}\n", 1)]
    public void An_invalid_head_is_refused_and_the_line_is_named(string text, int line) =>
        AssertRefused(ProblemKind.InvalidFrontMatter, line, text);

    [Fact]
    public void Eight_kibibytes_of_head_pass_and_one_byte_more_is_refused()
    {
        string Yaml(int bytes) => "---\n" + "a: " + new string('x', bytes - 4) + "\n---\nTexto";

        Assert.Single(FrontMatter.Split(Yaml(FrontMatter.MaxBytes)).Entries);
        AssertRefused(ProblemKind.FrontMatterTooLarge, 1, Yaml(FrontMatter.MaxBytes + 1));
        AssertRefused(ProblemKind.FrontMatterTooLarge, 1, "+++\na = '" + new string('x', FrontMatter.MaxBytes) + "'\n+++\n");
        AssertRefused(ProblemKind.FrontMatterTooLarge, 1, "---\na: " + new string('ñ', FrontMatter.MaxBytes / 2) + "\n---\n");
    }

    [Fact]
    public void A_large_head_in_json_is_refused()
    {
        var text = "{\n\"title\": \"" + new string('x', FrontMatter.MaxBytes) + "\"\n}\n";

        Assert.Equal(ProblemKind.FrontMatterTooLarge, Assert.Throws<ContentException>(() => FrontMatter.Split(text)).Problem.Kind);
    }

    [Fact]
    public void Twenty_levels_pass_and_one_more_is_refused()
    {
        string Yaml(int levels) => "---\na: " + new string('[', levels - 1) + new string(']', levels - 1) + "\n---\n";

        Assert.Single(FrontMatter.Split(Yaml(FrontMatter.MaxDepth)).Entries);
        AssertRefused(ProblemKind.FrontMatterTooDeep, 2, Yaml(FrontMatter.MaxDepth + 1));
        Assert.Throws<ContentException>(() => FrontMatter.Split("{\n\"a\": " + new string('[', 40) + new string(']', 40) + "\n}\n"));
    }

    // FAILURES 0.1 and 0.2: these ended the process or its memory.
    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void Thousands_of_opening_brackets_end_in_a_clear_refusal(char bracket)
    {
        foreach (var count in new[] { 1_000, 8_000, 20_000, 1_000_000 })
        {
            var problem = Assert.Throws<ContentException>(() => FrontMatter.Split("---\na: " + new string(bracket, count) + "\n---\n")).Problem;

            Assert.Contains(problem.Kind, new[] { ProblemKind.FrontMatterTooDeep, ProblemKind.FrontMatterTooLarge });
            Assert.Throws<ContentException>(() => YamlEntries.Check("a: " + new string(bracket, count)));
            Assert.Throws<ContentException>(() => TypedYaml.Read<CategoryFile>(System.Text.Encoding.UTF8.GetBytes("title: " + new string(bracket, count))));
        }
    }

    [Fact]
    public void Levels_made_of_indentation_are_counted_too()
    {
        var yaml = string.Concat(Enumerable.Range(0, 30).Select(i => new string(' ', i) + "a:\n"));

        AssertRefused(ProblemKind.FrontMatterTooDeep, 22, "---\n" + yaml + "---\n");
        AssertRefused(ProblemKind.FrontMatterTooDeep, 2, "---\n" + string.Concat(Enumerable.Repeat("- ", 30)) + "\n---\n", anyKind: true);
    }

    [Theory]
    [InlineData("---\na: &a [lol]\nb: [*a, *a]\n---\n", 2)]
    [InlineData("---\ntitle: x\nb: *a\n---\n", 3)]
    [InlineData("---\ntitle: &t x\n---\n", 2)]
    [InlineData("---\nbase: {a: 1}\nc:\n  <<: *base\n---\n", 4)]
    [InlineData("---\na: &a ['lol','lol']\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c]\n---\n", 2)]
    public void Anchors_and_aliases_are_refused(string text, int line) => AssertRefused(ProblemKind.FrontMatterAlias, line, text);

    private static void AssertRefused(ProblemKind kind, int line, string text, bool anyKind = false)
    {
        var problem = Assert.Throws<ContentException>(() => FrontMatter.Split(text)).Problem;
        Assert.Equal(ProblemSeverity.Error, problem.Severity);
        Assert.Equal((anyKind ? problem.Kind : kind, line), (problem.Kind, problem.Line));
    }
}
