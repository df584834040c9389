using SelfService.Core.Appointments.Content;
using SelfService.Core.Catalog.Content;
using SelfService.Core.Company;
using SelfService.Core.Deflection;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.KnowledgeBase.LiveData;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.Orders;
using SelfService.Core.Requests;
using SelfService.Core.Synonyms;
using SelfService.Core.Tickets;

namespace SelfService.Core.KnowledgeBase;

/// <summary>Reads a content folder as an import would, and writes nothing.</summary>
public static class CheckContent
{
    /// <summary>Everything worth reporting, in the order of the files.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static (int Files, IReadOnlyList<ContentProblem> Problems) Run(
        string contentDirectory, RenderWords words, IProgress<ContentProgress>? progress, CancellationToken cancel)
    {
        var problems = new List<ContentProblem>();
        var company = Company(contentDirectory, problems) ?? CompanyProfile.Neutral;
        var desk = Desk(contentDirectory, problems);
        var agenda = AgendaFolder.Read(contentDirectory, company, desk ?? ServiceDesk.Plain(""), problems);
        var prices = new List<SkuPrice>();
        var products = Selling(contentDirectory, company, desk, new ArticleRenderer(words), prices, problems, cancel);
        var snippets = ImportSnippets.Read(contentDirectory, problems).Select(s => KeyValuePair.Create(s.Key, s.Value.Body));
        var renderer = new ArticleRenderer(words, new CurrentFigures { Figures = CompanyFacts.Read(company, agenda, prices, snippets, words) });
        var folder = ContentFolder.OfArticles(contentDirectory);
        var paths = folder.Files(ArticleLoader.Endings, problems);
        var shelf = new MediaShelf();
        var plan = new SlugPlan(paths, new Dictionary<string, string>(), new HashSet<string>());
        var loader = new ArticleLoader(folder, plan, renderer, shelf);
        var done = 0;
        foreach (var batch in paths.Chunk(50))
        {
            problems.AddRange(batch.AsParallel().AsOrdered().WithCancellation(cancel).SelectMany(path => loader.Load(path).Problems));
            shelf.TakeWaiting();
            progress?.Report(new ContentProgress(done += batch.Length, paths.Count));
        }

        foreach (var path in folder.Files([ArticleLoader.CategoryFileName], problems))
        {
            Try(path, problems, () => CategoryFile.Read(folder.Read(path, TextFile.MaxBytes)));
        }

        var experiments = Path.Combine(contentDirectory, ExperimentsFile.FileName);
        if (File.Exists(experiments))
        {
            Try(ExperimentsFile.FileName, problems, () => ExperimentsFile.Read(File.ReadAllBytes(experiments)));
        }

        var editing = Path.Combine(contentDirectory, EditingFile.FileName);
        if (File.Exists(editing))
        {
            Try(EditingFile.FileName, problems, () => EditingFile.Read(File.ReadAllBytes(editing)));
        }

        problems.AddRange(CompanySynonyms.Read(contentDirectory).Problems());
        Forms(contentDirectory, plan, desk, problems);
        return (paths.Count + products, problems);
    }

    private static CompanyProfile? Company(string contentDirectory, List<ContentProblem> problems)
    {
        var site = Path.Combine(contentDirectory, CompanyFile.FileName);
        CompanyProfile? company = null;
        if (File.Exists(site))
        {
            var found = new List<ContentProblem>();
            Try(CompanyFile.FileName, problems, () => company = CompanyFile.Read(File.ReadAllBytes(site), found));
            problems.AddRange(found.Select(problem => problem with { File = CompanyFile.FileName }));
        }

        return company;
    }

    private static ServiceDesk? Desk(string contentDirectory, List<ContentProblem> problems)
    {
        var queues = Path.Combine(contentDirectory, ServiceDeskFile.FileName);
        ServiceDesk? desk = null;
        if (File.Exists(queues))
        {
            Try(ServiceDeskFile.FileName, problems, () => desk = ServiceDeskFile.Read(File.ReadAllBytes(queues)));
        }

        return desk;
    }

    private static void Forms(string contentDirectory, SlugPlan plan, ServiceDesk? desk, List<ContentProblem> problems)
    {
        var queues = Path.Combine(contentDirectory, ServiceDeskFile.FileName);
        var found = new List<ContentProblem>();
        var forms = RequestForms.Read(contentDirectory, desk ?? ServiceDesk.Plain(""), found);
        // Where the queues themselves are broken, that forms name them says nothing.
        problems.AddRange(found.Where(problem => problem.Kind != ProblemKind.FormRouting || desk is not null || !File.Exists(queues)));
        problems.AddRange(
            from form in forms.All
            from article in form.Articles
            where !plan.Has(article)
            select ContentProblem.Warning(ProblemKind.FormArticle, 0, article) with { File = $"{RequestForms.FolderName}/{form.Slug}.yaml" });
    }

    // How the company sells, and what.
    private static int Selling(string contentDirectory, CompanyProfile company, ServiceDesk? desk, ArticleRenderer renderer, List<SkuPrice> prices, List<ContentProblem> problems, CancellationToken cancel)
    {
        var rules = OrderRules.Plain(company);
        var file = Path.Combine(contentDirectory, OrderRulesFile.FileName);
        if (File.Exists(file))
        {
            Try(OrderRulesFile.FileName, problems, () => rules = OrderRulesFile.Read(File.ReadAllBytes(file), company, desk ?? ServiceDesk.Plain("")));
        }

        if (!CatalogLoader.IsIn(contentDirectory))
        {
            return 0;
        }

        var pictures = new MediaShelf();
        var loader = new CatalogLoader(contentDirectory, renderer, rules.TaxRate, new CompanyFigures(company), pictures, problems);
        foreach (var batch in loader.Paths.Chunk(50))
        {
            foreach (var product in loader.Load(batch, cancel))
            {
                problems.AddRange(product.Problems);
                prices.AddRange(product.Product?.Variants.Select(v => new SkuPrice(v.Sku, v.Price, product.Product.PriceNote)) ?? []);
                problems.AddRange(product.Product is null ? [] : loader.Render(product).Problems);
            }

            pictures.TakeWaiting();
        }

        return loader.Paths.Count;
    }

    private static void Try(string path, List<ContentProblem> problems, Action read)
    {
        try
        {
            read();
        }
        catch (ContentException exception)
        {
            problems.Add(exception.Problem with { File = path });
        }
    }
}
