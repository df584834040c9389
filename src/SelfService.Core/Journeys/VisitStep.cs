using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SelfService.Core.Journeys;

/// <summary>What a visitor can do on the way to an answer.</summary>
public enum VisitStepKind
{
    Searched,
    Read,

    /// <summary>Said beside a form that an article solved it.</summary>
    SolvedByArticle,

    /// <summary>An article was in sight for ten seconds, or read to its middle.</summary>
    Engaged,
}

/// <summary>One step of a visitor's way. Appended in batches off the request path; a crash may lose the last second.</summary>
public sealed class VisitStep
{
    public const int SubjectMaxLength = 200;

    public const int FormMaxLength = 80;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Random id from the visitor's cookie; null for who asked not to be followed.</summary>
    public Guid? VisitorId { get; init; }

    public VisitStepKind Kind { get; init; }

    /// <summary>Slug of the article, or what was searched.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Articles and products that a search found; null for anything else, and where it is not known.</summary>
    public int? Hits { get; init; }

    /// <summary>The form beside which it happened; empty elsewhere.</summary>
    public string Form { get; init; } = "";

    public DateTime At { get; init; }

    /// <summary>A search; it is masked here, whatever comes.</summary>
    /// <param name="typed">As it was typed.</param>
    /// <param name="now">UTC.</param>
    /// <param name="hits">What it found; null where it is not known.</param>
    public static VisitStep Search(Guid? visitorId, string typed, DateTime now, int? hits = null) =>
        new() { VisitorId = visitorId, Kind = VisitStepKind.Searched, Subject = MaskedText.Of(typed), Hits = hits, At = now };

    /// <summary>An article was read.</summary>
    /// <param name="slug">Of an article that exists.</param>
    /// <param name="now">UTC.</param>
    public static VisitStep Reading(Guid? visitorId, string slug, DateTime now) =>
        new() { VisitorId = visitorId, Kind = VisitStepKind.Read, Subject = slug, At = now };

    /// <summary>An article was in sight long enough, or far enough, to have been read.</summary>
    /// <param name="slug">Of an article that exists.</param>
    /// <param name="now">UTC.</param>
    public static VisitStep Engagement(Guid visitorId, string slug, DateTime now) =>
        new() { VisitorId = visitorId, Kind = VisitStepKind.Engaged, Subject = slug, At = now };

    /// <summary>Beside a form she said that the article solved it.</summary>
    /// <param name="slug">Of an article that exists.</param>
    /// <param name="form">Of a form that exists.</param>
    /// <param name="now">UTC.</param>
    public static VisitStep Solved(Guid visitorId, string slug, string form, DateTime now) =>
        new() { VisitorId = visitorId, Kind = VisitStepKind.SolvedByArticle, Subject = slug, Form = form, At = now };
}

internal sealed class VisitStepMapping : IEntityTypeConfiguration<VisitStep>
{
    public void Configure(EntityTypeBuilder<VisitStep> builder)
    {
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Subject).HasMaxLength(VisitStep.SubjectMaxLength);
        builder.Property(s => s.Form).HasMaxLength(VisitStep.FormMaxLength);
        builder.HasIndex(s => new { s.VisitorId, s.At });
        builder.HasIndex(s => s.At);
    }
}
