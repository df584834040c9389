using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SelfService.Core.Persistence;

/// <summary>A key that cookies and forms are protected with, where several nodes share them. Its secret is itself encrypted.</summary>
public sealed class ProtectionKey
{
    public Guid Id { get; init; } = OrderedId.New();

    /// <summary>Name for people; says which key it is, or what it revokes.</summary>
    public required string Name { get; init; }

    /// <summary>The key as the framework writes it.</summary>
    public required string Xml { get; init; }
}

internal sealed class ProtectionKeyMapping : IEntityTypeConfiguration<ProtectionKey>
{
    public void Configure(EntityTypeBuilder<ProtectionKey> builder)
    {
        builder.Property(k => k.Id).ValueGeneratedNever();
        builder.Property(k => k.Name).HasMaxLength(200);
    }
}
