namespace SelfService.Search.Tests.Analysis;

public class SearchLanguageTests
{
    [Fact]
    public void The_built_in_language_has_no_problems() => Assert.Empty(SearchLanguage.Default.Problems);

    [Theory]
    [InlineData("cuenta")]
    [InlineData("estado")]
    [InlineData("total")]
    [InlineData("sin")]
    [InlineData("no")]
    public void Words_that_mean_something_are_no_stop_words(string word) =>
        Assert.DoesNotContain(word, SearchLanguage.Default.StopWords.AsEnumerable());

    [Fact]
    public void A_broken_line_is_reported_with_its_number_and_the_others_work()
    {
        SearchLanguage language = SearchLanguage.Parse("de la\n%%%\nel # comentario", "# grupos\na1, b1\nsolo\n => x\nlargo =>\n,,\nde, la\nc1 => d1 e1");
        Assert.Equal(
            ["stopwords:2:no-word", "synonyms:3:one-side", "synonyms:4:one-side", "synonyms:5:one-side", "synonyms:6:one-side", "synonyms:7:no-word"],
            language.Problems.Select(problem => $"{problem.File}:{problem.Line}:{problem.Reason}"));
        Assert.Equal(3, language.Synonyms.Count);
        Assert.Contains("el", language.StopWords.AsEnumerable());
    }

    [Fact]
    public void Null_and_garbage_are_read_without_complaint()
    {
        Assert.NotEmpty(SearchLanguage.Parse(null, null).StopWords);
        Assert.NotNull(SearchLanguage.Parse("\uD800\0\uFEFF", new string(',', 5000) + "\n\uDC00 => \uD800").Problems);
    }

    [Fact]
    public void A_site_decides_what_its_stop_words_are()
    {
        SearchLanguage language = SearchLanguage.Parse("acme", null);
        Assert.Equal(["acme"], language.StopWords);
    }

    [Fact]
    public void What_is_too_short_to_be_searched_in_is_given_other_words_and_loses_those_that_say_little()
    {
        SearchLanguage language = SearchLanguage.Parse("de\nun", "celular, móvil\nfactura, recibo fiscal");
        Assert.Equal(["móvil", "recibo fiscal"], language.OtherWords("Facturas de un celular").Order());
        Assert.Equal("facturas celular", language.WithoutStopWords("Facturas de un celular"));
        Assert.Empty(language.OtherWords(""));
    }
}
