using SelfService.Core.KnowledgeBase.Content;

namespace SelfService.Core.Tests.KnowledgeBase.Content;

public sealed class SlugTests
{
    [Theory]
    [InlineData("Formas de pago", "formas-de-pago")]
    [InlineData("¿Cómo cancelo mi contraseña?", "como-cancelo-mi-contrasena")]
    [InlineData("AÑO  2026 -- güiro", "ano-2026-guiro")]
    [InlineData("an\u0303o", "ano")]
    [InlineData("../../etc/passwd", "etc-passwd")]
    [InlineData("a\u200Bb", "ab")]
    [InlineData("C# 50%", "c-50")]
    [InlineData("mailbox-full-error@25f49984", "mailbox-full-error-25f49984")]
    [InlineData("日本語", "x")]
    [InlineData("💳", "x")]
    [InlineData("---", "x")]
    [InlineData("", "x")]
    public void A_slug_is_lower_case_ascii_with_single_hyphens(string text, string slug) => Assert.Equal(slug, Slug.From(text, "x"));

    [Fact]
    public void A_slug_is_never_longer_than_its_column()
    {
        Assert.Equal(120, Slug.From(new string('a', 500), "x").Length);
        Assert.Equal(119, Slug.From(new string('a', 119) + "-" + new string('b', 500), "x").Length);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_reason_to_fail() => Assert.Equal("a-b", Slug.From("a\uD83Db", "x"));
}
