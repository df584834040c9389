using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SelfService.Core.Persistence;

/// <summary>A named counter.</summary>
public sealed class Sequence
{
    public required string Name { get; init; }

    public long Value { get; set; }
}

internal sealed class SequenceMapping : IEntityTypeConfiguration<Sequence>
{
    public void Configure(EntityTypeBuilder<Sequence> builder)
    {
        builder.HasKey(s => s.Name);
        builder.Property(s => s.Name).HasMaxLength(60);
    }
}
