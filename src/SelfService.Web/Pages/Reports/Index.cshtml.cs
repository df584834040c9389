using Microsoft.Extensions.Localization;
using SelfService.Core.Company;
using SelfService.Core.Deflection;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Pages.Agent.Planning;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Reports;

/// <summary>/informes: how customers fare, in the order of what it is worth: what they say and what we kept, then how many visits end in a contact, then what was proved, then mere volume.</summary>
public sealed class IndexModel(Experiments experiments, PortalDbContext db, CompanyProfile company, TimeProvider clock, IStringLocalizer<Texts> texts) : ReportPage(company, clock, texts)
{
    public override string Address => "/informes";

    public VisitSum Visits { get; private set; } = null!;

    public ContactSums Before { get; private set; } = ContactSums.None;

    public ServiceSum Service { get; private set; } = null!;

    public ServiceSum ServiceBefore { get; private set; } = null!;

    public ArticleSum Articles { get; private set; } = null!;

    /// <summary>Tickets that people opened to ask, by any channel.</summary>
    public int Requests { get; private set; }

    public IReadOnlyList<TrendDay> Trend { get; private set; } = [];

    /// <summary>What experiments have proved in these days.</summary>
    public IReadOnlyList<ExperimentSum> Proved { get; private set; } = [];

    /// <summary>Points between both periods; null where one of them is too small.</summary>
    public Difference? Change => Visits.Contacts.Counted >= ReportFigures.Least && Before.Counted >= ReportFigures.Least ? new Difference(Visits.Contacts.Share, Before.Share) : null;

    protected override async Task<ReportTable> ReadAsync(CancellationToken cancel)
    {
        var (start, end) = Moments(Period);
        var (startBefore, endBefore) = Moments(Period.Before);
        Visits = await db.VisitsAsync(Period, cancel);
        Before = (await db.VisitsAsync(Period.Before, cancel)).Contacts;
        Service = await db.ServiceAsync(start, end, cancel);
        ServiceBefore = await db.ServiceAsync(startBefore, endBefore, cancel);
        Articles = (await db.ArticlesAsync(Period, cancel)).Total;
        Requests = (await db.ChannelsAsync(start, end, cancel)).Where(c => c.Kind == TicketKind.Request || c.Channel != Channel.Portal).Sum(c => c.Count);
        Trend = await db.TrendAsync(Period, cancel);
        var over = experiments.Between(Period.From, Period.To).Where(e => e.Until.PlusDays(1 + (Period.Hours / 24)) <= Today).ToList();
        Proved = [.. (await db.ExperimentsAsync(over, Period.Hours, cancel)).Where(s => s.IsLarge && !s.IsSkewed)];
        return new ReportTable(
            Say("Reports.TrendTable"), new ReportColumn(Say("Reports.ColumnDay"), "day"),
            [
                new(Say("Reports.ColumnVisits"), "visits"), new(Say("Reports.ColumnWithIntent"), "with_intent"), new(Say("Reports.ColumnContact"), "contact"),
                ReportColumn.OfShare(Say("Reports.ColumnShare"), "contact_share"),
            ],
            [.. Trend.Select(d => new ReportRow(
                AgendaAddress.Written(d.Day), null, [ReportCell.Of(d.Visits), ReportCell.Of(d.WithIntent), ReportCell.Of(d.Contacts.Contact), ReportCell.Of(d.Contacts.Share)]))]);
    }
}
