using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.People;

namespace SelfService.Core.Catalog;

/// <summary>What a file that was brought changes.</summary>
public enum CatalogUploadKind
{
    /// <summary>Prices, names and what is on sale.</summary>
    Catalogue,

    /// <summary>Numbers of pieces.</summary>
    Stock,
}

/// <summary>A CSV file between being brought and being applied: it is looked at first.</summary>
public sealed class CatalogUpload
{
    /// <summary>Largest file, in bytes.</summary>
    public const int MaxBytes = 5 * 1024 * 1024;

    public const int FileNameMaxLength = 200;

    /// <summary>How long it is kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public Guid Id { get; init; } = OrderedId.New();

    public CatalogUploadKind Kind { get; init; }

    public required string FileName { get; init; }

    public required byte[] Bytes { get; init; }

    public Guid? PersonId { get; init; }

    public DateTime BroughtAt { get; init; }

    /// <summary>When it was applied; null while it is only looked at.</summary>
    public DateTime? AppliedAt { get; set; }
}

internal sealed class CatalogUploadMapping : IEntityTypeConfiguration<CatalogUpload>
{
    public void Configure(EntityTypeBuilder<CatalogUpload> builder)
    {
        builder.Property(u => u.Id).ValueGeneratedNever();
        builder.Property(u => u.FileName).HasMaxLength(CatalogUpload.FileNameMaxLength);
        builder.HasIndex(u => u.BroughtAt);
        builder.HasOne<Person>().WithMany().HasForeignKey(u => u.PersonId).OnDelete(DeleteBehavior.SetNull);
    }
}
