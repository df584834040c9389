using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Checks;

namespace SelfService.Core.Tests.KnowledgeBase.Checks;

/// <summary>What an editor is told before publishing.</summary>
public sealed class ArticleChecksTests
{
    private const string Clean = """
        Revise tres cosas en orden: que llegue gas, que haya chispa y que el quemador esté seco.

        ## Paso 1: compruebe el gas

        1. Vea el medidor del tanque.
        2. Confirme que la llave esté **abierta**.

        ![Llave de gas abierta](plano.png)

        ### Si no hay gas

        Pida un cilindro. El técnico puede ayudarle; [lea cómo se paga](factura.md).

        | Lo que nota | Falta |
        |---|---|
        | Enciende y se apaga | Limpieza |

        ```
        TU CODIGO ESTA AQUI, $100, puedes borrarlo
        ```
        """;

    [Fact]
    public void A_clean_article_has_nothing_to_tell() => Assert.Empty(SomeArticle.Check(Clean));

    [Fact]
    public void An_article_without_summary_and_keywords_is_told_so() =>
        Assert.Equal(
            [new Finding(FindingKind.MissingSummary, FindingWeight.Warning, ""), new Finding(FindingKind.MissingKeywords, FindingWeight.Warning, "")],
            SomeArticle.Check(SomeArticle.With(Clean) with { Summary = " ", Keywords = [""] }));

    [Theory]
    [InlineData("")]
    [InlineData("  \n\n ")]
    [InlineData("<div></div>")]
    [InlineData("<!-- nada -->")]
    [InlineData("***")]
    [InlineData("# Un título")]
    public void Only_an_empty_body_keeps_an_article_from_being_published(string body)
    {
        var finding = Assert.Single(SomeArticle.Check(body));

        Assert.Equal(new Finding(FindingKind.EmptyBody, FindingWeight.Blocking, ""), finding);
    }

    [Fact]
    public void The_weightiest_comes_first()
    {
        var weights = SomeArticle.Check(SomeArticle.With("Cuesta $5.\n\n![](plano.png)") with { Summary = "" }).Select(finding => finding.Weight).ToList();

        Assert.Equal([FindingWeight.Warning, FindingWeight.Warning, FindingWeight.Hint], weights);
    }

    [Theory]
    [InlineData("![](plano.png)", "plano.png", "")]
    [InlineData("![ ](plano.png \"La llave\")", "plano.png", "La llave")]
    [InlineData("## Ver ![](plano.png)\n\nTexto.", "plano.png", "")]
    public void A_picture_without_words_is_named_by_its_file(string body, string detail, string quote) =>
        Assert.Equal(new Finding(FindingKind.MissingAlternative, FindingWeight.Warning, quote, detail), Assert.Single(SomeArticle.Check(body)));

    [Fact]
    public void A_skipped_heading_is_told_with_both_levels() =>
        Assert.Equal(
            new Finding(FindingKind.HeadingSkipped, FindingWeight.Warning, "Detalle", "h2 → h4"),
            Assert.Single(SomeArticle.Check("## Uno\n\nTexto.\n\n#### Detalle\n\nTexto.\n\n## Dos\n\nTexto.")));

    [Theory]
    [InlineData("## Uno\n\n## Dos\n\nTexto.", "Uno")]
    [InlineData("Antes.\n\n## Uno", "Uno")]
    [InlineData("## Uno\n\n### Dos\n\n## Tres\n\nTexto.", "Dos")]
    public void A_section_without_text_is_told(string body, string quote) =>
        Assert.Equal(new Finding(FindingKind.HeadingEmptySection, FindingWeight.Hint, quote), Assert.Single(SomeArticle.Check(body)));

    [Theory]
    [InlineData("## Uno\n\n### Dos\n\nTexto.")]
    [InlineData("## Uno\n\n![Plano](plano.png)")]
    [InlineData("## Uno\n\n    un programa")]
    public void A_heading_over_smaller_ones_a_picture_or_a_program_is_not_empty(string body) => Assert.Empty(SomeArticle.Check(body));

    [Theory]
    [InlineData("Para pagar, entre [aquí](factura.md).", "aquí")]
    [InlineData("Para pagar, [haga clic aquí](factura.md).", "haga clic aquí")]
    [InlineData("Vea [Este enlace](https://otro.example).", "Este enlace")]
    [InlineData("Hay dos formas. [Más…](factura.md)", "Más…")]
    public void A_link_that_says_nothing_alone_is_told(string body, string name)
    {
        var finding = Assert.Single(SomeArticle.Check(body));

        Assert.Equal((FindingKind.VagueLink, FindingWeight.Hint, name), (finding.Kind, finding.Weight, finding.Detail));
    }

    [Fact]
    public void A_link_that_names_its_page_is_not_told() => Assert.Empty(SomeArticle.Check("Vea [cómo pagar aquí mismo](factura.md) y [más formas de pago](pagos/tarjeta.md)."));

    [Fact]
    public void Each_form_beside_usted_is_told_once_with_the_sentence_that_shows_it() =>
        Assert.Equal(
            [
                new Finding(FindingKind.MixedAddress, FindingWeight.Warning, "Puedes llamar.", "tú"),
                new Finding(FindingKind.MixedAddress, FindingWeight.Warning, "Si querés, escribinos.", "vos"),
            ],
            SomeArticle.Check("Abra la app. Puedes llamar. Debes esperar.\n\nSi querés, escribinos."));

