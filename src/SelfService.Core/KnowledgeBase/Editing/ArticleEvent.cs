using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SelfService.Core.KnowledgeBase.Editing;

/// <summary>What can happen to an article beside being written.</summary>
public enum ArticleEventKind
{
    Submitted,
    Returned,
    Approved,
    Published,
    Scheduled,
    Unscheduled,
    Archived,
    Expired,
    Withdrawn,
    Trashed,
    TakenBack,
    Moved,
}

/// <summary>One line of an article's history. Written with the change, never changed after.</summary>
public sealed class ArticleEvent
{
    public const int DetailMaxLength = 500;

    public Guid Id { get; init; } = OrderedId.New();

    public Guid ArticleId { get; init; }

    public ArticleEventKind Kind { get; init; }

    /// <summary>The revision it is about; null where it is about the article.</summary>
    public int? Number { get; init; }

    /// <summary>Name of who did it; empty for the portal itself.</summary>
    public string Actor { get; init; } = "";

    /// <summary>Why, or to which moment or address.</summary>
    public string Detail { get; init; } = "";

    public DateTime At { get; init; }

    /// <summary>The line for a change.</summary>
    public static ArticleEvent Of(Article article, ArticleEventKind kind, string actor, DateTime now, int? number = null, string detail = "") =>
        new() { ArticleId = article.Id, Kind = kind, Actor = actor, At = now, Number = number, Detail = detail };
}

internal sealed class ArticleEventMapping : IEntityTypeConfiguration<ArticleEvent>
{
    public void Configure(EntityTypeBuilder<ArticleEvent> builder)
    {
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Actor).HasMaxLength(400);
        builder.Property(e => e.Detail).HasMaxLength(ArticleEvent.DetailMaxLength);
        builder.HasIndex(e => new { e.ArticleId, e.At });
        builder.HasOne<Article>().WithMany().HasForeignKey(e => e.ArticleId).OnDelete(DeleteBehavior.Cascade);
    }
}
