using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase;

/// <summary>A topic of the knowledge base.</summary>
public sealed class Category : IVersioned
{
    public const int SlugMaxLength = 100;
    public const int TitleMaxLength = 120;
    public const int DescriptionMaxLength = 300;
    public const int IconMaxLength = 32;

    public Guid Id { get; init; } = OrderedId.New();

    public required string Slug { get; init; }

    public required string Title { get; set; }

    public string Description { get; set; } = "";

    /// <summary>Name of an icon of the sprite.</summary>
    public string Icon { get; set; } = "";

    /// <summary>Place among the topics, from small to large.</summary>
    public int Position { get; set; }

    /// <summary>SHA-256, hexadecimal, of the file that was last read; empty for none.</summary>
    public string FileHash { get; set; } = "";

    /// <summary>When an editor last changed it; null while only files did.</summary>
    public DateTime? EditedAt { get; set; }

    public int Version { get; set; }

    /// <summary>The slug for a name of a topic, as a file or a folder has it.</summary>
    public static string SlugOf(string name) => Content.Slug.From(name, "general").Cut(SlugMaxLength).TrimEnd('-');
}

internal sealed class CategoryMapping : IEntityTypeConfiguration<Category>
{
    public void Configure(EntityTypeBuilder<Category> builder)
    {
        builder.Property(c => c.Slug).HasMaxLength(Category.SlugMaxLength);
        builder.Property(c => c.Title).HasMaxLength(Category.TitleMaxLength);
        builder.Property(c => c.Description).HasMaxLength(Category.DescriptionMaxLength);
        builder.Property(c => c.Icon).HasMaxLength(Category.IconMaxLength);
        builder.Property(c => c.FileHash).HasMaxLength(64);
        builder.HasIndex(c => c.Slug).IsUnique();
    }
}
