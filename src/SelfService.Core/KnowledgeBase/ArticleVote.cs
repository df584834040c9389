using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SelfService.Core.KnowledgeBase;

/// <summary>What one visitor thought of one article. A second vote of the same visitor replaces the first.</summary>
public sealed class ArticleVote
{
    public const int CommentMaxLength = 1000;

    public Guid Id { get; init; } = OrderedId.New();

    public Guid ArticleId { get; init; }

    /// <summary>Random id from the visitor's cookie.</summary>
    public Guid VisitorId { get; init; }

    /// <summary>Revision that was read.</summary>
    public Guid? RevisionId { get; set; }

    public bool Helpful { get; set; }

    public string Comment { get; set; } = "";

    public DateTime VotedAt { get; set; }

    /// <summary>When an editor was done with the comment; null while nobody was.</summary>
    public DateTime? SettledAt { get; set; }
}

internal sealed class ArticleVoteMapping : IEntityTypeConfiguration<ArticleVote>
{
    public void Configure(EntityTypeBuilder<ArticleVote> builder)
    {
        builder.Property(v => v.Comment).HasMaxLength(ArticleVote.CommentMaxLength);
        builder.HasIndex(v => new { v.ArticleId, v.VisitorId }).IsUnique();
        builder.HasOne<Article>().WithMany().HasForeignKey(v => v.ArticleId).OnDelete(DeleteBehavior.Cascade);
    }
}
