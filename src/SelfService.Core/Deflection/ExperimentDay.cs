using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.Journeys;

namespace SelfService.Core.Deflection;

/// <summary>
/// The people who came into one side of an experiment on one day, and those of them who made contact. Each counts once, on the day on
/// which she would first have seen what it is about.
/// </summary>
public sealed class ExperimentDay : DaySum
{
    /// <summary>Key of the experiment.</summary>
    public string Experiment { get; init; } = "";

    /// <summary>Whether these did without.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Two rows for each experiment that somebody came into.</summary>
    internal static IReadOnlyList<ExperimentDay> Of(DayLog log)
    {
        var days = new Dictionary<(string, bool), ExperimentDay>();
        ExperimentDay Row(string key, bool isHeld) =>
            days.TryGetValue((key, isHeld), out var known) ? known : days[(key, isHeld)] = new ExperimentDay { Day = log.Day, WindowHours = log.WindowHours, Experiment = key, IsHeld = isHeld };

        foreach (var visitor in log.Visitors)
        {
            foreach (var first in visitor.Steps.Where(s => s.IsOfDay && s.Experiment.Length > 0).GroupBy(s => s.Experiment).Select(g => g.First()))
            {
                if (!log.CameBefore(visitor.Id, first.Experiment))
                {
                    Row(first.Experiment, first.Kind == VisitStepKind.Withheld).AddVisitor(visitor.Writes(first.At, log.Window) ? 1 : 0, 1);
                }
            }
        }

        return [.. days.Values.OrderBy(d => d.Experiment, StringComparer.Ordinal).ThenBy(d => d.IsHeld)];
    }
}

internal sealed class ExperimentDayMapping : IEntityTypeConfiguration<ExperimentDay>
{
    public void Configure(EntityTypeBuilder<ExperimentDay> builder)
    {
        DaySum.Map(builder, d => new { d.Day, d.WindowHours, d.Experiment, d.IsHeld });
        builder.Property(d => d.Experiment).HasMaxLength(Deflection.Experiment.KeyMaxLength);
    }
}
