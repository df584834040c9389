using SelfService.Search.Querying;

namespace SelfService.Search.Tests.Querying;

public class SearchQueryTests
{
    [Fact]
    public void Words_phrases_and_codes_come_as_typed()
    {
        SearchQuery query = SearchQuery.Parse("  ¿Dónde  está C-7F3K-2Q9X? \"gastos de envío\" «sin costo» 'x' ");
        Assert.Equal(["Dónde", "está", "C-7F3K-2Q9X", "x"], query.Words);
        Assert.Equal(["gastos de envío", "sin costo"], query.Phrases.Select(phrase => string.Join(' ', phrase)));
        Assert.Equal("¿Dónde está C-7F3K-2Q9X? \"gastos de envío\" «sin costo» 'x'", query.Text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\n\u200B")]
    [InlineData("¿? ... \" --")]
    public void Nothing_to_search_for_is_empty(string? text) => Assert.True(SearchQuery.Parse(text).IsEmpty);

    [Fact]
    public void An_unclosed_quote_is_only_a_sign()
    {
        SearchQuery query = SearchQuery.Parse("pantalla de 15\"");
        Assert.Equal(["pantalla", "de", "15"], query.Words);
        Assert.Empty(query.Phrases);
    }

    [Fact]
    public void Long_text_is_cut_at_a_word()
    {
        SearchQuery query = SearchQuery.Parse(string.Concat(Enumerable.Repeat("devolución ", 2000)));
        Assert.InRange(query.Text.Length, SearchQuery.MaxLength - 12, SearchQuery.MaxLength);
        Assert.EndsWith("devolución", query.Text, StringComparison.Ordinal);
        Assert.All(query.Words, word => Assert.Equal("devolución", word));
    }

    [Fact]
    public void A_long_text_without_spaces_is_cut_too() =>
        Assert.Equal(SearchQuery.MaxLength, SearchQuery.Parse(new string('a', 100_000)).Text.Length);
}
