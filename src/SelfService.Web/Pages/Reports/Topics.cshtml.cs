using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SelfService.Core.Company;
using SelfService.Core.Deflection;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.Persistence;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Reports;

/// <summary>/informes/temas: what the views of the articles of each topic came to.</summary>
public sealed class TopicsModel(PortalDbContext db, CompanyProfile company, TimeProvider clock, IStringLocalizer<Texts> texts) : ReportPage(company, clock, texts)
{
    public override string Address => "/informes/temas";

    protected override async Task<ReportTable> ReadAsync(CancellationToken cancel)
    {
        var topics = await db.Categories.AsNoTracking().ToDictionaryAsync(c => c.Slug, c => c.Title, cancel);
        var before = Sums(await db.ArticlesAsync(Period.Before, cancel)).ToDictionary(t => t.Topic, t => t.Sum.Views);
        return new ReportTable(
            Say("Reports.TopicsTitle"), new ReportColumn(Say("Reports.ColumnTopic"), "topic"),
            [
                new(Say("Reports.ColumnViews"), "views"), new(Say("Reports.ColumnBefore"), "before"), new(Say("Reports.ColumnEngaged"), "engaged"), new(Say("Reports.ColumnContact"), "contact"),
                ReportColumn.OfShare(Say("Reports.ColumnShare"), "contact_share"), new(Say("Reports.ColumnConfirmed"), "confirmed"), new(Say("Reports.ColumnAbandoned"), "abandoned"),
            ],
            [.. Sums(await db.ArticlesAsync(Period, cancel)).Select(t => new ReportRow(
                topics.GetValueOrDefault(t.Topic) ?? Say("Reports.NoTopic"), topics.ContainsKey(t.Topic) ? ArticleAddress.OfTopic(t.Topic) : null,
                [
                    ReportCell.Of(t.Sum.Views), ReportCell.Of(before.GetValueOrDefault(t.Topic)), ReportCell.Of(t.Sum.Engaged), ReportCell.Of(t.Sum.Contact), ReportCell.Of(t.Sum.Contacts.Share),
                    ReportCell.Of(t.Sum.Confirmed), ReportCell.Of(t.Sum.Abandoned),
                ]))]);
    }

    private static IEnumerable<(string Topic, ArticleSum Sum)> Sums(ArticleReport report) =>
        report.Articles.GroupBy(a => a.Topic).Select(g => (g.Key, g.Aggregate(new ArticleSum(""), (sum, article) => sum.Plus(article)))).OrderByDescending(t => t.Item2.Contact).ThenByDescending(t => t.Item2.Views);
}
