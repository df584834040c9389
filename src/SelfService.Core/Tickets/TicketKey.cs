using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SelfService.Core.Tickets;

/// <summary>
/// Opens one ticket for who has no account: 256 random bits in a link, of which only the SHA-256 is kept. A guest's browser
/// keeps the id of the key after the link was opened, so that revoking it ends every browser it opened.
/// </summary>
public sealed class TicketKey
{
    /// <summary>How long a key opens its ticket; a new link can be asked for any time.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    private const int SecretBytes = 32;

    public Guid Id { get; init; } = OrderedId.New();

    public Guid TicketId { get; init; }

    /// <summary>SHA-256 of the secret.</summary>
    public byte[] Hash { get; init; } = [];

    public DateTime IssuedAt { get; init; }

    public DateTime? RevokedAt { get; set; }

    /// <summary>A new key and its secret, which is not kept anywhere.</summary>
    public static (TicketKey Key, string Secret) Issue(Guid ticketId, DateTime now)
    {
        var secret = RandomNumberGenerator.GetBytes(SecretBytes);
        return (new TicketKey { TicketId = ticketId, Hash = SHA256.HashData(secret), IssuedAt = now }, Base64Url.EncodeToString(secret));
    }

    /// <summary>Hash of a secret as it comes from a link; null when it cannot be one.</summary>
    public static byte[]? HashOf(string? secret)
    {
        if (secret is null || secret.Length > 64 || !Base64Url.IsValid(secret))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(secret);
        return bytes.Length == SecretBytes ? SHA256.HashData(bytes) : null;
    }
}

/// <summary>Every question for keys that open something starts here.</summary>
public static class TicketKeys
{
    /// <summary>Keys that are neither revoked nor too old.</summary>
    public static IQueryable<TicketKey> Good(this IQueryable<TicketKey> keys, DateTime now)
    {
        var oldest = now - TicketKey.Lifetime;
        return keys.Where(k => k.RevokedAt == null && k.IssuedAt > oldest);
    }
}

internal sealed class TicketKeyMapping : IEntityTypeConfiguration<TicketKey>
{
    public void Configure(EntityTypeBuilder<TicketKey> builder)
    {
        builder.Property(k => k.Id).ValueGeneratedNever();
        builder.Property(k => k.Hash).HasMaxLength(32);
        builder.HasIndex(k => k.Hash).IsUnique();
        builder.HasOne<Ticket>().WithMany().HasForeignKey(k => k.TicketId).OnDelete(DeleteBehavior.Cascade);
    }
}
