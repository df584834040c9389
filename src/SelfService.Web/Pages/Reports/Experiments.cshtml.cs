using System.Globalization;
using Microsoft.Extensions.Localization;
using SelfService.Core.Company;
using SelfService.Core.Deflection;
using SelfService.Core.Persistence;
using SelfService.Web.Pages.Agent.Planning;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Reports;

/// <summary>/informes/experimentos: people who got something beside people who did not. Nothing is said before its day and its number.</summary>
public sealed class ExperimentsModel(Experiments experiments, PortalDbContext db, CompanyProfile company, TimeProvider clock, IStringLocalizer<Texts> texts) : ReportPage(company, clock, texts)
{
    public override string Address => "/informes/experimentos";

    public IReadOnlyList<ExperimentSum> Sums { get; private set; } = [];

    /// <summary>What can be said of it.</summary>
    public string Verdict(ExperimentSum sum)
    {
        var bounds = sum.Effect.Interval();
        return sum.IsSkewed ? Say("Reports.VerdictSkewed", sum.SamplePValue.ToString("0.0000", CultureInfo.CurrentCulture))
            : !sum.IsOver(Today, Period.Hours) ? Say("Reports.VerdictRunning", SpokenUntil(sum.Experiment))
            : !sum.IsLarge ? Say("Reports.VerdictSmall", sum.Experiment.Least)
            : Say(!bounds.IsApartFromZero ? "Reports.VerdictNone" : sum.Effect.Value < 0 ? "Reports.VerdictLess" : "Reports.VerdictMore", ReportFigures.Points(sum.Effect.Value), ReportFigures.Points(bounds.Low), ReportFigures.Points(bounds.High));
    }

    protected override async Task<ReportTable> ReadAsync(CancellationToken cancel)
    {
        Sums = await db.ExperimentsAsync(experiments.Between(Period.From, Today), Period.Hours, cancel);
        return new ReportTable(
            Say("Reports.ExperimentsTitle"), new ReportColumn(Say("Reports.ColumnExperiment"), "experiment"),
            [
                new(Say("Reports.ColumnUntil"), "until"), new(Say("Reports.ColumnShown"), "shown_people"), new(Say("Reports.ColumnHeld"), "held_people"),
                ReportColumn.OfShare(Say("Reports.ColumnShownShare"), "shown_contact"), ReportColumn.OfShare(Say("Reports.ColumnHeldShare"), "held_contact"),
            ],
            [.. Sums.Select(s => new ReportRow(
                Say("Reports.Experiment" + s.Experiment.Kind, s.Experiment.Kind == ExperimentKind.Notice ? Say("ReportNotice." + s.Experiment.Subject) : s.Experiment.Subject), null,
                [
                    ReportCell.Of(AgendaAddress.Written(s.Experiment.Until)), ReportCell.Of(s.Shown.Visitors), ReportCell.Of(s.Held.Visitors),
                    Hidden(s) ? ReportCell.Unknown : ReportCell.Of(s.Shown.Share), Hidden(s) ? ReportCell.Unknown : ReportCell.Of(s.Held.Share),
                ],
                Verdict(s)))]);
    }

    private bool Hidden(ExperimentSum sum) => !sum.IsKnown(Today, Period.Hours);

    private static string SpokenUntil(Experiment experiment) => AgendaAddress.Written(experiment.Until);
}
