using AngleSharp.Html.Parser;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Tickets;

public sealed class MessageMarkdownTests
{
    [Theory]
    [InlineData("Hola:\nlisto", "<p>Hola:<br>\nlisto</p>")]
    [InlineData("**Ya** quedó", "<p><strong>Ya</strong> quedó</p>")]
    [InlineData("- uno\n- dos", "<ul>\n<li>uno</li>\n<li>dos</li>\n</ul>")]
    [InlineData("> usted dijo", "<blockquote>\n<p>usted dijo</p>\n</blockquote>")]
    [InlineData("Vea [la guía](https://ayuda.example/articulos/x)", "<p>Vea <a href=\"https://ayuda.example/articulos/x\" rel=\"noopener noreferrer\">la guía</a></p>")]
    [InlineData("Vea https://ayuda.example/a", "<p>Vea <a href=\"https://ayuda.example/a\" rel=\"noopener noreferrer\">https://ayuda.example/a</a></p>")]
    [InlineData("# 5 piezas\n---\n    con sangría", "<p># 5 piezas<br>\n---<br>\ncon sangría</p>")]
    [InlineData("🙂 año", "<p>🙂 año</p>")]
    public void An_answer_is_shown_as_it_was_meant(string markdown, string html) => Assert.Equal(html, MessageMarkdown.Html(markdown));

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](data:text/html,1)")]
    [InlineData("![x](https://malo.example/p.png)")]
    [InlineData("<https://a.example/\" onmouseover=\"x>")]
    public void Nothing_in_it_is_markup_of_its_own(string markdown)
    {
        using var page = new HtmlParser().ParseDocument(MessageMarkdown.Html(markdown));

        Assert.Empty(page.QuerySelectorAll("script, img"));
        Assert.All(page.QuerySelectorAll("body *"), e => Assert.All(e.Attributes, a => Assert.Contains(a.Name, new[] { "href", "rel" })));
        Assert.All(page.QuerySelectorAll("a"), a => Assert.StartsWith("https://", a.GetAttribute("href"), StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_beyond_the_limits_stays_as_it_is_written()
    {
        var deep = new string('>', 300) + " hondo";

        Assert.Equal("", MessageMarkdown.Html(deep));
        Assert.Equal(deep, MessageMarkdown.Plain(deep));
        Assert.Equal("", MessageMarkdown.Html(new string('a', Message.BodyMaxLength + 1)));
        Assert.Equal("", MessageMarkdown.Html(""));
    }

    [Theory]
    [InlineData("**Ya** quedó\nlisto", "Ya quedó\nlisto")]
    [InlineData("Pasos:\n\n- uno\n- **dos**\n\n1. tres\n2. cuatro", "Pasos:\n\n- uno\n- dos\n\n1. tres\n2. cuatro")]
    [InlineData("Vea [la guía](https://a.example/g) o https://a.example/h", "Vea la guía (https://a.example/g) o https://a.example/h")]
    [InlineData("> usted dijo\n> esto\n\n`x * y`", "> usted dijo\n> esto\n\nx * y")]
    [InlineData("5 * 3 * 2 y a_b_c & más", "5 * 3 * 2 y a_b_c & más")]
    public void A_mail_without_marks_says_the_same(string markdown, string plain) => Assert.Equal(plain, MessageMarkdown.Plain(markdown));
}
