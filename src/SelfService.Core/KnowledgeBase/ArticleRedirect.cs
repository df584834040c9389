using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SelfService.Core.KnowledgeBase;

/// <summary>An old address that leads to an article for good.</summary>
public sealed class ArticleRedirect
{
    public const int PathMaxLength = 300;

    /// <summary>Path from the root, lower case, without a slash at the end.</summary>
    public required string Path { get; init; }

    public Guid ArticleId { get; set; }

    /// <summary>The form a path is stored and looked up in.</summary>
    public static string Normalise(string path) =>
        "/" + path.Trim().Trim('/').Normalize().ToLowerInvariant();
}

internal sealed class ArticleRedirectMapping : IEntityTypeConfiguration<ArticleRedirect>
{
    public void Configure(EntityTypeBuilder<ArticleRedirect> builder)
    {
        builder.HasKey(r => r.Path);
        builder.Property(r => r.Path).HasMaxLength(ArticleRedirect.PathMaxLength);
        builder.HasOne<Article>().WithMany().HasForeignKey(r => r.ArticleId).OnDelete(DeleteBehavior.Cascade);
    }
}
