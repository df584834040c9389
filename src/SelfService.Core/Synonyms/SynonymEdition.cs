using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.Persistence;

namespace SelfService.Core.Synonyms;

/// <summary>What editors had the search know from one moment on. Every save is a new one; none is ever changed.</summary>
public sealed class SynonymEdition
{
    /// <summary>Advanced by every save, so that every node knows of it.</summary>
    public const string ChangeSequence = "synonyms";

    private SynonymEdition()
    {
    }

    internal SynonymEdition(int number, SynonymRules rules, string author, Guid authorId, DateTime now) =>
        (Number, Text, Off, Author, AuthorId, At) = (number, rules.Text, rules.Off, author, authorId, now);

    /// <summary>From 1, without gaps.</summary>
    public int Number { get; private init; }

    /// <inheritdoc cref="SynonymRules"/>
    public string Text { get; private init; } = "";

    /// <inheritdoc cref="SynonymRules"/>
    public IReadOnlyList<string> Off { get; private init; } = [];

    /// <summary>Name of who saved it.</summary>
    public string Author { get; private init; } = "";

    public Guid AuthorId { get; private init; }

    /// <summary>UTC.</summary>
    public DateTime At { get; private init; }

    public SynonymRules Rules => new(Text, Off);
}

/// <summary>What is asked of the editions.</summary>
public static class SynonymQueries
{
    /// <summary>The newest; null when nobody has saved any.</summary>
    public static Task<SynonymEdition?> LatestSynonymsAsync(this PortalDbContext db, CancellationToken cancel) =>
        db.SynonymEditions.AsNoTracking().OrderByDescending(e => e.Number).FirstOrDefaultAsync(cancel);
}

internal sealed class SynonymEditionMapping : IEntityTypeConfiguration<SynonymEdition>
{
    public void Configure(EntityTypeBuilder<SynonymEdition> builder)
    {
        builder.HasKey(e => e.Number);
        // The key is what tells two who save at once apart.
        builder.Property(e => e.Number).ValueGeneratedNever();
        builder.Property(e => e.Off).HasJsonConversion();
        builder.Property(e => e.Author).HasMaxLength(400);
        builder.Ignore(e => e.Rules);
    }
}
