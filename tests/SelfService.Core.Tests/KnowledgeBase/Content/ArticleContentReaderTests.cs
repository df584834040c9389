using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Search;

namespace SelfService.Core.Tests.KnowledgeBase.Content;

public sealed class ArticleContentReaderTests
{
    [Fact]
    public void Our_own_front_matter_is_read_whole()
    {
        var file = Read("""
            ---
            title: Formas de pago
            summary: Tarjeta o efectivo.
            tags: [pagos, tarjetas]
            keywords: [cómo pago, con qué se paga]
            audience: customers
            status: archived
            date: 2026-03-03
            publish_at: 2026-04-01T08:30:00Z
            review_by: 2027-03-01
            redirect_from: [/Ayuda/Pagos/, viejo]
            related: [facturas]
            slug: como-pagar
            ---

            Texto.

            """);

        var content = file.Content;
        Assert.Equal(("Formas de pago", "Tarjeta o efectivo.", "pagos", "como-pagar"), (content.Title, content.Summary, content.Category, content.Slug));
        Assert.Equal(["pagos", "tarjetas"], content.Tags);
        Assert.Equal(["cómo pago", "con qué se paga"], content.Keywords);
        Assert.Equal((Audience.Customers, ArticleStatus.Archived), (content.Audience, content.Status));
        Assert.Equal(Utc(2026, 3, 3), content.Date);
        Assert.Equal(Utc(2026, 4, 1).AddHours(8.5), content.PublishAt);
        Assert.Equal(Utc(2027, 3, 1), content.ReviewBy);
        Assert.Equal(["/ayuda/pagos", "/viejo"], content.RedirectFrom);
        Assert.Equal(["facturas"], content.Related);
        Assert.Equal(("Texto.", 16), (content.Body, file.BodyLine));
        Assert.Empty(file.Problems);
    }

    [Theory]
    [InlineData("title")]
    [InlineData("titulo")]
    [InlineData("título")]
    [InlineData("Título")]
    [InlineData("TITLE")]
    public void The_title_may_be_named_in_spanish(string key)
    {
        var file = Read($"---\n{key}: Hola\n---\nTexto");

        Assert.Equal("Hola", file.Content.Title);
        Assert.Empty(file.Problems);
    }

    [Theory]
    [InlineData("description: Uno", "Uno")]
    [InlineData("resumen: Dos", "Dos")]
    [InlineData("summary: Tres", "Tres")]
    [InlineData("summary: |\n  Tres\n  y más", "Tres y más")]
    public void The_summary_has_other_names(string line, string summary) =>
        Assert.Equal(summary, Read($"---\ntitle: a\n{line}\n---\nTexto").Content.Summary);

    [Theory]
    [InlineData("categories: [Pagos y facturas, otros]", "pagos-y-facturas")]
    [InlineData("categories: Envíos", "envios")]
    [InlineData("category: Envíos", "envios")]
    [InlineData("categoría: Envíos", "envios")]
    [InlineData("categories:\n  - Envíos", "envios")]
    [InlineData("categories: []", "pagos")]
    [InlineData("weight: 1", "pagos")]
    public void The_topic_is_the_first_category_or_the_folder(string line, string topic) =>
        Assert.Equal(topic, Read($"---\ntitle: a\n{line}\n---\nTexto").Content.Category);

    [Theory]
    [InlineData("tags: uno dos", "uno|dos")]
    [InlineData("tags: uno dos, tres", "uno dos|tres")]
    [InlineData("tags: [uno dos, tres]", "uno dos|tres")]
    [InlineData("tags:\n  - uno\n  - dos", "uno|dos")]
    [InlineData("etiquetas: uno", "uno")]
    [InlineData("tags: [uno dos]", "uno dos")]
    [InlineData("tags:\n  - uno, dos", "uno, dos")]
    [InlineData("tags: uno uno", "uno")]
    [InlineData("tags:", "")]
    public void Tags_come_as_a_list_by_spaces_or_by_commas(string line, string tags) =>
        Assert.Equal(tags, string.Join('|', Read($"---\ntitle: a\n{line}\n---\nTexto").Content.Tags));

    [Theory]
    [InlineData("keywords: no carga, va lento", "no carga|va lento")]
    [InlineData("keywords: no carga", "no carga")]
    [InlineData("keywords: [\"sí, no\"]", "sí, no")]
    [InlineData("palabras_clave: [no carga, va lento]", "no carga|va lento")]
    public void Keywords_are_phrases(string line, string keywords) =>
        Assert.Equal(keywords, string.Join('|', Read($"---\ntitle: a\n{line}\n---\nTexto").Content.Keywords));

