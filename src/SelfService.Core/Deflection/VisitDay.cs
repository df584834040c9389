using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.Journeys;

namespace SelfService.Core.Deflection;

/// <summary>
/// What the visits that began on one day came to. Those count that had an intent (a search, an article that was read, a form) and came
/// before any contact.
/// </summary>
public sealed class VisitDay : DaySum
{
    /// <summary>All visits by people.</summary>
    public int Visits { get; set; }

    /// <summary>Visits with an intent.</summary>
    public int WithIntent { get; set; }

    /// <summary>Steps of people who asked not to be followed; they belong to no visit.</summary>
    public int Unlinked { get; set; }

    /// <summary>Visits of which no browser said that it showed anything.</summary>
    public int Machines { get; set; }

    /// <summary>The one row of a day.</summary>
    internal static VisitDay Of(DayLog log)
    {
        var row = new VisitDay
        {
            Day = log.Day,
            WindowHours = log.WindowHours,
            Unlinked = log.Strangers.Where(s => s.Key.Kind != VisitStepKind.Machine).Sum(s => s.Value),
        };
        foreach (var visitor in log.Visitors)
        {
            var (contacts, counted) = (0, 0);
            // A notice that was sent, or not, is written down too; nobody came for it.
            foreach (var visit in DayLog.Visits([.. visitor.Steps.Where(s => s.Kind is not (VisitStepKind.Offered or VisitStepKind.Withheld))]).Where(v => log.IsOfDay(v[0].At)))
            {
                if (!visitor.IsSeen)
                {
                    row.Machines++;
                    continue;
                }

                row.Visits++;
                if (visit.Any(s => s.Kind is VisitStepKind.Searched or VisitStepKind.Engaged or VisitStepKind.OpenedForm or VisitStepKind.SentForm))
                {
                    row.WithIntent++;
                    counted += visitor.HasWritten(visit[0].At) ? 0 : 1;
                    contacts += visitor.Writes(visit[0].At, log.Window) ? 1 : 0;
                }
            }

            row.AddVisitor(contacts, counted);
        }

        return row;
    }
}

internal sealed class VisitDayMapping : IEntityTypeConfiguration<VisitDay>
{
    public void Configure(EntityTypeBuilder<VisitDay> builder) => DaySum.Map(builder, d => new { d.Day, d.WindowHours });
}
