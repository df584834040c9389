using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase;

/// <summary>What the last import made of one file, so that an unchanged file costs one hash.</summary>
public sealed class ImportedFile
{
    /// <summary>
    /// Path below the articles folder, with <c>/</c>. That of a file brought in the browser begins with one: it is the same article, and
    /// what the content folder says of it stays known, so that its old file does not come back over the newer text.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>Whether it was brought in the browser.</summary>
    public bool IsBrought => Path[0] == Brought;

    /// <summary>The path below the articles folder, whoever brought it.</summary>
    public string PlainPath => Plain(Path);

    private const char Brought = '/';

    /// <summary>What <see cref="Path"/> is for a file.</summary>
    public static string KeyOf(string path, bool isBrought) => isBrought ? Brought + path : path;

    /// <summary>The path in a <see cref="Path"/>.</summary>
    public static string Plain(string key) => key.TrimStart(Brought);

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
        builder.Ignore(f => f.IsBrought);
        builder.Ignore(f => f.PlainPath);
        builder.Property(f => f.Path).HasMaxLength(400);
        builder.Property(f => f.FileHash).HasMaxLength(64);
        builder.Property(f => f.Images).HasJsonConversion();
        builder.HasOne<Article>().WithMany().HasForeignKey(f => f.ArticleId).OnDelete(DeleteBehavior.Cascade);
    }
}