    [Theory]
    [InlineData("published: false", ArticleStatus.Draft)]
    [InlineData("published: False", ArticleStatus.Draft)]
    [InlineData("published: FALSE", ArticleStatus.Draft)]
    [InlineData("published: off", ArticleStatus.Draft)]
    [InlineData("published: true", ArticleStatus.Published)]
    [InlineData("draft: true", ArticleStatus.Draft)]
    [InlineData("draft: True", ArticleStatus.Draft)]
    [InlineData("draft: sí", ArticleStatus.Draft)]
    [InlineData("draft: false", ArticleStatus.Published)]
    [InlineData("draft: false\nstatus: archived", ArticleStatus.Archived)]
    [InlineData("published: false\nstatus: published", ArticleStatus.Draft)]
    [InlineData("status: draft", ArticleStatus.Draft)]
    [InlineData("status: Archived", ArticleStatus.Archived)]
    [InlineData("weight: 1", ArticleStatus.Published)]
    public void Whether_an_article_is_live_is_said_in_three_ways(string lines, ArticleStatus status) =>
        Assert.Equal(status, Read($"---\ntitle: a\n{lines}\n---\nTexto").Content.Status);

    [Theory]
    [InlineData("status: listo")]
    [InlineData("status: 1")]
    [InlineData("draft: quizás")]
    public void A_value_that_could_show_what_should_be_hidden_keeps_the_file_out(string line)
    {
        var problem = Assert.Throws<ContentException>(() => Read($"---\ntitle: a\n{line}\n---\nTexto")).Problem;

        Assert.Equal((ProblemKind.UnknownValue, ProblemSeverity.Error, 3, line), (problem.Kind, problem.Severity, problem.Line, problem.Detail));
    }

    [Theory]
    [InlineData("Admin")]
    [InlineData("0")]
    [InlineData("todos")]
    public void An_audience_of_another_system_is_shown_to_staff_only_and_reported(string audience)
    {
        var file = Read($"---\ntitle: a\naudience: {audience}\n---\nTexto");

        Assert.Equal(Audience.Staff, file.Content.Audience);
        Assert.Equal((ProblemKind.UnknownValue, ProblemSeverity.Warning, 3), (Assert.Single(file.Problems).Kind, file.Problems[0].Severity, file.Problems[0].Line));
        Assert.Equal(Audience.Customers, Read("---\ntitle: a\naudience: Customers\n---\nTexto").Content.Audience);
    }

    [Theory]
    [InlineData("redirect_from: /Viejo/Uno/", "/viejo/uno")]
    [InlineData("redirect_from:\n  - /uno\n  - dos.html", "/uno|/dos.html")]
    [InlineData("aliases: [/uno/]", "/uno")]
    [InlineData("redirect_from: /", "")]
    public void Old_addresses_are_kept_in_one_form(string line, string paths) =>
        Assert.Equal(paths, string.Join('|', Read($"---\ntitle: a\n{line}\n---\nTexto").Content.RedirectFrom));

    [Theory]
    [InlineData("2026-03-03", "2026-03-03T00:00:00")]
    [InlineData("2026-03-03 10:30", "2026-03-03T10:30:00")]
    [InlineData("2026-03-03 10:30:00 -0600", "2026-03-03T16:30:00")]
    [InlineData("2026-03-03 10:30:00 +01:00", "2026-03-03T09:30:00")]
    [InlineData("2026-03-03T10:30:00Z", "2026-03-03T10:30:00")]
    [InlineData("2026-03-03T10:30:00-06:00", "2026-03-03T16:30:00")]
    [InlineData("2026-03-03T10:30:00.123Z", "2026-03-03T10:30:00.123")]
    public void Dates_of_every_dialect_become_utc(string written, string moment)
    {
        var content = Read($"---\ntitle: a\ndate: {written}\npublishDate: {written}\n---\nTexto").Content;

        Assert.Equal(DateTime.Parse(moment, System.Globalization.CultureInfo.InvariantCulture), content.Date);
        Assert.Equal(content.Date, content.PublishAt);
        Assert.Equal(DateTimeKind.Utc, content.Date!.Value.Kind);
    }

    [Theory]
    [InlineData("2026-02-30")]
    [InlineData("ayer")]
    [InlineData("03/04/2026")]
    [InlineData("0001-01-01")]
    public void A_date_that_is_none_is_reported_and_left_out(string written)
    {
        var file = Read($"---\ntitle: a\ndate: {written}\n---\nTexto");

        Assert.Null(file.Content.Date);
        Assert.Equal((3, ProblemSeverity.Warning), (Assert.Single(file.Problems, p => p.Kind == ProblemKind.InvalidDate).Line, file.Problems[0].Severity));
    }

