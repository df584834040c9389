using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase;

/// <summary>An image of an article or a product, kept in the database so that every node has it.</summary>
public sealed class Media
{
    /// <summary>Largest image, in bytes.</summary>
    public const int MaxBytes = 5 * 1024 * 1024;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>SHA-256 of <see cref="Bytes"/>, hexadecimal; part of the address, so a file never changes under one.</summary>
    public required string Hash { get; init; }

    public required string Name { get; init; }

    public required string ContentType { get; init; }

    public int Width { get; init; }

    public int Height { get; init; }

    public required byte[] Bytes { get; init; }

    /// <summary>Address it is served at.</summary>
    public string Url => UrlOf(Hash, Name);

    /// <summary>Address of the image with this hash.</summary>
    public static string UrlOf(string hash, string name) => $"/media/{hash}/{Uri.EscapeDataString(name)}";
}

internal static class StoredMedia
{
    /// <summary>Stores the images that are not there yet, when the context is saved.</summary>
    public static async Task AddMissingAsync(this PortalDbContext db, IReadOnlyList<Media> media, CancellationToken cancel)
    {
        var hashes = media.Select(m => m.Hash).ToList();
        var stored = await db.Media.Where(m => hashes.Contains(m.Hash)).Select(m => m.Hash).ToHashSetAsync(cancel);
        db.Media.AddRange(media.Where(m => !stored.Contains(m.Hash)));
    }
}

internal sealed class MediaMapping : IEntityTypeConfiguration<Media>
{
    public void Configure(EntityTypeBuilder<Media> builder)
    {
        builder.Property(m => m.Hash).HasMaxLength(64);
        builder.Property(m => m.Name).HasMaxLength(200);
        builder.Property(m => m.ContentType).HasMaxLength(60);
        builder.HasIndex(m => m.Hash).IsUnique();
        builder.Ignore(m => m.Url);
    }
}
