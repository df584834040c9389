using SelfService.Web.Components;

namespace SelfService.Web.Tests.Components;

public sealed class CssMinifierTests
{
    [Theory]
    [InlineData("a { color: red; }", "a{color:red}")]
    [InlineData("a :hover { top: 0 }", "a :hover{top:0}")]
    [InlineData(".a { & .b { width: calc(1px + 2px); } }", ".a{& .b{width:calc(1px + 2px)}}")]
    [InlineData("/* one */ a { /* two */ top: 0; } /* open", "a{top:0}")]
    [InlineData("a::before { content: \"  /* not a comment */ ; \"; }", "a::before{content:\"  /* not a comment */ ; \"}")]
    [InlineData("a { content: \"\\\"  }\"; b: 'x'; }", "a{content:\"\\\"  }\";b:'x'}")]
    [InlineData("@media (min-width: 40rem) and (hover: none) { a, b { margin: 0 auto } }", "@media (min-width:40rem) and (hover:none){a,b{margin:0 auto}}")]
    [InlineData("a{content:\"never closed", "a{content:\"never closed")]
    public void Minify_KeepsWhatCarriesMeaning(string css, string expected) => Assert.Equal(expected, CssMinifier.Minify(css));
}
