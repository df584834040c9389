using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.Requests;

namespace SelfService.Core.Catalog.Content;

/// <summary>A file that was read: the product when it can be used, and what is wrong with it.</summary>
/// <param name="Hash">SHA-256 over all that the product is made of, pictures too; another one means that it is stored again.</param>
public sealed record CatalogFile(string Path, string Hash, LoadedProduct? Product, IReadOnlyList<ProductImage> Images, IReadOnlyList<ContentProblem> Problems)
{
    /// <summary>Last part of its address.</summary>
    public string Slug => CatalogLoader.SlugOf(Path);
}

/// <summary>Reads and checks <c>content/catalog</c>; knows no database, so that checking and importing are the same reading.</summary>
public sealed class CatalogLoader
{
    /// <summary>Folder below the content folder.</summary>
    public const string FolderName = "catalog";

    private const string Ending = ".yaml";

    private readonly ContentFolder folder;
    private readonly ArticleRenderer renderer;
    private readonly int usualTaxRate;
    private readonly CompanyFigures figures;
    private readonly MediaShelf pictures;
    private readonly HashSet<string> slugs;
    private readonly Dictionary<string, string> pathBySku = new(StringComparer.Ordinal);

    /// <param name="contentDirectory">A content folder with a catalogue; see <see cref="IsIn"/>.</param>
    /// <param name="usualTaxRate">For files that say none, in hundredths of a percent.</param>
    /// <param name="pictures">Receives the pictures of the files read.</param>
    /// <param name="problems">Receives what is wrong with the folder and with its shelves.</param>
    public CatalogLoader(string contentDirectory, ArticleRenderer renderer, int usualTaxRate, CompanyFigures figures, MediaShelf pictures, ICollection<ContentProblem> problems)
    {
        (this.renderer, this.usualTaxRate, this.figures, this.pictures) = (renderer.WithoutFigures, usualTaxRate, figures, pictures);
        folder = new ContentFolder(Path.Combine(contentDirectory, FolderName));
        Shelves = ReadShelves(contentDirectory, problems);
        var found = new List<ContentProblem>();
        Paths = [.. folder.Files([Ending], found).Where(path => path != ShelvesFile.FileName)];
        slugs = [.. Paths.Select(SlugOf)];
        foreach (var problem in found)
        {
            problems.Add(InFolder(problem, problem.File));
        }
    }

    /// <summary>The shelves of the folder.</summary>
    public Shelves Shelves { get; }

    /// <summary>The files of products, in ordinal order.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>Whether a content folder has a catalogue.</summary>
    public static bool IsIn(string contentDirectory) => Directory.Exists(Path.Combine(contentDirectory, FolderName));

    /// <summary>The shelves of a content folder; none where there is no catalogue or its file is broken.</summary>
    public static Shelves ReadShelves(string contentDirectory, ICollection<ContentProblem> problems)
    {
        if (!IsIn(contentDirectory))
        {
            return Shelves.None;
        }

        try
        {
            var bytes = new ContentFolder(Path.Combine(contentDirectory, FolderName)).Read(ShelvesFile.FileName, TextFile.MaxBytes);
            return ShelvesFile.Read(bytes ?? throw new ContentException(ContentProblem.Error(ProblemKind.FileUnreadable)));
        }
        catch (ContentException exception)
        {
            problems.Add(InFolder(exception.Problem, ShelvesFile.FileName));
            return Shelves.None;
        }
    }

    /// <summary>Last part of the address of the product in a file.</summary>
    public static string SlugOf(string path) => path[..^Ending.Length];

    /// <summary>Reads some files, in their order. Never throws for what a file contains.</summary>
    public IReadOnlyList<CatalogFile> Load(IReadOnlyList<string> paths, CancellationToken cancel) =>
        [.. paths.AsParallel().AsOrdered().WithCancellation(cancel).Select(Load).ToList().Select(WithOwnSkus)];

