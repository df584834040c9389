using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Care;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Variants;
using SelfService.Search;

namespace SelfService.Core.Tests.KnowledgeBase.Variants;

/// <summary>Every reader finds one variant of each article.</summary>
public sealed class ArrangeVariantsTests : KnowledgeBaseTest
{
    private static readonly Core.Company.CompanyProfile TwoOfEach = Core.Company.CompanyProfile.Neutral with { Languages = ["es", "en"], Countries = ["MX", "CO"] };

    private readonly ArrangedVariants arranged = new();

    [Fact]
    public async Task Each_reader_is_listed_the_variant_in_her_language_and_for_her_country()
    {
        Write("pagos/factura.md", "Español.").Write("articles/pagos/invoice.md", "---\ntitle: Invoice\nlang: en-US\nvariant_of: factura\n---\n\nEnglish.\n")
            .Write("articles/pagos/factura-co.md", "---\ntitle: Factura CO\npais: co\nvariant_of: factura\n---\n\nColombia.\n").Write("articles/pagos/otra.md", "---\ntitle: Otra\n---\n\nSola.\n");
        await ImportAsync();

        Assert.Equal(3, await ArrangeAsync());
        Assert.Equal(0, await ArrangeAsync());

        Assert.Equal(["factura", "otra"], await ListedAsync("es", "MX"));
        Assert.Equal(["factura-co", "otra"], await ListedAsync("es", "CO"));
        Assert.Equal(["invoice", "otra"], await ListedAsync("en", "MX"));
        Assert.Equal(["invoice", "otra"], await ListedAsync("en", "CO"));
        Assert.Equal(["factura", "factura-co", "invoice", "otra"], await InAsync(db => db.Articles.OrderBy(a => a.Slug).Select(a => a.Slug).ToListAsync()));
        var view = await InAsync(db => db.ArticleAsync("invoice", Audience.Public, NoCancel));
        Assert.Equal(("en", "factura factura-co invoice"), (view!.Language, string.Join(' ', view.Variants.Select(v => v.Slug).Order())));
    }

    [Fact]
    public async Task A_variant_that_is_taken_back_leaves_its_readers_to_the_article_itself()
    {
        Write("pagos/factura.md", "Español.").Write("articles/pagos/invoice.md", "---\ntitle: Invoice\nlanguage: en\nvariant_of: factura\n---\n\nEnglish.\n");
        await ImportAsync();
        await ArrangeAsync();
        Folder.Write("articles/pagos/invoice.md", "---\ntitle: Invoice\nlanguage: en\nvariant_of: factura\nstatus: draft\n---\n\nEnglish.\n");
        await ImportAsync();

        Assert.Equal(2, await ArrangeAsync());

        Assert.Equal(["factura"], await ListedAsync("en", "MX"));
        Assert.Equal("", (await ArticleAsync("factura")).Readers);
    }

    [Fact]
    public async Task While_nothing_is_published_nothing_is_looked_at()
    {
        Write("pagos/factura.md", "Español.").Write("articles/pagos/invoice.md", "---\ntitle: Invoice\nlanguage: en\nvariant_of: factura\n---\n\nEnglish.\n");
        await ImportAsync();
        Assert.Equal((2, 0), (await ArrangeAsync(), await ArrangeAsync()));
        await InAsync(db => db.Articles.ExecuteUpdateAsync(set => set.SetProperty(a => a.Readers, "")));

        Assert.Equal(0, await ArrangeAsync());
        Write("pagos/otra.md", "Otra.");
        await ImportAsync();
        Assert.Equal(2, await ArrangeAsync());
    }

    [Fact]
    public async Task An_old_address_that_is_given_or_taken_by_hand_counts_at_once()
    {
        Write("pagos/factura.md", "Español.").Write("articles/pagos/invoice.md", "---\ntitle: Invoice\nlanguage: en\nvariant_of: recibo\n---\n\nEnglish.\n");
        await ImportAsync();
        Assert.Equal(0, await ArrangeAsync());

        await InAsync(db => new ManageRedirects(db).AddAsync("/articulos/recibo", "factura", NoCancel));
        Assert.Equal(2, await ArrangeAsync());
        await InAsync(async db => { await new ManageRedirects(db).DeleteAsync("/articulos/recibo", NoCancel); return 0; });
        Assert.Equal(2, await ArrangeAsync());
    }

    [Fact]
    public async Task An_article_that_moved_keeps_its_variants()
    {
        Write("pagos/factura.md", "Español.").Write("articles/pagos/invoice.md", "---\ntitle: Invoice\nlanguage: en\nvariant_of: factura\n---\n\nEnglish.\n");
        await ImportAsync();
        Write("pagos/factura.md", "Español.", "slug: pedir-factura");
        await ImportAsync();

        await ArrangeAsync();

        Assert.Equal(["invoice"], await ListedAsync("en", "MX"));
        Assert.Equal(["pedir-factura"], await ListedAsync("es", "MX"));
        Assert.Equal(2, (await InAsync(db => db.ArticleAsync("invoice", Audience.Public, NoCancel)))!.Variants.Count);
        Assert.Empty((await InAsync(db => db.MissingVariantsAsync("en", "", 1, 50, NoCancel))).Items);
    }

    [Fact]
    public async Task What_nobody_has_begun_in_a_language_is_listed_as_missing()
    {
        Write("pagos/pago.md", "Español.");
        Write("pagos/factura.md", "Español.").Write("articles/pagos/invoice.md", "---\ntitle: Invoice\nlanguage: en\nvariant_of: factura\nstatus: draft\n---\n\nEnglish.\n");
        await ImportAsync();

        Assert.Equal(["pago"], (await InAsync(db => db.MissingVariantsAsync("en", "", 1, 50, NoCancel))).Items.Select(m => m.Slug));
        Assert.Equal(["factura", "pago"], (await InAsync(db => db.MissingVariantsAsync("", "CO", 1, 50, NoCancel))).Items.Select(m => m.Slug));
    }

    [Theory]
    [InlineData("language: \"en\"\ncountry: \"CO\"\nvariant_of: \"factura\"\n")]
    public void Front_matter_keeps_them(string head)
    {
        var text = $"---\ntitle: \"A\"\n{head}---\n\nHola\n";

        var content = ArticleContentReader.Read(text, "pagos", null).Content;

        Assert.Equal(("en", "CO", "factura"), (content.Language, content.Country, content.VariantOf));
        Assert.Equal(text, ArticleFileWriter.Write(content));
        Assert.Equal([ProblemKind.UnknownValue], ArticleContentReader.Read("---\ntitle: A\nlanguage: klingon\n---\n\nHola\n", "pagos", null).Problems.Select(p => p.Kind));
    }

    private Task<int> ArrangeAsync() => InAsync(db => new ArrangeVariants(db, TwoOfEach, arranged).RunAsync(NoCancel));

    private Task<List<string>> ListedAsync(string language, string country) =>
        InAsync(db => db.Articles.VisibleTo(Audience.Public).For(new Reader(language, country)).OrderBy(a => a.Slug).Select(a => a.Slug).ToListAsync());
}