    [Fact]
    public void Unknown_keys_are_reported_and_ignored()
    {
        var file = Read("---\ntitle: a\nlayout: post\nparams:\n  b: c\nms.author: x\n---\nTexto");

        var problem = Assert.Single(file.Problems);
        Assert.Equal((ProblemKind.UnknownKeys, ProblemSeverity.Notice, "layout, params, ms.author"), (problem.Kind, problem.Severity, problem.Detail));
    }

    [Fact]
    public void Two_names_for_one_thing_are_reported_and_the_first_counts()
    {
        var file = Read("---\ntitle: uno\ntitulo: dos\n---\nTexto");

        Assert.Equal("uno", file.Content.Title);
        Assert.Equal(3, Assert.Single(file.Problems).Line);
    }

    [Theory]
    [InlineData("---\nsummary: x\n---\n# Mi *título* {#a}\n\nTexto", "Mi *título")]
    [InlineData("---\ntitle: \"\"\n---\n## Otro\nTexto", "Otro")]
    [InlineData("# Sin cabeza\nTexto", "Sin cabeza")]
    [InlineData("solo texto", "Del nombre")]
    public void Without_a_title_the_first_heading_or_the_name_of_the_file_is_one(string text, string title)
    {
        var file = ArticleContentReader.Read(text, "pagos", "Del nombre");

        Assert.Equal(title, file.Content.Title);
        Assert.Contains(file.Problems, p => p.Kind == ProblemKind.TitleFromHeading && p.Severity == ProblemSeverity.Warning);
    }

    [Fact]
    public void A_head_without_a_title_and_a_body_without_a_heading_are_refused()
    {
        var problem = Assert.Throws<ContentException>(() => Read("---\nsummary: x\n---\nTexto")).Problem;

        Assert.Equal(ProblemKind.MissingTitle, problem.Kind);
    }

    [Fact]
    public void An_empty_body_is_reported() =>
        Assert.Equal(ProblemKind.EmptyBody, Assert.Single(Read("---\ntitle: a\n---\n\n  \n").Problems).Kind);

    [Fact]
    public void Texts_beyond_their_columns_are_cut_at_a_whole_character_and_reported()
    {
        var long199 = new string('x', 199) + "💳💳";
        var file = Read($"---\ntitle: {long199}\nsummary: {new string('y', 600)}\ntags: [a, {new string('z', 201)}]\n---\nTexto");

        Assert.Equal(new string('x', 199), file.Content.Title);
        Assert.Equal(500, file.Content.Summary.Length);
        Assert.Equal(["a"], file.Content.Tags);
        Assert.Equal(3, file.Problems.Count(p => p.Kind == ProblemKind.TooLong));
        Assert.Equal(new string('x', 199), ArticleContentReader.Read("# " + long199, "pagos", null).Content.Title);
    }

    [Fact]
    public void Sixty_keywords_are_kept_and_more_are_reported()
    {
        var file = Read($"---\ntitle: a\nkeywords: [{string.Join(", ", Enumerable.Range(0, 70).Select(i => $"k{i}"))}]\n---\nTexto");

        Assert.Equal(60, file.Content.Keywords.Count);
        Assert.Contains(file.Problems, p => p.Kind == ProblemKind.TooLong);
    }

    // PostgreSQL stores no NUL, and an escape writes one that the door did not see.
    [Fact]
    public void Escapes_cannot_bring_in_what_the_door_keeps_out()
    {
        var yaml = Read("---\ntitle: \"a\\0b\\u0007\\nc n\\u0303\"\ntags: [\"x\\0y\"]\n---\nTexto").Content;
        var json = Read("{\n\"title\": \"a\\u0000b\\u0007\\nc n\\u0303\",\n\"tags\": [\"x\\u0000y\"]\n}\nTexto").Content;

        Assert.Equal(("a b c ñ", "x y"), (yaml.Title, yaml.Tags[0]));
        Assert.Equal(("a b c ñ", "x y"), (json.Title, json.Tags[0]));
    }

    private static ArticleFile Read(string text) => ArticleContentReader.Read(text.Replace("\r\n", "\n"), "pagos", null);

    private static DateTime Utc(int year, int month, int day) => new(year, month, day, 0, 0, 0, DateTimeKind.Utc);
}
