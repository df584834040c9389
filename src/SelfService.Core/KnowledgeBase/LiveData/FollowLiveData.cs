using Microsoft.EntityFrameworkCore;
using SelfService.Core.Appointments;
using SelfService.Core.Catalog;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase.LiveData;

/// <summary>Keeps the figures at the state of the company, and what readers see at that of the figures.</summary>
public sealed class FollowLiveData(PortalDbContext db, CurrentFigures current, CompanyProfile company, Agenda agenda, RenderWords words, RerenderArticles rerender)
{
    private static readonly string[] Watched = [Product.ChangeSequence, Snippet.ChangeSequence, Article.ChangeSequence];

    /// <summary>Reads the figures when something has changed, and renders the published articles that show another one.</summary>
    /// <returns>Number of articles rendered.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var numbers = await db.Sequences.Where(s => Watched.Contains(s.Name)).ToDictionaryAsync(s => s.Name, s => s.Value, cancel);
        var source = new Source(agenda, string.Join(' ', Watched.Select(name => numbers.GetValueOrDefault(name))));
        if (source.Equals(current.Source))
        {
            return 0;
        }

        await ReadAsync(cancel);
        var figures = current.Figures;
        var shown = await db.Articles.Where(a => a.Status == ArticleStatus.Published && a.PublishedRevision!.HasFigures)
            .Select(a => new { a.Id, a.PublishedRevision!.Figures }).ToListAsync(cancel);
        var rendered = await rerender.RunAsync([.. shown.Where(a => !figures.IsCurrent(a.Figures)).Select(a => a.Id)], cancel);
        // Only now: what fails is tried again. What was rendered is a change of its own, which the next run finds in order.
        current.Source = source;
        return rendered;
    }

    /// <summary>Reads the figures.</summary>
    public async Task ReadAsync(CancellationToken cancel)
    {
        var prices = await db.Variants.Where(v => v.IsOnSale && v.Product.IsOnSale).Select(v => new SkuPrice(v.Sku, v.Price, v.Product.PriceNote)).ToListAsync(cancel);
        var snippets = await db.Snippets.Select(s => new { s.Key, s.Body }).ToDictionaryAsync(s => s.Key, s => s.Body, cancel);
        current.Figures = CompanyFacts.Read(company, agenda, prices, snippets, words);
    }

    private sealed record Source(Agenda Agenda, string Numbers);
}
