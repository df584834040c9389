using System.Buffers.Binary;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase;

/// <summary>An image of an article or a product, kept in the database so that every node has it.</summary>
public sealed class Media
{
    /// <summary>Largest image, in bytes.</summary>
    public const int MaxBytes = 5 * 1024 * 1024;

    public Guid Id { get; init; } = OrderedId.New();

    /// <summary>SHA-256 of <see cref="Bytes"/>, hexadecimal; part of the address, so a file never changes under one.</summary>
    public required string Hash { get; init; }

    public required string Name { get; init; }

    public required string ContentType { get; init; }

    public int Width { get; init; }

    public int Height { get; init; }

    public required byte[] Bytes { get; init; }

    /// <summary>When it came, UTC: its id says so (RFC 9562, 5.7).</summary>
    public DateTime CameAt => CameAtOf(Id);

    /// <inheritdoc cref="CameAt"/>
    public static DateTime CameAtOf(Guid id) => DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(id.ToByteArray(bigEndian: true)) >>> 16).UtcDateTime;

    /// <summary>Address it is served at.</summary>
    public string Url => UrlOf(Hash, Name);

    /// <summary>Address of the image with this hash.</summary>
    public static string UrlOf(string hash, string name) => $"/media/{hash}/{Uri.EscapeDataString(name)}";
}

internal static class StoredMedia
{
    /// <summary>Keeps images from being deleted until the transaction ends, in which a text that shows them is saved.</summary>
    /// <exception cref="DbUpdateConcurrencyException">One of them was deleted a moment ago.</exception>
    public static async Task HoldImagesAsync(this PortalDbContext db, IEnumerable<ArticleImage> images, CancellationToken cancel)
    {
        var hashes = images.Select(i => i.Hash).Distinct().ToList();
        if (hashes.Count == 0)
        {
            return;
        }

        await db.LockImagesAsync(alone: false, cancel);
        if (await db.Media.CountAsync(m => EF.Parameter(hashes).Contains(m.Hash), cancel) < hashes.Count)
        {
            throw new DbUpdateConcurrencyException("An image was deleted a moment ago.");
        }
    }

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
        builder.Ignore(m => m.CameAt);
    }
}
