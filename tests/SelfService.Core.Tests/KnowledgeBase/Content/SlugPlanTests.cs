using SelfService.Core.KnowledgeBase.Content;

namespace SelfService.Core.Tests.KnowledgeBase.Content;

public sealed class SlugPlanTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Fact]
    public void The_name_of_the_file_is_the_address()
    {
        var plan = Plan("pagos/Formas de pago.md");

        Assert.Equal("formas-de-pago", plan["pagos/Formas de pago.md"]);
    }

    [Fact]
    public void Of_two_files_with_one_name_the_second_takes_its_folder_and_the_third_a_number()
    {
        var plan = Plan("a/inicio.md", "b/inicio.md", "b/inicio.markdown", "b/Inicio.md");

        Assert.Equal(["inicio", "inicio-b", "inicio-2", "inicio-3"], plan.Slugs.Values);
    }

    [Fact]
    public void A_file_imported_before_keeps_its_address_and_a_newcomer_gives_way()
    {
        var plan = new SlugPlan(["a/pago.md", "z/pago.md"], new Dictionary<string, string> { ["z/pago.md"] = "pago" }, new HashSet<string> { "pago-a" });

        Assert.Equal("pago", plan["z/pago.md"]);
        Assert.Equal("pago-2", plan["a/pago.md"]);
    }

    [Fact]
    public void A_thousand_files_of_one_name_all_get_an_address()
    {
        var plan = Plan([.. Enumerable.Range(0, 1000).Select(i => $"c{i % 3}/{new string('x', i / 3)}ñ.md")]);

        Assert.Equal(1000, plan.Slugs.Values.Distinct().Count());
        Assert.All(plan.Slugs.Values, slug => Assert.InRange(slug.Length, 1, 160));
    }

    [Theory]
    [InlineData("factura.md", "/articulos/factura")]
    [InlineData("./factura.md", "/articulos/factura")]
    [InlineData("factura", "/articulos/factura")]
    [InlineData("factura.md#plazo", "/articulos/factura#plazo")]
    [InlineData("../envios/rastreo.md", "/articulos/rastreo")]
    [InlineData("/pagos/factura.md", "/articulos/factura")]
    [InlineData("/help/docs/envios/rastreo.md", "/articulos/rastreo")]
    [InlineData("../../../envios/rastreo.md", "/articulos/rastreo")]
    [InlineData("dos%20palabras.md", "/articulos/dos-palabras")]
    [InlineData("Rastreo.md", "/articulos/rastreo")]
    public void A_link_of_a_file_leads_to_the_article(string link, string address) => Assert.Equal(address, LinkedPlan().Resolve("pagos/a.md", link));

    [Theory]
    [InlineData("nada.md")]
    [InlineData("../../../../etc/passwd")]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("/")]
    [InlineData("%00")]
    [InlineData("%zz%")]
    [InlineData("....//....//nada.md")]
    [InlineData("..\\..\\nada.md")]
    public void A_link_to_nothing_leads_nowhere(string link) => Assert.Null(LinkedPlan().Resolve("pagos/a.md", link));

    private static SlugPlan LinkedPlan() => Plan("envios/rastreo.md", "pagos/a.md", "pagos/dos palabras.md", "pagos/factura.md");

    private static SlugPlan Plan(params string[] paths) => new(paths, Nothing, new HashSet<string>());
}
