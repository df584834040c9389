using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.Persistence;

namespace SelfService.Core.Deflection;

/// <summary>What the views of one article on one day came to within one window. Added up by <see cref="CloseDays"/>, never changed otherwise.</summary>
public sealed class ArticleDay
{
    /// <summary>A day of the company's calendar.</summary>
    public LocalDate Day { get; init; }

    /// <summary>The window, in hours.</summary>
    public int WindowHours { get; init; }

    public string Slug { get; init; } = "";

    /// <summary>All views, two of the same page within <see cref="ViewOutcomes.SameView"/> being one.</summary>
    public int Views { get; set; }

    /// <summary>Views in which the article was in sight long enough, or far enough, to have been read.</summary>
    public int Engaged { get; set; }

    public int Confirmed { get; set; }

    public int Potential { get; set; }

    public int Contact { get; set; }

    public int Abandoned { get; set; }

    public int Unknown { get; set; }

    public int AfterContact { get; set; }

    /// <summary>Views by browsers that belong to a known customer: of these a contact by any channel is seen.</summary>
    public int Linked { get; set; }

    /// <summary>Visitors with views that count.</summary>
    public int Visitors { get; set; }

    /// <summary>Over those visitors, the sum of the squares of their contacts.</summary>
    public int ContactSquared { get; set; }

    /// <summary>Over those visitors, the sum of the squares of their views that count.</summary>
    public int CountedSquared { get; set; }

    /// <summary>Over those visitors, the sum of the products of both.</summary>
    public int Products { get; set; }

    /// <summary>Views that can have ended without a contact.</summary>
    public int Counted => Confirmed + Potential + Contact + Abandoned;

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
            case ViewOutcome.Contact:
                Contact++;
                break;
            case ViewOutcome.Abandoned:
                Abandoned++;
                break;
            case ViewOutcome.Unknown:
                Unknown++;
                break;
            default:
                AfterContact++;
                break;
        }
    }
}

/// <summary>A day whose views were decided for a window.</summary>
public sealed class ClosedDay
{
    public LocalDate Day { get; init; }

    /// <summary>The window, in hours.</summary>
    public int WindowHours { get; init; }

    /// <summary>UTC. Links that were known later decide the day again.</summary>
    public DateTime ClosedAt { get; set; }
}

internal sealed class ArticleDayMapping : IEntityTypeConfiguration<ArticleDay>
{
    public void Configure(EntityTypeBuilder<ArticleDay> builder)
    {
        builder.HasKey(d => new { d.Day, d.WindowHours, d.Slug });
        builder.Property(d => d.Day).HasLocalDayConversion();
        builder.Property(d => d.Slug).HasMaxLength(Article.SlugMaxLength);
        builder.Ignore(d => d.Counted);
        builder.HasIndex(d => new { d.Slug, d.Day });
    }
}

internal sealed class ClosedDayMapping : IEntityTypeConfiguration<ClosedDay>
{
    public void Configure(EntityTypeBuilder<ClosedDay> builder)
    {
        builder.HasKey(d => new { d.Day, d.WindowHours });
        builder.Property(d => d.Day).HasLocalDayConversion();
    }
}
