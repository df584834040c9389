using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.People;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase.Uploads;

/// <summary>What an archive would do, or did.</summary>
/// <param name="Articles">Of those that do not stay as they are.</param>
/// <param name="LeftOut">Files that are not used.</param>
public sealed record UploadReport(
    int Topics, int Created, int Updated, int Unchanged, int Conflicts, int Failed, int Held,
    IReadOnlyList<ImportedArticle> Articles, IReadOnlyList<ContentProblem> Problems, IReadOnlyList<string> LeftOut)
{
    internal static UploadReport Of(ImportReport report, IReadOnlyList<string> leftOut) => new(
        report.Topics, report.Created, report.Updated, report.Unchanged, report.Conflicts, report.Failed, report.Held, report.Articles, report.Problems, leftOut);
}

/// <summary>An archive of articles on its way: brought, looked at, confirmed, imported. What is long is done by <see cref="WorkOnUploads"/>.</summary>
public sealed class ArticleUpload
{
    public const int FileNameMaxLength = 200;

    /// <summary>How long it is kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public Guid Id { get; init; }

    public required string FileName { get; init; }

    /// <summary>The ZIP; empty when it was imported.</summary>
    public required byte[] Bytes { get; init; }

    /// <summary>Who brought it, confirms it, and with whose rights it is imported.</summary>
    public Guid PersonId { get; init; }

    public DateTime BroughtAt { get; init; }

    /// <summary>When it was known what it would do.</summary>
    public DateTime? PlannedAt { get; init; }

    /// <summary>When she said that it is to be imported.</summary>
    public DateTime? ConfirmedAt { get; init; }

    public DateTime? FinishedAt { get; init; }

    /// <summary>Whoever works on it has it until then.</summary>
    public DateTime? LeaseUntil { get; init; }

    /// <summary>Files done, of <see cref="Total"/>, of what is being worked on.</summary>
    public int Done { get; init; }

    public int Total { get; init; }

    /// <summary>What it would do.</summary>
    public UploadReport? Plan { get; init; }

    /// <summary>What it did; null when that broke off. What had been imported by then stays.</summary>
    public UploadReport? Report { get; init; }
}

internal sealed class ArticleUploadMapping : IEntityTypeConfiguration<ArticleUpload>
{
    public void Configure(EntityTypeBuilder<ArticleUpload> builder)
    {
        builder.Property(u => u.Id).ValueGeneratedNever();
        builder.Property(u => u.FileName).HasMaxLength(ArticleUpload.FileNameMaxLength);
        builder.Property(u => u.Plan).HasConversion(new JsonConverter<UploadReport?>());
        builder.Property(u => u.Report).HasConversion(new JsonConverter<UploadReport?>());
        builder.HasIndex(u => new { u.PersonId, u.BroughtAt });
        builder.HasOne<Person>().WithMany().HasForeignKey(u => u.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}