    [Fact]
    public void An_article_all_in_one_other_form_is_told_too() =>
        Assert.Equal("tú", Assert.Single(SomeArticle.Check("Abre tu cuenta. Elige tu plan.")).Detail);

    [Theory]
    [InlineData(30, false)]
    [InlineData(31, true)]
    public void A_sentence_is_long_beyond_thirty_words(int words, bool isTold)
    {
        var findings = SomeArticle.Check(string.Join(' ', Enumerable.Repeat("sol", words)) + ".");

        Assert.Equal(isTold ? [(FindingKind.LongSentence, "31")] : [], findings.Select(finding => (finding.Kind, finding.Detail)));
        Assert.All(findings, finding => Assert.InRange(finding.Quote.Length, 1, Finding.QuoteMaxLength));
    }

    [Theory]
    [InlineData(20, false)]
    [InlineData(21, true)]
    public void A_paragraph_is_long_beyond_a_hundred_words(int sentences, bool isTold) =>
        Assert.Equal(isTold ? ["105"] : [], SomeArticle.Check(string.Concat(Enumerable.Repeat("La luz es de sol. ", sentences))).Select(finding => finding.Detail));

    [Fact]
    public void A_text_for_few_is_told_with_its_score()
    {
        var finding = Assert.Single(SomeArticle.Check(string.Join("\n\n", Enumerable.Repeat(
            "La comercialización internacional proporciona posibilidades extraordinarias, indiscutiblemente características administrativas.", 12))));

        Assert.Equal((FindingKind.HardToRead, ""), (finding.Kind, finding.Quote));
    }

    [Theory]
    [InlineData("Esto es MUY IMPORTANTE SIEMPRE para todos.", "MUY IMPORTANTE SIEMPRE")]
    [InlineData("¡NO LO HAGA!", "¡NO LO HAGA!")]
    [InlineData("ATENCIÓN: CIERRE LA LLAVE", "ATENCIÓN: CIERRE LA LLAVE")]
    public void Three_words_in_capitals_are_shouted(string body, string detail) =>
        Assert.Equal((FindingKind.ShoutedWords, detail), Assert.Single(SomeArticle.Check(body).Select(finding => (finding.Kind, finding.Detail))));

    [Theory]
    [InlineData("Conecte USB HDMI VGA al equipo.")]
    [InlineData("Cables HDMI, USB, COAXIAL, OPTICO.")]
    [InlineData("El código es SKU-123 C-7F3K-2Q9X ABC123.")]
    [InlineData("MUY IMPORTANTE.")]
    [InlineData("El botón dice «NO LO TOQUE NUNCA».")]
    public void Acronyms_codes_and_two_words_are_not_shouted(string body) => Assert.Empty(SomeArticle.Check(body));

    [Fact]
    public void A_figure_is_told_once_however_often_it_is_written() => Assert.Single(SomeArticle.Check("Cuesta $450. Sí, $450.\n\n- Pague $450."));

    [Fact]
    public void Nobody_is_told_hundreds_of_one_kind() =>
        Assert.Equal(ArticleChecks.MaxOfAKind, SomeArticle.Check(string.Join("\n\n", Enumerable.Range(1, 300).Select(i => $"Cuesta ${i}."))).Count);

    [Fact]
    public void A_quote_is_cut_at_a_word_and_never_in_half_a_character()
    {
        var words = Finding.Quoted(string.Join(' ', Enumerable.Repeat("palabra", 60)));
        var faces = Finding.Quoted("a" + string.Concat(Enumerable.Repeat("😀", 200)));

        Assert.EndsWith("palabra…", words, StringComparison.Ordinal);
        Assert.InRange(words.Length, 140, Finding.QuoteMaxLength);
        Assert.DoesNotContain(faces.EnumerateRunes(), rune => rune.Value == 0xFFFD);
        Assert.InRange(faces.Length, 140, Finding.QuoteMaxLength);
        Assert.Equal("corto", Finding.Quoted(" corto "));
    }

    [Fact]
    public void Decomposed_letters_are_read_as_composed_ones() =>
        Assert.Equal("vos", Assert.Single(SomeArticle.Check("Si ten\u0065\u0301s dudas, llame.")).Detail);

    [Theory]
    [InlineData("a")]
    [InlineData("á")]
    [InlineData("y")]
    [InlineData("1")]
    [InlineData("1:")]
    [InlineData("1 ")]
    [InlineData("$")]
    [InlineData(".")]
    [InlineData("¿")]
    [InlineData("«")]
    [InlineData("\"")]
    [InlineData("😀")]
    [InlineData("e\u0301")]
    [InlineData("\u0301")]
    [InlineData("\uD83D")]
    [InlineData("<b>")]
    [InlineData("<div>")]
    [InlineData("- ")]
    [InlineData("> ")]
    [InlineData("## \n")]
    [InlineData("A. ")]
    [InlineData("fue hecho y ")]
    [InlineData("de 9 a 6 ")]
    [InlineData("NO LO HAGA ")]
    [InlineData("| a ")]
    public void Hostile_text_is_borne(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 10_000));

        Assert.All(SomeArticle.Check(text), finding => Assert.InRange(finding.Quote.Length, 0, Finding.QuoteMaxLength));
        Assert.All(
            ArticleChecks.Of(SomeArticle.With(text), new RenderedArticle(text, [], [], 1, 1, []), SomeArticle.Known),
            finding => Assert.InRange(finding.Quote.Length, 0, Finding.QuoteMaxLength));
        Assert.True(double.IsFinite(ArticleChecks.ReadabilityOf(text).Score));
    }
}
