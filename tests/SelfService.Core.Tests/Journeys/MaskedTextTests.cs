using SelfService.Core.Journeys;

namespace SelfService.Core.Tests.Journeys;

/// <summary>What of a search may be kept.</summary>
public sealed class MaskedTextTests
{
    [Theory]
    [InlineData("mi lavadora no desagua", "mi lavadora no desagua")]
    [InlineData("  mi\tlavadora \r\n no   desagua ", "mi lavadora no desagua")]
    [InlineData("error E2 modelo 610 del 2026", "error E2 modelo 610 del 2026")]
    [InlineData("pedido C-7F3K-2Q9X", "pedido C-7F3K-2Q9X")]
    [InlineData("cuesta $1,234.50", "cuesta $1,234.50")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Words_and_short_numbers_are_kept(string? typed, string kept) => Assert.Equal(kept, MaskedText.Of(typed));

    [Theory]
    [InlineData("cambiar ana.lopez+x@ejemplo.com.mx por otro", "cambiar ••• por otro")]
    [InlineData("ANA@EJEMPLO.EXAMPLE", "•••")]
    [InlineData("ñandú@ejemplo.example,otro@ejemplo.example", "•••")]
    [InlineData("mi teléfono es 5512345678", "mi teléfono es •••")]
    [InlineData("llamar +52 (55) 1234-5678 hoy", "llamar ••• hoy")]
    [InlineData("tarjeta 4111 1111 1111 1111", "tarjeta •••")]
    [InlineData("rfc VECJ880326123", "rfc VECJ•••")]
    [InlineData("tel ٠١٢٣٤٥٦٧", "tel •••")]
    [InlineData("55\u200B12\u200B34\u200B56", "•••")]
    public void What_identifies_a_person_is_masked(string typed, string kept) => Assert.Equal(kept, MaskedText.Of(typed));

    [Fact]
    public void The_text_is_cut_after_masking_so_that_no_half_of_a_number_is_left()
    {
        var text = MaskedText.Of(new string('a', VisitStep.SubjectMaxLength - 4) + " 5512345678");

        Assert.InRange(text.Length, 1, VisitStep.SubjectMaxLength);
        Assert.DoesNotContain("5", text, StringComparison.Ordinal);
    }

    [Fact]
    public void No_character_is_cut_in_half()
    {
        var text = MaskedText.Of(string.Concat(Enumerable.Repeat("😀", 600)) + "x");

        Assert.InRange(text.Length, 1, VisitStep.SubjectMaxLength);
        Assert.DoesNotContain(text.EnumerateRunes(), rune => rune.Value == 0xFFFD);
    }

    [Theory]
    [InlineData("@")]
    [InlineData("1")]
    [InlineData(" ")]
    [InlineData("a@")]
    [InlineData("\0")]
    public void Hostile_text_is_as_long_as_it_may_be_at_most(string part) =>
        Assert.InRange(MaskedText.Of(string.Concat(Enumerable.Repeat(part, 100_000))).Length, 0, VisitStep.SubjectMaxLength);

    [Fact]
    public void A_search_step_is_masked_whoever_makes_it() =>
        Assert.Equal("soy •••", VisitStep.Search(Guid.NewGuid(), "soy ana@ejemplo.example", DateTime.UtcNow).Subject);
}
