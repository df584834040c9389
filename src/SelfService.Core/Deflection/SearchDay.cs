using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.Journeys;
using SelfService.Search;

namespace SelfService.Core.Deflection;

/// <summary>What the searches for one thing came to; searches with the same <see cref="SearchLanguage.KeyOf"/> are for the same.</summary>
public sealed class SearchDay : DaySum
{
    /// <summary>Somebody who types other words within this time has searched anew for the same.</summary>
    internal static readonly TimeSpan Reworded = TimeSpan.FromMinutes(5);

    /// <summary>Key of what was searched.</summary>
    public string Term { get; init; } = "";

    /// <summary>How most typed it, masked.</summary>
    public string Example { get; init; } = "";

    /// <summary>All searches, also of people who asked not to be followed.</summary>
    public int Searches { get; set; }

    /// <summary>Searches that found nothing.</summary>
    public int InVain { get; set; }

    /// <summary>Searches that found something, of which nothing was opened.</summary>
    public int NoClick { get; set; }

    /// <summary>Searches after which other words were tried, with nothing opened in between.</summary>
    public int Reformulated { get; set; }

    /// <summary>A row for each thing that somebody searched for that day.</summary>
    internal static IReadOnlyList<SearchDay> Of(DayLog log)
    {
        var (days, wordings) = (new Dictionary<string, SearchDay>(), log.Wordings);
        SearchDay Row(string term) => days.TryGetValue(term, out var known) ? known : days[term] = new SearchDay { Day = log.Day, WindowHours = log.WindowHours, Term = term, Example = wordings[term] };

        foreach (var visitor in log.Visitors)
        {
            var searches = DayLog.Apart([.. visitor.Steps.Where(s => s.Kind == VisitStepKind.Searched)], s => log.TermOf(s.Subject));
            foreach (var asked in searches.Where(s => s.IsOfDay).GroupBy(s => log.TermOf(s.Subject)).Where(g => g.Key.Length > 0))
            {
                var (row, contacts, counted) = (Row(asked.Key), 0, 0);
                foreach (var search in asked)
                {
                    var next = searches.Find(s => s.At > search.At && log.TermOf(s.Subject) != asked.Key)?.At ?? DateTime.MaxValue;
                    var isOpened = visitor.Steps.Exists(s => s.Kind == VisitStepKind.Read && s.At >= search.At && s.At < next && s.Query.Length > 0 && log.TermOf(s.Query) == asked.Key);
                    row.Searches++;
                    row.InVain += search.Hits == 0 ? 1 : 0;
                    row.NoClick += search.Hits != 0 && !isOpened ? 1 : 0;
                    row.Reformulated += !isOpened && next - search.At <= Reworded ? 1 : 0;
                    counted += visitor.HasWritten(search.At) ? 0 : 1;
                    contacts += visitor.Writes(search.At, log.Window) ? 1 : 0;
                }

                row.AddVisitor(contacts, counted);
            }
        }

        foreach (var (search, count) in log.Strangers.Where(s => s.Key.Kind == VisitStepKind.Searched && log.TermOf(s.Key.Subject).Length > 0))
        {
            var row = Row(log.TermOf(search.Subject));
            row.Searches += count;
            row.InVain += search.IsInVain ? count : 0;
        }

        return [.. days.Values.OrderBy(d => d.Term, StringComparer.Ordinal)];
    }
}

internal sealed class SearchDayMapping : IEntityTypeConfiguration<SearchDay>
{
    public void Configure(EntityTypeBuilder<SearchDay> builder)
    {
        DaySum.Map(builder, d => new { d.Day, d.WindowHours, d.Term });
        builder.Property(d => d.Term).HasMaxLength(VisitStep.SubjectMaxLength);
        builder.Property(d => d.Example).HasMaxLength(VisitStep.SubjectMaxLength);
        builder.HasIndex(d => new { d.Term, d.Day });
    }
}
