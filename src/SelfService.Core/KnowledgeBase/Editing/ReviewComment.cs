using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.KnowledgeBase.Content;

namespace SelfService.Core.KnowledgeBase.Editing;

/// <summary>What a reader among the editors says of one paragraph of a revision.</summary>
public sealed class ReviewComment
{
    public const int QuoteMaxLength = 300;
    public const int TextMaxLength = 2_000;

    public Guid Id { get; init; } = OrderedId.New();

    public Guid ArticleId { get; init; }

    /// <summary>The revision that was read.</summary>
    public int Number { get; init; }

    /// <summary>Beginning of the paragraph; empty for the whole article.</summary>
    public string Quote { get; init; } = "";

    public string Text { get; init; } = "";

    public string Author { get; init; } = "";

    public DateTime At { get; init; }

    /// <summary>When it was settled; null while it is open.</summary>
    public DateTime? SettledAt { get; private set; }

    /// <summary>A comment on the revision that was read.</summary>
    /// <param name="quote">The paragraph; its beginning is kept.</param>
    public static ReviewComment Of(Revision read, string quote, string text, Editor author, DateTime now) =>
        new() { ArticleId = read.ArticleId, Number = read.Number, Quote = quote.Cut(QuoteMaxLength), Text = text, Author = author.Name, At = now };

    /// <summary>Nothing is left to do about it.</summary>
    public void Settle(DateTime now) => SettledAt ??= now;
}

internal sealed class ReviewCommentMapping : IEntityTypeConfiguration<ReviewComment>
{
    public void Configure(EntityTypeBuilder<ReviewComment> builder)
    {
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Quote).HasMaxLength(ReviewComment.QuoteMaxLength);
        builder.Property(c => c.Text).HasMaxLength(ReviewComment.TextMaxLength);
        builder.Property(c => c.Author).HasMaxLength(400);
        builder.HasIndex(c => new { c.ArticleId, c.SettledAt });
        builder.HasOne<Article>().WithMany().HasForeignKey(c => c.ArticleId).OnDelete(DeleteBehavior.Cascade);
    }
}
