using Microsoft.Extensions.Localization;
using SelfService.Core.Company;
using SelfService.Core.Deflection;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.Persistence;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Reports;

/// <summary>/informes/articulos: what the views of each article came to, those that end in most contacts first.</summary>
public sealed class ArticlesModel(Experiments experiments, PortalDbContext db, CompanyProfile company, TimeProvider clock, IStringLocalizer<Texts> texts) : ReportPage(company, clock, texts)
{
    public override string Address => "/informes/articulos";

    /// <summary>All articles together.</summary>
    public ArticleSum Total { get; private set; } = null!;

    /// <summary>Days that are decided.</summary>
    public int Days { get; private set; }

    protected override async Task<ReportTable> ReadAsync(CancellationToken cancel)
    {
        var report = await db.ArticlesAsync(Period, cancel);
        var slugs = report.Articles.Select(a => a.Slug).ToList();
        var (start, end) = Moments(Period);
        var said = await db.OpinionsAsync(start, end, cancel);
        var found = await db.FoundAsync(Period, slugs, cancel);
        var before = (await db.ArticlesAsync(Period.Before, cancel)).Articles.ToDictionary(a => a.Slug, a => a.Views);
        var tried = (await db.ExperimentsAsync([.. slugs.Select(experiments.OfArticle).OfType<Experiment>()], Period.Hours, cancel)).ToDictionary(s => s.Experiment.Subject);
        (Total, Days) = (report.Total, report.Days);
        return new ReportTable(
            Say("Reports.Table"), new ReportColumn(Say("Reports.Article"), "title"),
            [
                new(Say("Reports.ColumnViews"), "views"), new(Say("Reports.ColumnBefore"), "before"), new(Say("Reports.ColumnEngaged"), "engaged"), new(Say("Reports.ColumnContact"), "contact"), ReportColumn.OfShare(Say("Reports.ColumnShare"), "contact_share"), ReportColumn.OfShare(Say("Reports.ColumnEffect"), "effect"),
                new(Say("Reports.ColumnConfirmed"), "confirmed"), new(Say("Reports.ColumnAbandoned"), "abandoned"), new(Say("Reports.ColumnPotential"), "potential"),
                new(Say("Reports.ColumnHelped"), "helped"), new(Say("Reports.ColumnNotHelped"), "not_helped"), new(Say("Reports.ColumnComments"), "comments"),
            ],
            [.. report.Articles.Select(a => new ReportRow(
                a.Title, ArticleAddress.Of(a.Slug),
                [
                    ReportCell.Of(a.Views), ReportCell.Of(before.GetValueOrDefault(a.Slug)), ReportCell.Of(a.Engaged), ReportCell.Of(a.Contact), ReportCell.Of(a.Contacts.Share), Effect(tried.GetValueOrDefault(a.Slug)), ReportCell.Of(a.Confirmed), ReportCell.Of(a.Abandoned), ReportCell.Of(a.Potential),
                    ReportCell.Of(said[a.Slug].Sum(s => s.Helped)), ReportCell.Of(said[a.Slug].Sum(s => s.NotHelped)), ReportCell.Of(said[a.Slug].Sum(s => s.Comments)),
                ],
                found[a.Slug].Any() ? Say("Reports.FoundWith", string.Join(", ", found[a.Slug].Take(3).Select(f => $"«{f.Example}» ({f.Count})"))) : ""))]);
    }

    private ReportCell Effect(ExperimentSum? tried) => tried?.IsKnown(Today, Period.Hours) == true ? ReportCell.Of(tried.Effect) : ReportCell.Unknown;
}
