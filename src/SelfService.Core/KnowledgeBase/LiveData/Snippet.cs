using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase.LiveData;

/// <summary>A piece of Markdown that several articles show; a change shows in all of them.</summary>
public sealed class Snippet : IVersioned
{
    public const int KeyMaxLength = 60;
    public const int BodyMaxLength = 20_000;

    /// <summary>Name of the sequence that numbers changes of snippets.</summary>
    public const string ChangeSequence = "snippets";

    public Guid Id { get; init; } = OrderedId.New();

    /// <summary>How articles call it: lower-case letters, digits and hyphens.</summary>
    public required string Key { get; init; }

    /// <summary>Markdown.</summary>
    public required string Body { get; set; }

    /// <summary>Who wrote it last: a person's name, or the path of the file.</summary>
    public required string Author { get; set; }

    public DateTime UpdatedAt { get; set; }

    /// <summary>SHA-256, hexadecimal, of the file that says the same; empty since it was changed in the browser.</summary>
    public string FileHash { get; set; } = "";

    public int Version { get; set; }
}

internal sealed class SnippetMapping : IEntityTypeConfiguration<Snippet>
{
    public void Configure(EntityTypeBuilder<Snippet> builder)
    {
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Key).HasMaxLength(Snippet.KeyMaxLength);
        builder.HasIndex(s => s.Key).IsUnique();
        builder.Property(s => s.Body).HasMaxLength(Snippet.BodyMaxLength);
        builder.Property(s => s.Author).HasMaxLength(400);
        builder.Property(s => s.FileHash).HasMaxLength(64);
    }
}
