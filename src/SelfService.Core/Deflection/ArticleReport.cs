using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Persistence;

namespace SelfService.Core.Deflection;

/// <summary>What the views of articles came to over some days.</summary>
public static class ArticleReports
{
    /// <summary>Longest period of a report, in days.</summary>
    public const int MaxDays = 396;

    /// <summary>Adds up the days that are decided for a window.</summary>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day, at most <see cref="MaxDays"/> from the first on.</param>
    /// <param name="hours">The window, in hours.</param>
    public static async Task<ArticleReport> ArticleReportAsync(this PortalDbContext db, LocalDate from, LocalDate to, int hours, CancellationToken cancel)
    {
        var sums = await db.ArticleDays.AsNoTracking().Where(d => d.WindowHours == hours && d.Day >= from && d.Day <= to)
            .GroupBy(d => d.Slug)
            .Select(g => new ArticleSum(g.Key)
            {
                Views = g.Sum(d => d.Views),
                Engaged = g.Sum(d => d.Engaged),
                Confirmed = g.Sum(d => d.Confirmed),
                Potential = g.Sum(d => d.Potential),
                Contact = g.Sum(d => d.Contact),
                Abandoned = g.Sum(d => d.Abandoned),
                Unknown = g.Sum(d => d.Unknown),
                AfterContact = g.Sum(d => d.AfterContact),
                Linked = g.Sum(d => d.Linked),
                Visitors = g.Sum(d => d.Visitors),
                ContactSquared = g.Sum(d => d.ContactSquared),
                CountedSquared = g.Sum(d => d.CountedSquared),
                Products = g.Sum(d => d.Products),
            })
            .ToListAsync(cancel);
        var slugs = sums.Select(s => s.Slug).ToList();
        var titles = await db.Articles.AsNoTracking().Where(a => slugs.Contains(a.Slug) && a.PublishedRevision != null)
            .Select(a => new { a.Slug, a.PublishedRevision!.Title }).ToDictionaryAsync(a => a.Slug, a => a.Title, cancel);
        var closed = await db.ClosedDays.AsNoTracking().Where(c => c.WindowHours == hours && c.Day >= from && c.Day <= to).CountAsync(cancel);
        return new ArticleReport(
            [.. sums.Select(s => s with { Title = titles.GetValueOrDefault(s.Slug, s.Slug) }).OrderByDescending(s => s.Contact).ThenByDescending(s => s.Views).ThenBy(s => s.Slug, StringComparer.Ordinal)],
            closed);
    }
}

/// <summary>A row for each article, those with most contacts first.</summary>
/// <param name="Days">Days of the period that are decided.</param>
public sealed record ArticleReport(IReadOnlyList<ArticleSum> Articles, int Days)
{
    /// <summary>All of them together.</summary>
    public ArticleSum Total => Articles.Aggregate(new ArticleSum(""), (sum, article) => sum.Plus(article));
}

/// <summary>What the views of one article came to; the counts are those of <see cref="ArticleDay"/>.</summary>
public sealed record ArticleSum(string Slug)
{
    public string Title { get; init; } = "";

    public int Views { get; init; }

    public int Engaged { get; init; }

    public int Confirmed { get; init; }

    public int Potential { get; init; }

    public int Contact { get; init; }

    public int Abandoned { get; init; }

    public int Unknown { get; init; }

    public int AfterContact { get; init; }

    public int Linked { get; init; }

    public int Visitors { get; init; }

    public int ContactSquared { get; init; }

    public int CountedSquared { get; init; }

    public int Products { get; init; }

    /// <summary>Views that can have ended without a contact.</summary>
    public int Counted => Confirmed + Potential + Contact + Abandoned;

    /// <summary>Share of those that ended with one, and how sure that is.</summary>
    public Share ContactShare
    {
        get
        {
            var sums = new VisitorSums();
            sums.Add(Visitors, Contact, Counted, ContactSquared, CountedSquared, Products);
            return sums.Share();
        }
    }

    /// <summary>Both together.</summary>
    public ArticleSum Plus(ArticleSum other) => this with
    {
        Views = Views + other.Views,
        Engaged = Engaged + other.Engaged,
        Confirmed = Confirmed + other.Confirmed,
        Potential = Potential + other.Potential,
        Contact = Contact + other.Contact,
        Abandoned = Abandoned + other.Abandoned,
        Unknown = Unknown + other.Unknown,
        AfterContact = AfterContact + other.AfterContact,
        Linked = Linked + other.Linked,
        Visitors = Visitors + other.Visitors,
        ContactSquared = ContactSquared + other.ContactSquared,
        CountedSquared = CountedSquared + other.CountedSquared,
        Products = Products + other.Products,
    };
}
