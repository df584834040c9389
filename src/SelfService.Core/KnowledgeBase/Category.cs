using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase;

/// <summary>A topic of the knowledge base.</summary>
public sealed class Category : IVersioned
{
    public const int SlugMaxLength = 100;
    public const int TitleMaxLength = 120;
    public const int DescriptionMaxLength = 300;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Slug { get; init; }

    public required string Title { get; set; }

    public string Description { get; set; } = "";

    /// <summary>Name of an icon of the sprite.</summary>
    public string Icon { get; set; } = "";

    /// <summary>Place among the topics, from small to large.</summary>
    public int Position { get; set; }

    public int Version { get; set; }
}

internal sealed class CategoryMapping : IEntityTypeConfiguration<Category>
{
    public void Configure(EntityTypeBuilder<Category> builder)
    {
        builder.Property(c => c.Slug).HasMaxLength(Category.SlugMaxLength);
        builder.Property(c => c.Title).HasMaxLength(Category.TitleMaxLength);
        builder.Property(c => c.Description).HasMaxLength(Category.DescriptionMaxLength);
        builder.Property(c => c.Icon).HasMaxLength(32);
        builder.HasIndex(c => c.Slug).IsUnique();
    }
}
