using SelfService.Search.Analysis;

namespace SelfService.Search.Tests.Analysis;

public class SynonymTests
{
    private static readonly SearchLanguage Language =
        SearchLanguage.Parse(null, "regresar => devolver, reembolso\ncita, turno\nno anda, no funciona\nmensajero => repartidor");

    [Theory]
    [InlineData("regresar", "devolver/reembolso")]
    [InlineData("regresarlo", "devolver/reembolso")]
    [InlineData("regresaron", "devolver/reembolso")]
    [InlineData("regreso", "")]
    [InlineData("devolver", "")]
    [InlineData("citas", "turno")]
    [InlineData("no anda", "no funciona")]
    [InlineData("no andan", "no funciona")]
    [InlineData("no funcionaba", "no anda")]
    [InlineData("anda", "")]
    public void Inflected_words_and_verb_forms_find_their_group(string typed, string expected) =>
        Assert.Equal(expected, string.Join('/', Alternatives(Language, typed)));

    [Fact]
    public void An_inflected_verb_finds_what_its_synonym_is_written_in()
    {
        var engine = EngineUnderTest.New(Language);
        engine.Apply([TestCorpus.Article("a", "Devolvimos su dinero"), TestCorpus.Article("b", "Otra cosa")], [], 1);
        Assert.Equal(["a"], engine.Ask("no me lo regresaron").Ids());
    }

    [Fact]
    public void A_word_written_down_as_a_synonym_is_not_corrected()
    {
        var engine = EngineUnderTest.New(Language);
        engine.Apply([TestCorpus.Article("a", "El repartidor"), TestCorpus.Article("b", "El mensaje")], [], 1);
        SearchResults results = engine.Ask("mensajero");
        Assert.Equal("a", results.Ids()[0]);
        Assert.Null(results.Correction);
    }

    [Theory]
    [InlineData("quisiera")]
    [InlineData("entiendo")]
    [InlineData("entienden")]
    public void A_verb_or_stop_word_the_index_does_not_have_is_not_corrected(string typed)
    {
        var engine = EngineUnderTest.New(Language);
        engine.Apply([TestCorpus.Article("a", "Encienda el equipo"), TestCorpus.Article("b", "Quinsiera")], [], 1);
        Assert.Null(engine.Ask($"{typed} equipo").Correction);
    }

    [Fact]
    public void A_common_synonym_does_not_make_a_rare_word_common()
    {
        var engine = EngineUnderTest.New(Language);
        engine.Apply([
            TestCorpus.Article("a", "La cita"),
            TestCorpus.Article("b", "Cambiar la contraseña"),
            TestCorpus.Article("c", "Cambiar el correo"),
            .. Enumerable.Range(0, 9).Select(i => TestCorpus.Article($"t{i}", $"Turno número {i}")),
        ], [], 1);
        Assert.Equal("a", engine.Ask("cita cambiar").Ids()[0]);
    }

    /// <summary>What the expression as a whole is also called.</summary>
    internal static IEnumerable<string> Alternatives(SearchLanguage language, string typed) =>
        language.Synonyms.Of(WordReader.Words(typed).Select(SpanishStemmer.Stem).ToArray())
            .Select(alternative => string.Join(' ', alternative.Words));
}
