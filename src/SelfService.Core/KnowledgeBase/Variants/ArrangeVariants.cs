using Microsoft.EntityFrameworkCore;
using SelfService.Core.Company;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase.Variants;

/// <summary>
/// Decides who is shown which variant of an article in lists and searches: one in her language and for her country, then one in her
/// language, then one in the company's language, then the article itself. Everybody can open every variant by its address.
/// </summary>
public sealed class ArrangeVariants(PortalDbContext db, CompanyProfile company, ArrangedVariants last)
{
    /// <summary>Brings every article's readers to what is published now, when something was published since the last run.</summary>
    /// <returns>Number of articles that changed.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var newest = await db.NewestAsync(Article.ChangeSequence, cancel);
        if (newest == last.Change)
        {
            return 0;
        }

        var desired = await DesiredAsync(cancel);
        var ids = desired.Where(d => d.Before != d.Readers).Select(d => d.Id).ToList();
        if (ids.Count == 0)
        {
            last.Change = newest;
            return 0;
        }

        // A change of its own, which the next run finds in order.
        try
        {
            return await db.InTransactionAsync(async () =>
            {
                var change = await db.NextAsync(Article.ChangeSequence, cancel);
                foreach (var article in await db.Articles.Where(a => ids.Contains(a.Id)).ToListAsync(cancel))
                {
                    article.Readers = desired.First(d => d.Id == article.Id).Readers;
                    article.ChangeNumber = change;
                }

                return ids.Count;
            }, cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody published one of them, or another node was quicker; the next run looks again.
            return 0;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    private async Task<List<Desired>> DesiredAsync(CancellationToken cancel)
    {
        var live = db.Articles.AsNoTracking().Where(a => a.Status == ArticleStatus.Published && a.PublishedRevisionId != null);
        var variants = await live.Where(a => a.VariantOf != "").Select(a => new Row(a.Id, a.Slug, a.VariantOf, a.Language, a.Country, a.Readers)).ToListAsync(cancel);
        var named = variants.Select(v => v.VariantOf).Distinct().ToList();
        var moved = await MovedAsync(named, cancel);
        var slugs = named.Select(name => moved.GetValueOrDefault(name, name)).Distinct().ToList();
        var mains = await live.Where(a => slugs.Contains(a.Slug) && a.VariantOf == "").Select(a => new Row(a.Id, a.Slug, "", a.Language, a.Country, a.Readers)).ToListAsync(cancel);
        var groups = mains.ToDictionary(m => m.Slug, m => new List<Row> { m });
        foreach (var variant in variants.OrderBy(v => v.Slug, StringComparer.Ordinal))
        {
            // Without the article that it says for others, it is one of its own.
            groups.GetValueOrDefault(moved.GetValueOrDefault(variant.VariantOf, variant.VariantOf))?.Add(variant);
        }

        var desired = groups.Values.SelectMany(Arranged).ToList();
        var arranged = desired.Select(d => d.Id).ToHashSet();
        var alone = await db.Articles.Where(a => a.Readers != "").Select(a => new { a.Id, a.Readers }).ToListAsync(cancel);
        desired.AddRange(alone.Where(a => !arranged.Contains(a.Id)).Select(a => new Desired(a.Id, a.Readers, "")));
        return desired;
    }

    // The article may have another address by now.
    private async Task<Dictionary<string, string>> MovedAsync(IReadOnlyCollection<string> slugs, CancellationToken cancel)
    {
        var paths = slugs.Select(ArticleAddress.Of).ToList();
        return (await db.ArticleRedirects.Where(r => paths.Contains(r.Path)).Join(db.Articles, r => r.ArticleId, a => a.Id, (r, a) => new { r.Path, a.Slug }).ToListAsync(cancel))
            .ToDictionary(r => ArticleAddress.SlugOf(r.Path), r => r.Slug);
    }

    private IEnumerable<Desired> Arranged(List<Row> group)
    {
        if (group.Count == 1)
        {
            return [new Desired(group[0].Id, group[0].Readers, "")];
        }

        var readers = company.Languages.SelectMany(_ => company.Countries.Append(company.Country).Distinct(), (language, country) => new Reader(language, country)).ToList();
        var marks = group.ToDictionary(row => row.Id, _ => new List<string>());
        foreach (var reader in readers)
        {
            marks[Best(group, reader).Id].Add(reader.Mark);
        }

        // Nobody's is not the same as everybody's.
        return group.Select(row => new Desired(row.Id, row.Readers, marks[row.Id] is { Count: > 0 } own ? string.Concat(own) : "|"));
    }

    private Row Best(List<Row> group, Reader reader)
    {
        var own = company.Locale[..2];
        string Language(Row row) => row.Language.Length > 0 ? row.Language : own;
        return group.Where(row => row.Country.Length == 0 || row.Country == reader.Country)
            .OrderByDescending(row => Language(row) == reader.Language).ThenByDescending(row => Language(row) == own)
            .ThenByDescending(row => row.Country == reader.Country).ThenBy(row => row.VariantOf.Length).FirstOrDefault() ?? group[0];
    }

    private sealed record Row(Guid Id, string Slug, string VariantOf, string Language, string Country, string Readers);

    private sealed record Desired(Guid Id, string Before, string Readers);
}

/// <summary>What this process found arranged.</summary>
public sealed class ArrangedVariants
{
    /// <summary>Change of the articles up to which every reader's list is in order; null before the first run.</summary>
    public long? Change { get; set; }
}
