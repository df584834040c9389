using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.Journeys;
using SelfService.Core.KnowledgeBase;

namespace SelfService.Core.Deflection;

/// <summary>What the views of one article came to.</summary>
public sealed class ArticleDay : DaySum
{
    public string Slug { get; init; } = "";

    /// <summary>All views by people, two of the same page within <see cref="ViewOutcomes.SameView"/> being one.</summary>
    public int Views { get; set; }

    /// <summary>Views in which the article was in sight long enough, or far enough, to have been read.</summary>
    public int Engaged { get; set; }

    /// <summary>Views that came from a search.</summary>
    public int FromSearch { get; set; }

    public int Confirmed { get; set; }

    public int Potential { get; set; }

    public int Abandoned { get; set; }

    public int Unknown { get; set; }

    public int AfterContact { get; set; }

    /// <summary>Views by browsers that belong to a known customer: of these a contact by any channel is seen.</summary>
    public int Linked { get; set; }

    /// <summary>What machines fetched, those that say so and those that no browser said to have shown; none of the views.</summary>
    public int Machines { get; set; }

    internal void Add(ViewOutcome outcome)
    {
        switch (outcome)
        {
            case ViewOutcome.Confirmed:
                Confirmed++;
                break;
            case ViewOutcome.Potential:
                Potential++;
                break;
            case ViewOutcome.Abandoned:
                Abandoned++;
                break;
            case ViewOutcome.Unknown:
                Unknown++;
                break;
            case ViewOutcome.AfterContact:
                AfterContact++;
                break;
            default:
                // Contacts are added up by visitor.
                break;
        }
    }

    /// <summary>A row for each article that somebody or something fetched that day.</summary>
    internal static IReadOnlyList<ArticleDay> Of(DayLog log)
    {
        var days = new Dictionary<string, ArticleDay>();
        ArticleDay Row(string slug) => days.TryGetValue(slug, out var known) ? known : days[slug] = new ArticleDay { Day = log.Day, WindowHours = log.WindowHours, Slug = slug };

        foreach (var ((kind, slug), count) in log.Strangers.Where(s => s.Key.Kind is VisitStepKind.Read or VisitStepKind.Machine).Select(s => ((s.Key.Kind, s.Key.Subject), s.Value)))
        {
            var row = Row(slug);
            row.Machines += kind == VisitStepKind.Machine ? count : 0;
            row.Views += kind == VisitStepKind.Read ? count : 0;
            row.Unknown += kind == VisitStepKind.Read ? count : 0;
        }

        foreach (var visitor in log.Visitors)
        {
            foreach (var pages in visitor.Steps.Where(s => s.IsOfDay && s.Kind is VisitStepKind.Read or VisitStepKind.ReadFromAgent or VisitStepKind.Engaged).GroupBy(s => s.Subject))
            {
                var (row, contacts, counted) = (Row(pages.Key), 0, 0);
                var engaged = pages.Where(p => p.Kind == VisitStepKind.Engaged).Select(p => p.At).ToList();
                var views = DayLog.Apart([.. pages.Where(p => p.Kind != VisitStepKind.Engaged)]);
                for (var i = 0; i < views.Count; i++)
                {
                    if (!visitor.IsSeen)
                    {
                        row.Machines++;
                        continue;
                    }

                    var next = i + 1 < views.Count ? views[i + 1].At : DateTime.MaxValue;
                    var outcome = views[i].Kind == VisitStepKind.ReadFromAgent ? ViewOutcome.AfterContact : ViewOutcomes.Decide(pages.Key, views[i].At, visitor.Acts, log.Window);
                    row.Views++;
                    row.Engaged += engaged.Exists(at => at >= views[i].At && at < next) ? 1 : 0;
                    row.FromSearch += views[i].Query.Length > 0 ? 1 : 0;
                    row.Linked += visitor.IsLinked ? 1 : 0;
                    row.Add(outcome);
                    contacts += outcome == ViewOutcome.Contact ? 1 : 0;
                    counted += outcome == ViewOutcome.AfterContact ? 0 : 1;
                }

                row.AddVisitor(contacts, counted);
            }
        }

        return [.. days.Values.Where(d => d.Views + d.Machines > 0).OrderBy(d => d.Slug, StringComparer.Ordinal)];
    }
}

internal sealed class ArticleDayMapping : IEntityTypeConfiguration<ArticleDay>
{
    public void Configure(EntityTypeBuilder<ArticleDay> builder)
    {
        DaySum.Map(builder, d => new { d.Day, d.WindowHours, d.Slug });
        builder.Property(d => d.Slug).HasMaxLength(Article.SlugMaxLength);
        builder.HasIndex(d => new { d.Slug, d.Day });
    }
}
