using Microsoft.EntityFrameworkCore;
using SelfService.Core.Catalog.Content;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Core.Requests;
using SelfService.Core.Tickets;

namespace SelfService.Core.Catalog;

/// <summary>
/// Brings <c>content/catalog</c> into the database. Pieces are counted by the database from the moment a SKU arrives, and what
/// was changed there by other means than the file stays: see <see cref="Product.EditedAt"/>.
/// </summary>
public sealed class ImportCatalog(PortalDbContext db, ArticleRenderer renderer, OrderRules rules, CompanyProfile company, TimeProvider clock)
{
    private const int BatchSize = 50;

    /// <summary>Imports every product whose file changed since it was last imported; nothing where there is no catalogue.</summary>
    public async Task<ImportReport> RunAsync(string contentDirectory, IProgress<ContentProgress>? progress, CancellationToken cancel)
    {
        var report = new ImportReport();
        if (!CatalogLoader.IsIn(contentDirectory))
        {
            return report;
        }

        var pictures = new MediaShelf();
        var loader = new CatalogLoader(contentDirectory, renderer, rules.TaxRate, new CompanyFigures(company), pictures, report.Problems);
        var known = await db.Products.AsNoTracking().Where(p => p.FileHash != "").ToDictionaryAsync(p => p.Slug, p => p.FileHash, cancel);
        report.Files = loader.Paths.Count;
        var done = 0;
        foreach (var batch in loader.Paths.Chunk(BatchSize))
        {
            var files = loader.Load(batch, cancel);
            var media = pictures.TakeWaiting();
            var changed = files.Where(file => file.Product is null || known.GetValueOrDefault(file.Slug) != file.Hash).ToList();
            report.Unchanged += files.Count - changed.Count;
            report.Problems.AddRange(changed.SelectMany(file => file.Problems));
            report.Failed += changed.Count(file => file.Product is null);
            if (changed.Count > 0)
            {
                await StoreMediaAsync(media, cancel);
            }

            foreach (var file in changed.Where(file => file.Product is not null))
            {
                await StoreAsync(file, loader, report, cancel);
            }

            progress?.Report(new ContentProgress(done += batch.Length, loader.Paths.Count));
        }

        foreach (var gone in known.Keys.Except(loader.Paths.Select(CatalogLoader.SlugOf)).Order(StringComparer.Ordinal))
        {
            report.Problems.Add(ContentProblem.Notice(ProblemKind.ProductGone, 0, gone) with { File = $"{CatalogLoader.FolderName}/{gone}.yaml" });
        }

        return report;
    }

    private async Task StoreMediaAsync(IReadOnlyList<Media> media, CancellationToken cancel)
    {
        try
        {
            await db.InTransactionAsync(() => db.AddMissingAsync(media, cancel), cancel);
        }
        catch (DbUpdateException)
        {
            // Another node that starts now has just stored one of them.
            db.ChangeTracker.Clear();
            await db.InTransactionAsync(() => db.AddMissingAsync(media, cancel), cancel);
        }
    }