    /// <summary>The description as its page shows it, and what is wrong with it.</summary>
    public (string Html, IReadOnlyList<ContentProblem> Problems) Render(CatalogFile file)
    {
        var rendered = renderer.Render(file.Product!.Title, file.Product.Description, new Links(slugs));
        return (rendered.Html, [.. rendered.Problems.Select(problem => InFolder(problem with { Line = 0 }, file.Path))]);
    }

    private CatalogFile Load(string path)
    {
        var problems = new List<ContentProblem>();
        try
        {
            var bytes = folder.Read(path, TextFile.MaxBytes) ?? throw new ContentException(ContentProblem.Error(ProblemKind.FileUnreadable));
            var product = ProductFile.Read(SlugOf(path), bytes, Shelves, usualTaxRate, figures, problems);
            foreach (var slug in product.Related.Concat(product.GoesWith).Where(slug => !slugs.Contains(slug)))
            {
                problems.Add(ContentProblem.Warning(ProblemKind.BrokenLink, 0, slug));
            }

            var found = product.Images.Select(image => (Written: image, Linked: Picture(image.File))).ToList();
            problems.AddRange(found.Where(image => image.Linked is null).Select(image => ContentProblem.Warning(ProblemKind.MissingImage, 0, image.Written.File)));
            var seen = found.Where(image => image.Linked is not null).ToList();
            return new CatalogFile(
                path, Hash(bytes, seen.Select(image => image.Linked!.Hash)), product,
                [.. seen.Select(image => new ProductImage(image.Linked!.Url, image.Written.Alt.Length > 0 ? image.Written.Alt : product.Title, image.Linked.Width, image.Linked.Height))],
                [.. problems.Select(problem => InFolder(problem, path))]);
        }
        catch (ContentException exception)
        {
            problems.Add(exception.Problem);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // One file that a parser of others cannot bear must not keep the others out.
            problems.Add(ContentProblem.Error(ProblemKind.FileUnreadable, 0, exception.Message));
        }

        return new CatalogFile(path, "", null, [], [.. problems.Select(problem => InFolder(problem, path))]);
    }

    // The first file in order keeps a SKU that two name.
    private CatalogFile WithOwnSkus(CatalogFile file)
    {
        foreach (var variant in file.Product?.Variants ?? [])
        {
            if (pathBySku.TryGetValue(variant.Sku, out var other) && other != file.Path)
            {
                return file with { Product = null, Problems = [.. file.Problems, InFolder(ContentProblem.Error(ProblemKind.ProductSku, 0, $"{variant.Sku} ({other})"), file.Path)] };
            }
        }

        foreach (var variant in file.Product?.Variants ?? [])
        {
            pathBySku[variant.Sku] = file.Path;
        }

        return file;
    }

    private LinkedImage? Picture(string name) =>
        ContentFolder.Combine("", name) is { } path && folder.Read(path, Media.MaxBytes) is { } bytes && ImageFile.Read(Path.GetFileName(path), bytes) is { } media ? pictures.Add(media) : null;

    // The rate and the renderer too: where they change, what was made of the same file is another product.
    private string Hash(byte[] bytes, IEnumerable<string> pictures) => Convert.ToHexStringLower(SHA256.HashData(
        [.. bytes, .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"|{usualTaxRate}|{ArticleRenderer.CurrentVersion}|{string.Join('|', pictures)}"))]));

    private static ContentProblem InFolder(ContentProblem problem, string path) => problem with { File = $"{FolderName}/{path}" };

    private sealed class Links(HashSet<string> slugs) : IArticleLinks
    {
        public string? Resolve(string link)
        {
            var slug = Slug.From(Path.GetFileNameWithoutExtension(link.Split('#')[0]), "");
            return slugs.Contains(slug) ? Product.AddressOf(slug) : null;
        }

        // The pictures of a product stand beside its description.
        public LinkedImage? Image(string source) => null;
    }
}
