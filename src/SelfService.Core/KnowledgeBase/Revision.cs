using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.KnowledgeBase.LiveData;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase;

/// <summary>Where a revision came from.</summary>
public enum RevisionOrigin
{
    File,
    Browser,

    /// <summary>A file that somebody brought in the browser.</summary>
    Brought,
}

/// <summary>One version of an article: what was written, and what it rendered to. Never changed afterwards.</summary>
public sealed class Revision
{
    private Revision()
    {
    }

    internal Revision(
        Guid articleId, int number, ArticleContent content, RenderedArticle rendered, RevisionOrigin origin, string author, DateTime now, Guid? authorId)
    {
        ArticleId = articleId;
        Number = number;
        Content = content;
        Title = content.Title;
        Summary = content.Summary;
        Body = content.Body;
        ContentHash = content.Hash(rendered.Images);
        Origin = origin;
        Author = author;
        AuthorId = authorId;
        CreatedAt = now;
        Rerender(rendered);
    }

    public Guid Id { get; private init; } = OrderedId.New();

    public Guid ArticleId { get; private init; }

    public int Number { get; private init; }

    public string Title { get; private init; } = "";

    public string Summary { get; private init; } = "";

    /// <summary>Markdown as written, without front matter.</summary>
    public string Body { get; private init; } = "";

    /// <summary>Everything that was written except the body, which has its own column.</summary>
    public ArticleContent Content { get; private init; } = null!;

    /// <summary>SHA-256 of the canonical file, hexadecimal: two revisions with the same hash say the same.</summary>
    public string ContentHash { get; private init; } = "";

    public RevisionOrigin Origin { get; private init; }

    /// <summary>Who wrote it: a person's name, or the path of the file.</summary>
    public string Author { get; private init; } = "";

    /// <summary>Account of who wrote it; null for a file.</summary>
    public Guid? AuthorId { get; private init; }

    public DateTime CreatedAt { get; private init; }

    public string Html { get; private set; } = "";

    public IReadOnlyList<ArticleSection> Sections { get; private set; } = [];

    public IReadOnlyList<ArticleImage> Images { get; private set; } = [];

    /// <summary>Figures of the company that <see cref="Html"/> shows.</summary>
    public IReadOnlyList<UsedFigure> Figures { get; private set; } = [];

    /// <summary>Whether it shows any; what most articles do not need not be read of them.</summary>
    public bool HasFigures { get; private set; }

    /// <summary>Minutes to read at 200 words a minute, at least one.</summary>
    public int ReadingMinutes { get; private set; }

    /// <summary>Version of the renderer that made <see cref="Html"/>; older ones are rendered again at start.</summary>
    public int RendererVersion { get; private set; }

    /// <summary>The full content, body included.</summary>
    public ArticleContent FullContent => Content with { Body = Body };

    /// <summary>Puts a newer rendering of the same text in place.</summary>
    public void Rerender(RenderedArticle rendered)
    {
        Html = rendered.Html;
        Sections = rendered.Sections;
        Images = rendered.Images;
        (Figures, HasFigures) = (rendered.Figures, rendered.Figures.Count > 0);
        ReadingMinutes = rendered.ReadingMinutes;
        RendererVersion = rendered.RendererVersion;
    }
}

internal sealed class RevisionMapping : IEntityTypeConfiguration<Revision>
{
    public void Configure(EntityTypeBuilder<Revision> builder)
    {
        builder.HasIndex(r => new { r.ArticleId, r.Number }).IsUnique();
        builder.HasIndex(r => r.RendererVersion);
        builder.HasOne<Article>().WithMany().HasForeignKey(r => r.ArticleId).OnDelete(DeleteBehavior.Cascade);
        builder.Property(r => r.Title).HasMaxLength(ArticleContent.TitleMaxLength);
        builder.Property(r => r.Summary).HasMaxLength(ArticleContent.SummaryMaxLength);
        builder.Property(r => r.ContentHash).HasMaxLength(64);
        builder.Property(r => r.Author).HasMaxLength(400);
        builder.Ignore(r => r.FullContent);
        builder.Property(r => r.Content).HasConversion(new ContentConverter());
        builder.Property(r => r.Sections).HasJsonConversion();
        builder.Property(r => r.Images).HasJsonConversion();
        builder.Property(r => r.Figures).HasJsonConversion();
        builder.HasIndex(r => r.HasFigures).HasFilter("\"HasFigures\"");
    }

    // The body has its own column; the rest of the content is one JSON value beside it.
    private sealed class ContentConverter() : JsonConverter<ArticleContent>(content => content with { Body = "" });
}