    // One transaction each: what the database refuses of one leaves the others alone.
    private async Task StoreAsync(CatalogFile file, CatalogLoader loader, ImportReport report, CancellationToken cancel)
    {
        var (html, problems) = loader.Render(file);
        report.Problems.AddRange(problems);
        try
        {
            var written = await db.InTransactionAsync(() => WriteAsync(file, html, cancel), cancel);
            report.Created += written.IsNew ? 1 : 0;
            report.Updated += written.IsNew ? 0 : 1;
            if (written.Kept.Count > 0)
            {
                report.Conflicts++;
                report.Problems.Add(ContentProblem.Warning(ProblemKind.ProductEdited, 0, string.Join(", ", written.Kept)) with { File = $"{CatalogLoader.FolderName}/{file.Path}" });
            }
        }
        catch (Exception exception) when (exception is DbUpdateException or ContentException)
        {
            report.Failed++;
            var problem = exception is ContentException content ? content.Problem : ContentProblem.Error(ProblemKind.NotStored, 0, exception.GetBaseException().Message);
            report.Problems.Add(problem with { File = $"{CatalogLoader.FolderName}/{file.Path}" });
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    private async Task<(bool IsNew, IReadOnlyList<string> Kept)> WriteAsync(CatalogFile file, string html, CancellationToken cancel)
    {
        var loaded = file.Product!;
        var skus = loaded.Variants.Select(v => v.Sku).ToList();
        if (await db.Variants.Where(v => skus.Contains(v.Sku) && v.Product.Slug != loaded.Slug).Select(v => v.Sku).FirstOrDefaultAsync(cancel) is { } taken)
        {
            throw new ContentException(ContentProblem.Error(ProblemKind.ProductSku, 0, taken));
        }

        await db.HoldImagesAsync(file.Images.Select(i => new ArticleImage(i.Url, i.Url.Split('/')[2])), cancel);
        var product = await db.Products.Include(p => p.Variants).SingleOrDefaultAsync(p => p.Slug == loaded.Slug, cancel);
        var isNew = product is null;
        product ??= db.Products.Add(new Product { Slug = loaded.Slug }).Entity;
        var kept = product.EditedAt is null ? [] : ProductFacts.Differences(product, loaded);
        if (kept.Count == 0)
        {
            product.EditedAt = null;
            ProductFacts.Write(product, loaded);
        }

        product.Kind = loaded.Kind;
        product.Description = loaded.Description;
        product.DescriptionHtml = html;
        product.Keywords = loaded.Keywords;
        product.Images = file.Images;
        product.Specs = loaded.Specs;
        product.Options = loaded.Options;
        product.Related = loaded.Related;
        product.GoesWith = loaded.GoesWith;
        product.PriceNote = loaded.PriceNote;
        product.Position = loaded.Position;
        product.FileHash = file.Hash;
        product.UpdatedAt = clock.GetUtcNow().UtcDateTime;
        product.ChangeNumber = await db.NextAsync(Product.ChangeSequence, cancel);
        await WriteVariantsAsync(product, loaded, kept.Count > 0, cancel);
        return (isNew, kept);
    }

    private async Task WriteVariantsAsync(Product product, LoadedProduct loaded, bool keepsFigures, CancellationToken cancel)
    {
        var bySku = product.Variants.ToDictionary(v => v.Sku);
        foreach (var (written, position) in loaded.Variants.Select((v, i) => (v, i)))
        {
            if (!bySku.Remove(written.Sku, out var variant))
            {
                variant = new Variant { ProductId = product.Id, Product = product, Sku = written.Sku, InStock = written.Stock, Price = written.Price, LowStock = written.LowStock };
                db.Variants.Add(variant);
                if (written.Stock is > 0 and var pieces)
                {
                    db.StockMovements.Add(new StockMovement { VariantId = variant.Id, Delta = pieces, Reason = StockReason.Initial, Actor = ActorKind.System, At = product.UpdatedAt });
                }
            }
            else if (variant.InStock is null != written.Stock is null)
            {
                await db.CountFromNowAsync(variant.Id, written.Stock, product.UpdatedAt, cancel);
            }

            variant.Options = written.Options;
            variant.Position = position;
            if (!keepsFigures)
            {
                (variant.Price, variant.LowStock, variant.IsOnSale) = (written.Price, written.LowStock, true);
            }
        }

        // What is no longer in the file may have been ordered: it stays, and is sold no more.
        foreach (var gone in bySku.Values.Where(_ => !keepsFigures))
        {
            gone.IsOnSale = false;
        }

        product.PriceFrom = product.Variants.Where(v => v.IsOnSale).Select(v => v.Price).DefaultIfEmpty(product.PriceFrom).Min();
        await db.SaveChangesAsync(cancel);
    }
}
