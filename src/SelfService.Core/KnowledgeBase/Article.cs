using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Search;

namespace SelfService.Core.KnowledgeBase;

/// <summary>Life of an article.</summary>
public enum ArticleStatus
{
    /// <summary>Never shown to customers; scheduled when <see cref="Article.PublishAt"/> is set.</summary>
    Draft,

    /// <summary>Shown to its audience.</summary>
    Published,

    /// <summary>Withdrawn; kept with its history.</summary>
    Archived,
}

/// <summary>How far the newest revision is on its way to the readers.</summary>
public enum ReviewStage
{
    /// <summary>Somebody is writing it.</summary>
    Writing,

    /// <summary>Somebody else is asked to read it.</summary>
    InReview,

    /// <summary>Somebody has read it and agrees that it is published.</summary>
    Approved,
}

/// <summary>An article: an address, a life and a line of revisions.</summary>
public sealed class Article : IVersioned
{
    /// <summary>Name of the sequence that numbers changes to what readers see.</summary>
    public const string ChangeSequence = "knowledge-base";

    public const int SlugMaxLength = 160;

    public Guid Id { get; init; } = OrderedId.New();

    public required string Slug { get; set; }

    public Guid CategoryId { get; set; }

    public Category Category { get; set; } = null!;

    public ArticleStatus Status { get; private set; }

    public Audience Audience { get; private set; }

    /// <summary>When <see cref="ScheduledNumber"/> is to be published by itself; null when nothing is scheduled.</summary>
    public DateTime? PublishAt { get; private set; }

    /// <summary>The revision that is scheduled; null for the newest one, as a file schedules it.</summary>
    public int? ScheduledNumber { get; private set; }

    /// <summary>When it is archived by itself; null for never.</summary>
    public DateTime? ExpiresAt { get; private set; }

    /// <summary>Stage of the newest revision.</summary>
    public ReviewStage Stage { get; private set; }

    /// <summary>Language of what readers see; empty for the company's own.</summary>
    public string Language { get; private set; } = "";

    /// <summary>The only country whose readers see it; empty for all.</summary>
    public string Country { get; private set; } = "";

    /// <summary>Slug of the article that it says for other readers; empty for an article of its own.</summary>
    public string VariantOf { get; private set; } = "";

    /// <summary>
    /// Codes of the readers to whom it is listed, each as <c>|es-MX|</c>; empty for all. See <see cref="Variants.ArrangeVariants"/>.
    /// </summary>
    public string Readers { get; internal set; } = "";

    /// <summary>When it was thrown away; null while it was not.</summary>
    public DateTime? TrashedAt { get; private set; }

    /// <summary>When somebody has to check that the text is still true.</summary>
    public DateTime? ReviewBy { get; private set; }

    /// <summary>When somebody was last reminded of <see cref="ReviewBy"/>.</summary>
    public DateTime? ReviewRemindedAt { get; set; }

    /// <summary>First moment the article could be read.</summary>
    public DateTime? PublishedAt { get; private set; }

    /// <summary>When what readers see last changed.</summary>
    public DateTime UpdatedAt { get; private set; }

    public DateTime CreatedAt { get; init; }

    /// <summary>The revision readers see; null before the first publication.</summary>
    public Guid? PublishedRevisionId { get; private set; }

    public Revision? PublishedRevision { get; private set; }

    /// <summary>Number of the newest revision; numbers start at 1 and have no gaps.</summary>
    public int LatestRevisionNumber { get; private set; }

    /// <summary>Position in <see cref="ChangeSequence"/> of the last change readers could notice.</summary>
    public long ChangeNumber { get; set; }

    /// <summary>The ticket whose answer it began with; null for any other beginning.</summary>
    public Guid? SourceTicketId { get; init; }

    public int HelpfulVotes { get; set; }

    public int UnhelpfulVotes { get; set; }

    /// <summary>What readers have proven, as <see cref="ProveUsefulness"/> last found it: <see cref="KnowledgeBase.Usefulness.Of"/>.</summary>
    public double Usefulness { get; private set; }

    public int Version { get; set; }

    /// <summary>Adds the next revision. It stays beside what is published until <see cref="Publish"/>.</summary>
    public Revision AddRevision(ArticleContent content, RenderedArticle rendered, RevisionOrigin origin, string author, DateTime now, Guid? authorId = null)
    {
        LatestRevisionNumber++;
        Stage = ReviewStage.Writing;
        UpdatedAt = LatestRevisionNumber == 1 ? now : UpdatedAt;
        if (PublishedRevisionId is null)
        {
            Follow(content);
        }

        return new Revision(Id, LatestRevisionNumber, content, rendered, origin, author, now, authorId);
    }

