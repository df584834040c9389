using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.Journeys;
using SelfService.Core.KnowledgeBase;

namespace SelfService.Core.Deflection;

/// <summary>How often a search led to an article, and how often the person wrote all the same.</summary>
public sealed class FoundDay : DaySum
{
    /// <summary>Key of what was searched, as in <see cref="SearchDay"/>.</summary>
    public string Term { get; init; } = "";

    /// <summary>The article that was opened.</summary>
    public string Slug { get; init; } = "";

    /// <summary>How most typed it, masked.</summary>
    public string Example { get; init; } = "";

    /// <summary>A row for each pair of that day.</summary>
    internal static IReadOnlyList<FoundDay> Of(DayLog log)
    {
        var (days, wordings) = (new Dictionary<(string, string), FoundDay>(), log.Wordings);
        foreach (var visitor in log.Visitors.Where(v => v.IsSeen))
        {
            foreach (var opened in visitor.Steps.Where(s => s.IsOfDay && s.Kind == VisitStepKind.Read && s.Query.Length > 0).GroupBy(s => (Term: log.TermOf(s.Query), s.Subject)).Where(g => g.Key.Term.Length > 0))
            {
                if (!days.TryGetValue(opened.Key, out var row))
                {
                    days[opened.Key] = row = new FoundDay { Day = log.Day, WindowHours = log.WindowHours, Term = opened.Key.Term, Slug = opened.Key.Subject, Example = wordings[opened.Key.Term] };
                }

                var counted = DayLog.Apart([.. opened]).Where(s => !visitor.HasWritten(s.At)).ToList();
                row.AddVisitor(counted.Count(s => visitor.Writes(s.At, log.Window)), counted.Count);
            }
        }

        return [.. days.Values.OrderBy(d => d.Term, StringComparer.Ordinal).ThenBy(d => d.Slug, StringComparer.Ordinal)];
    }
}

internal sealed class FoundDayMapping : IEntityTypeConfiguration<FoundDay>
{
    public void Configure(EntityTypeBuilder<FoundDay> builder)
    {
        DaySum.Map(builder, d => new { d.Day, d.WindowHours, d.Term, d.Slug });
        builder.Property(d => d.Term).HasMaxLength(VisitStep.SubjectMaxLength);
        builder.Property(d => d.Slug).HasMaxLength(Article.SlugMaxLength);
        builder.Property(d => d.Example).HasMaxLength(VisitStep.SubjectMaxLength);
    }
}
