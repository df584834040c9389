using System.Text;
using SelfService.Core.Catalog;
using SelfService.Core.Catalog.Content;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.Orders;
using SelfService.Core.Requests;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Catalog;

/// <summary>The catalogue that comes with the portal.</summary>
public sealed class DemonstrationCatalogueTests
{
    private const int FewestItems = 40;

    [Fact]
    public void Everything_in_it_can_be_used_and_leads_somewhere()
    {
        var content = Path.Combine(Repository.Root, "content");
        var problems = new List<ContentProblem>();
        var loader = new CatalogLoader(content, new ArticleRenderer(TestWords.Spanish), 1600, new CompanyFigures(CompanyProfile.Neutral), new MediaShelf(), problems);
        var files = loader.Load(loader.Paths, CancellationToken.None);

        Assert.Empty(problems.Concat(files.SelectMany(f => f.Problems)).Concat(files.SelectMany(f => loader.Render(f).Problems)));
        Assert.True(files.Count >= FewestItems, $"{files.Count} items");
        Assert.All(loader.Shelves.All, shelf => Assert.Contains(files, f => f.Product!.Shelf == shelf.Key));
        Assert.All(files, f => Assert.NotEmpty(f.Images));
        Assert.All(files, f => Assert.All(Addresses(loader.Render(f).Html, "/catalogo/"), slug => Assert.Contains($"{slug}.yaml", loader.Paths)));
        Assert.All(files, f => Assert.All(Addresses(loader.Render(f).Html, "/articulos/"), slug => Assert.NotEmpty(Directory.GetFiles(content, slug + ".md", SearchOption.AllDirectories))));
        Assert.All(files, f => Assert.All(Addresses(loader.Render(f).Html, "/solicitudes/"), slug => Assert.True(File.Exists(Path.Combine(content, "forms", slug + ".yaml")), slug)));
    }

    [Fact]
    public void The_product_and_the_order_rules_of_the_readme_are_good()
    {
        var blocks = File.ReadAllText(Path.Combine(Repository.Root, "README.md")).Split("```yaml\n").Skip(1).Select(block => Encoding.UTF8.GetBytes(block.Split("```")[0])).ToList();
        var problems = new List<ContentProblem>();
        var shelves = new Shelves([new("lavado", "Lavado", "", "")]);

        var product = ProductFile.Read("lav-m18", blocks.Single(b => Has(b, "\nshelf:")), shelves, 0, new CompanyFigures(CompanyProfile.Neutral), problems);
        var rules = OrderRulesFile.Read(blocks.Single(b => Has(b, "\npayment:")), CompanyProfile.Neutral, DemonstrationDesk);

        Assert.Empty(problems);
        Assert.Equal(["LAV-M18-BL", "LAV-M18-GR"], product.Variants.Select(v => v.Sku));
        Assert.Equal((3, 1600, 19_900L), (rules.Payment.Count, rules.TaxRate, rules.Delivery!.Price));

        static bool Has(byte[] block, string words) => Encoding.UTF8.GetString(block).Contains(words, StringComparison.Ordinal);
    }

    private static ServiceDesk DemonstrationDesk => ServiceDeskFile.Read(File.ReadAllBytes(Path.Combine(Repository.Root, "content", ServiceDeskFile.FileName)));

    private static IEnumerable<string> Addresses(string html, string under) =>
        html.Split($"href=\"{under}").Skip(1).Select(rest => rest.Split('"', '#')[0]);
}
