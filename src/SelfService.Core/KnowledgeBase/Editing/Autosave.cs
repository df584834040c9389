using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.People;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase.Editing;

/// <summary>
/// What one person has written of an article and not saved as a revision yet. Each has her own, so that two who write at once never
/// touch each other's text.
/// </summary>
public sealed class Autosave
{
    public Guid ArticleId { get; init; }

    public Guid PersonId { get; init; }

    /// <summary>The revision she began from.</summary>
    public int BaseNumber { get; set; }

    /// <summary>Everything but the body.</summary>
    public required ArticleContent Content { get; set; }

    public string Body { get; set; } = "";

    public DateTime SavedAt { get; set; }

    /// <summary>The full content, body included.</summary>
    public ArticleContent FullContent => Content with { Body = Body };
}

internal sealed class AutosaveMapping : IEntityTypeConfiguration<Autosave>
{
    public void Configure(EntityTypeBuilder<Autosave> builder)
    {
        builder.HasKey(a => new { a.ArticleId, a.PersonId });
        builder.Property(a => a.Content).HasConversion(new JsonConverter<ArticleContent>(content => content with { Body = "" }));
        builder.Ignore(a => a.FullContent);
        builder.HasOne<Article>().WithMany().HasForeignKey(a => a.ArticleId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Person>().WithMany().HasForeignKey(a => a.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}
