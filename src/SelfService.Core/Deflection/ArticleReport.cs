using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;

namespace SelfService.Core.Deflection;

/// <summary>What the views of articles came to over some days.</summary>
public static class ArticleReports
{
    /// <summary>Adds up the days that are decided.</summary>
    public static async Task<ArticleReport> ArticlesAsync(this PortalDbContext db, ReportPeriod period, CancellationToken cancel)
    {
        var sums = await period.Of<ArticleDay>(db)
            .GroupBy(d => d.Slug)
            .Select(g => new ArticleSum(g.Key)
            {
                Views = g.Sum(d => d.Views),
                Engaged = g.Sum(d => d.Engaged),
                FromSearch = g.Sum(d => d.FromSearch),
                Confirmed = g.Sum(d => d.Confirmed),
                Potential = g.Sum(d => d.Potential),
                Abandoned = g.Sum(d => d.Abandoned),
                Unknown = g.Sum(d => d.Unknown),
                AfterContact = g.Sum(d => d.AfterContact),
                Linked = g.Sum(d => d.Linked),
                Machines = g.Sum(d => d.Machines),
                Contacts = new ContactSums(
                    g.Sum(d => d.Visitors), g.Sum(d => d.Counted), g.Sum(d => d.Contact), g.Sum(d => d.ContactSquared), g.Sum(d => d.CountedSquared), g.Sum(d => d.Products)),
            })
            .ToListAsync(cancel);
        var slugs = sums.Select(s => s.Slug).ToList();
        var titles = await db.Articles.AsNoTracking().Where(a => slugs.Contains(a.Slug) && a.PublishedRevision != null)
            .Select(a => new { a.Slug, a.PublishedRevision!.Title, Topic = a.Category.Slug }).ToDictionaryAsync(a => a.Slug, cancel);
        var closed = await db.ClosedDays.Where(c => c.WindowHours == period.Hours && c.Day >= period.From && c.Day <= period.To).CountAsync(cancel);
        return new ArticleReport(
            [.. sums.Select(s => s with { Title = titles.GetValueOrDefault(s.Slug)?.Title ?? s.Slug, Topic = titles.GetValueOrDefault(s.Slug)?.Topic ?? "" }).OrderByDescending(s => s.Contact).ThenByDescending(s => s.Views).ThenBy(s => s.Slug, StringComparer.Ordinal)],
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

    /// <summary>Slug of its topic; empty where it is no longer published.</summary>
    public string Topic { get; init; } = "";

    public int Views { get; init; }

    public int Engaged { get; init; }

    public int FromSearch { get; init; }

    public int Confirmed { get; init; }

    public int Potential { get; init; }

    public int Abandoned { get; init; }

    public int Unknown { get; init; }

    public int AfterContact { get; init; }

    public int Linked { get; init; }

    public int Machines { get; init; }

    public ContactSums Contacts { get; init; } = ContactSums.None;

    /// <summary>Views that ended with a contact.</summary>
    public int Contact => Contacts.Contact;

    /// <summary>Views that can have ended without one.</summary>
    public int Counted => Contacts.Counted;

    /// <summary>Both together.</summary>
    public ArticleSum Plus(ArticleSum other) => this with
    {
        Views = Views + other.Views,
        Engaged = Engaged + other.Engaged,
        FromSearch = FromSearch + other.FromSearch,
        Confirmed = Confirmed + other.Confirmed,
        Potential = Potential + other.Potential,
        Abandoned = Abandoned + other.Abandoned,
        Unknown = Unknown + other.Unknown,
        AfterContact = AfterContact + other.AfterContact,
        Linked = Linked + other.Linked,
        Machines = Machines + other.Machines,
        Contacts = Contacts.Plus(other.Contacts),
    };
}
