using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.Journeys;

namespace SelfService.Core.Deflection;

/// <summary>
/// What happened at one form. What counts are the visitors who opened it, and those of them who wrote within the window, there or by
/// any other way, made contact.
/// </summary>
public sealed class FormDay : DaySum
{
    public string Form { get; init; } = "";

    /// <summary>How often it was opened, also by people who asked not to be followed.</summary>
    public int Opened { get; set; }

    /// <summary>How often it was sent, also by them.</summary>
    public int Sent { get; set; }

    /// <summary>Visitors to whom articles were shown beside it.</summary>
    public int Offered { get; set; }

    /// <summary>Visitors who opened one of them.</summary>
    public int Taken { get; set; }

    /// <summary>Visitors who said that one of them solved it.</summary>
    public int Solved { get; set; }

    /// <summary>A row for each form that somebody opened or sent that day.</summary>
    internal static IReadOnlyList<FormDay> Of(DayLog log)
    {
        var days = new Dictionary<string, FormDay>();
        FormDay Row(string form) => days.TryGetValue(form, out var known) ? known : days[form] = new FormDay { Day = log.Day, WindowHours = log.WindowHours, Form = form };

        foreach (var (step, count) in log.Strangers.Where(s => s.Key.Form.Length > 0))
        {
            Row(step.Form).Opened += step.Kind == VisitStepKind.OpenedForm ? count : 0;
            Row(step.Form).Sent += step.Kind == VisitStepKind.SentForm ? count : 0;
        }

        foreach (var visitor in log.Visitors)
        {
            foreach (var steps in visitor.Steps.Where(s => s.IsOfDay && s.Form.Length > 0).GroupBy(s => s.Form))
            {
                var row = Row(steps.Key);
                int Once(VisitStepKind kind) => steps.Any(s => s.Kind == kind) ? 1 : 0;
                var opened = DayLog.Apart([.. steps.Where(s => s.Kind == VisitStepKind.OpenedForm)]);
                row.Opened += opened.Count;
                row.Sent += steps.Count(s => s.Kind == VisitStepKind.SentForm);
                row.Offered += Once(VisitStepKind.Offered);
                row.Taken += Once(VisitStepKind.Read);
                row.Solved += Once(VisitStepKind.SolvedByArticle);
                if (opened.Count > 0 && !visitor.HasWritten(opened[0].At))
                {
                    row.AddVisitor(visitor.Writes(opened[0].At, log.Window) ? 1 : 0, 1);
                }
            }
        }

        // A browser can name any form as the one it came from.
        return [.. days.Values.Where(d => d.Opened + d.Sent > 0).OrderBy(d => d.Form, StringComparer.Ordinal)];
    }
}

internal sealed class FormDayMapping : IEntityTypeConfiguration<FormDay>
{
    public void Configure(EntityTypeBuilder<FormDay> builder)
    {
        DaySum.Map(builder, d => new { d.Day, d.WindowHours, d.Form });
        builder.Property(d => d.Form).HasMaxLength(VisitStep.FormMaxLength);
    }
}
