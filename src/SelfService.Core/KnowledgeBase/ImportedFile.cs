using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase;

/// <summary>What the last import made of one file, so that an unchanged file costs one hash.</summary>
public sealed class ImportedFile
{
    /// <summary>Path below the articles folder, with <c>/</c>.</summary>
    public required string Path { get; init; }

    /// <summary>SHA-256 of the bytes, hexadecimal.</summary>
    public required string FileHash { get; set; }

    /// <summary>Images the file shows; a changed image is a changed file.</summary>
    public IReadOnlyList<ArticleImage> Images { get; set; } = [];

    public Guid ArticleId { get; init; }

    /// <summary>Revision that held what the file said. If the article has newer ones, it was edited in the browser.</summary>
    public int RevisionNumber { get; set; }

    public DateTime ImportedAt { get; set; }
}

internal sealed class ImportedFileMapping : IEntityTypeConfiguration<ImportedFile>
{
    public void Configure(EntityTypeBuilder<ImportedFile> builder)
    {
        builder.HasKey(f => f.Path);
        builder.Property(f => f.Path).HasMaxLength(400);
        builder.Property(f => f.FileHash).HasMaxLength(64);
        builder.Property(f => f.Images).HasJsonConversion();
        builder.HasOne<Article>().WithMany().HasForeignKey(f => f.ArticleId).OnDelete(DeleteBehavior.Cascade);
    }
}
