namespace SelfService.Search.Tests.Highlighting;

public class HighlighterTests
{
    private static SearchHit Hit(string query, string title, string text = "") =>
        TestCorpus.Engine(TestCorpus.Article("a", title, text)).Ask(query).Hits.Single();

    [Fact]
    public void A_title_with_a_script_stays_text() =>
        Assert.Equal("&lt;<mark>script</mark>&gt;alert(&quot;<mark>pago</mark>&quot;)&lt;/<mark>script</mark>&gt;",
            Hit("script pago", "<script>alert(\"pago\")</script>").TitleHtml);

    [Fact]
    public void A_mark_that_an_author_wrote_stays_text()
    {
        SearchHit hit = Hit("pago", "El <mark>pago</mark>", "Un </mark><b onclick='x'>pago</b> & más");
        Assert.Equal("El &lt;mark&gt;<mark>pago</mark>&lt;/mark&gt;", hit.TitleHtml);
        Assert.Equal("Un &lt;/mark&gt;&lt;b onclick=&#39;x&#39;&gt;<mark>pago</mark>&lt;/b&gt; &amp; más", hit.SnippetHtml);
    }

    [Fact]
    public void An_entity_that_an_author_wrote_is_escaped_again() =>
        Assert.Equal("&amp;lt;<mark>pago</mark>&amp;gt;", Hit("pago", "&lt;pago&gt;").TitleHtml);

    [Fact]
    public void Searching_for_an_entity_does_not_open_one() =>
        Assert.Equal("Tom &amp; Jerry <mark>amp</mark>", Hit("amp", "Tom & Jerry amp").TitleHtml);

    [Theory]
    [InlineData("devolucion", "Devoluciones y cambios", "<mark>Devoluciones</mark> y cambios")]
    [InlineData("cancelar pedido", "Cancelación de pedidos", "<mark>Cancelación</mark> de <mark>pedidos</mark>")]
    [InlineData("celular", "Configurar el móvil", "Configurar el <mark>móvil</mark>")]
    [InlineData("sku-123", "Manual del SKU-123", "Manual del <mark>SKU-123</mark>")]
    [InlineData("reenbolso", "Pedir un reembolso", "Pedir un <mark>reembolso</mark>")]
    [InlineData("cambio de casa", "Cambio de casa", "<mark>Cambio</mark> de <mark>casa</mark>")]
    public void Stems_synonyms_codes_and_corrections_are_marked(string query, string title, string expected) =>
        Assert.Equal(expected, Hit(query, title).TitleHtml);

    [Fact]
    public void A_snippet_shows_the_best_passage_cut_at_words()
    {
        string filler = string.Concat(Enumerable.Repeat("Texto que no viene al caso. ", 40));
        string text = $"{filler}Para recibir la factura entre en su cuenta. {filler}";
        string snippet = Hit("recibir factura", "Otra cosa", text).SnippetHtml;
        Assert.StartsWith("…", snippet, StringComparison.Ordinal);
        Assert.EndsWith("…", snippet, StringComparison.Ordinal);
        Assert.Contains("<mark>recibir</mark> la <mark>factura</mark>", snippet, StringComparison.Ordinal);
        string plain = snippet.Replace("<mark>", "", StringComparison.Ordinal).Replace("</mark>", "", StringComparison.Ordinal).Trim('…');
        Assert.InRange(plain.Length, 120, 200);
        Assert.Contains(" " + plain + " ", " " + text + " ", StringComparison.Ordinal);
    }

    [Fact]
    public void A_snippet_never_cuts_an_emoji_in_two()
    {
        string text = "pago " + string.Concat(Enumerable.Repeat("👍", 400));
        string snippet = Hit("pago", "x", text).SnippetHtml.Trim('…');
        Assert.False(char.IsHighSurrogate(snippet[^1]));
    }
}