    /// <summary>A revision as a file of this article says it: with the state that the article has.</summary>
    public ArticleContent AsFile(Revision revision) => revision.FullContent with
    {
        Status = PublishAt is null ? Status : ArticleStatus.Published,
        PublishAt = PublishAt ?? revision.Content.PublishAt,
    };

    /// <summary>Shows a revision to readers from now on.</summary>
    public void Publish(Revision revision, DateTime now)
    {
        if (revision.ArticleId != Id)
        {
            throw new InvalidOperationException("A revision can be published only in its own article.");
        }

        Status = ArticleStatus.Published;
        PublishedRevisionId = revision.Id;
        PublishedRevision = revision;
        Audience = revision.Content.Audience;
        Follow(revision.Content);
        (ReviewBy, ReviewRemindedAt) = (revision.Content.ReviewBy, null);
        (PublishAt, ScheduledNumber, TrashedAt) = (null, null, null);
        ExpiresAt = revision.Content.ExpiresAt;
        UpdatedAt = PublishedAt is null && revision.Content.Date is { } date && date < now ? date : now;
        PublishedAt ??= UpdatedAt;
    }

    private void Follow(ArticleContent content) => (Language, Country, VariantOf) = (content.Language, content.Country, content.VariantOf);

    /// <summary>Publishes a revision by itself at <paramref name="moment"/>; what is published stays until then.</summary>
    /// <param name="number">The revision; null for the newest at that moment.</param>
    public void Schedule(DateTime moment, int? number = null) => (PublishAt, ScheduledNumber) = (moment, number);

    /// <summary>Nothing is published by itself any more.</summary>
    public void Unschedule() => (PublishAt, ScheduledNumber) = (null, null);

    /// <summary>The newest revision goes on to another stage.</summary>
    public void MoveTo(ReviewStage stage) => Stage = stage;

    /// <summary>Takes the article away from readers; its text and history stay.</summary>
    public void Archive(DateTime now)
    {
        Status = ArticleStatus.Archived;
        (PublishAt, ScheduledNumber, ExpiresAt) = (null, null, null);
        UpdatedAt = now;
    }

    /// <summary>Throws it away; until it is deleted it can be taken back.</summary>
    public void Trash(DateTime now)
    {
        Archive(now);
        TrashedAt = now;
    }

    /// <summary>Takes it back out of the trash, as a draft.</summary>
    public void TakeBack(DateTime now)
    {
        TrashedAt = null;
        Withdraw(now);
    }

    /// <summary>Takes a published article back to draft.</summary>
    public void Withdraw(DateTime now)
    {
        Status = ArticleStatus.Draft;
        (PublishAt, ScheduledNumber, ExpiresAt) = (null, null, null);
        UpdatedAt = now;
    }
}

internal sealed class ArticleMapping : IEntityTypeConfiguration<Article>
{
    public void Configure(EntityTypeBuilder<Article> builder)
    {
        builder.Property(a => a.Slug).HasMaxLength(Article.SlugMaxLength);
        builder.HasIndex(a => a.Slug).IsUnique();
        builder.HasIndex(a => a.ChangeNumber);
        builder.HasIndex(a => a.PublishAt);
        builder.HasIndex(a => a.ExpiresAt);
        builder.HasIndex(a => a.TrashedAt);
        builder.Property(a => a.Language).HasMaxLength(2);
        builder.Property(a => a.Country).HasMaxLength(2);
        builder.Property(a => a.VariantOf).HasMaxLength(Article.SlugMaxLength);
        builder.Property(a => a.Readers).HasMaxLength(2_000);
        builder.HasIndex(a => a.VariantOf).HasFilter("\"VariantOf\" <> ''");
        builder.HasIndex(a => new { a.CategoryId, a.Status });
        builder.HasOne(a => a.Category).WithMany().HasForeignKey(a => a.CategoryId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(a => a.PublishedRevision).WithMany().HasForeignKey(a => a.PublishedRevisionId)
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Ticket>().WithMany().HasForeignKey(a => a.SourceTicketId).OnDelete(DeleteBehavior.SetNull);
    }
}
