using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SelfService.Core.Appointments;

/// <summary>
/// Opens the calendar of one person for the program that follows it: 256 random bits in an address, of which only the SHA-256 is
/// kept. A person has one at a time.
/// </summary>
public sealed class CalendarKey
{
    private const int SecretBytes = 32;
    private const int SecretMaxLength = 64;

    public Guid Id { get; init; } = OrderedId.New();

    /// <summary>Key of the person.</summary>
    public string Resource { get; init; } = "";

    /// <summary>SHA-256 of the secret.</summary>
    public byte[] Hash { get; init; } = [];

    /// <summary>Account of who made it.</summary>
    public Guid MadeById { get; init; }

    public DateTime MadeAt { get; init; }

    public DateTime? RevokedAt { get; init; }

    /// <summary>A new key and its secret, which is not kept anywhere.</summary>
    public static (CalendarKey Key, string Secret) Issue(string resource, Guid personId, DateTime now)
    {
        var secret = RandomNumberGenerator.GetBytes(SecretBytes);
        return (new CalendarKey { Resource = resource, Hash = SHA256.HashData(secret), MadeById = personId, MadeAt = now }, Base64Url.EncodeToString(secret));
    }

    /// <summary>Hash of a secret as it comes from an address; null when it cannot be one.</summary>
    public static byte[]? HashOf(string? secret)
    {
        if (secret is not { Length: > 0 and <= SecretMaxLength } || !Base64Url.IsValid(secret))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(secret);
        return bytes.Length == SecretBytes ? SHA256.HashData(bytes) : null;
    }
}

internal sealed class CalendarKeyMapping : IEntityTypeConfiguration<CalendarKey>
{
    public void Configure(EntityTypeBuilder<CalendarKey> builder)
    {
        builder.Property(k => k.Id).ValueGeneratedNever();
        builder.Property(k => k.Resource).HasMaxLength(Service.KeyMaxLength);
        builder.Property(k => k.Hash).HasMaxLength(32);
        builder.HasIndex(k => k.Hash).IsUnique();
        builder.HasIndex(k => k.Resource);
    }
}
