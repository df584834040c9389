using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.Deflection;

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

    /// <summary>A browser has shown an article; machines that only fetch pages never say so.</summary>
    Shown,

    /// <summary>Opened an article by a link that an agent sent.</summary>
    ReadFromAgent,

    /// <summary>A machine that says it is one fetched an article. It has no visitor.</summary>
    Machine,

    /// <summary>Opened a form.</summary>
    OpenedForm,

    /// <summary>Sent a form, which opened a case.</summary>
    SentForm,

    /// <summary>Was shown articles beside a form, or what an experiment is about.</summary>
    Offered,

    /// <summary>Would have been shown it, but belongs to the share of an experiment that is not.</summary>
    Withheld,
}

/// <summary>One step of a visitor's way. Appended in batches off the request path; a crash may lose the last second.</summary>
public sealed class VisitStep
{
    public const int SubjectMaxLength = 200;

    public const int FormMaxLength = 80;

    public Guid Id { get; init; } = OrderedId.New();

    /// <summary>Random id from the visitor's cookie; null for who asked not to be followed.</summary>
    public Guid? VisitorId { get; init; }

    public VisitStepKind Kind { get; init; }

    /// <summary>Slug of the article, or what was searched.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Articles and products that a search found; null for anything else, and where it is not known.</summary>
    public int? Hits { get; init; }

    /// <summary>The form beside which it happened; empty elsewhere.</summary>
    public string Form { get; init; } = "";

    /// <summary>The search whose result was opened; empty where she came another way.</summary>
    public string Query { get; init; } = "";

    /// <summary>Key of the experiment that it belongs to; empty for anything else.</summary>
    public string Experiment { get; init; } = "";

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
    /// <param name="query">The search whose result it was, as it was typed; masked here.</param>
    /// <param name="form">The form beside which it was offered.</param>
    public static VisitStep Reading(Guid? visitorId, string slug, DateTime now, string query = "", string form = "") =>
        new() { VisitorId = visitorId, Kind = VisitStepKind.Read, Subject = slug, Query = query.Length == 0 ? "" : MaskedText.Of(query), Form = form, At = now };

    /// <summary>Something about an article that needs no more to be said.</summary>
    /// <param name="slug">Of an article that exists.</param>
    /// <param name="now">UTC.</param>
    public static VisitStep OnArticle(VisitStepKind kind, Guid? visitorId, string slug, DateTime now) =>
        new() { VisitorId = visitorId, Kind = kind, Subject = slug, At = now };

    /// <summary>An article was in sight long enough, or far enough, to have been read.</summary>
    /// <param name="slug">Of an article that exists.</param>
    /// <param name="now">UTC.</param>
    public static VisitStep Engagement(Guid visitorId, string slug, DateTime now) => OnArticle(VisitStepKind.Engaged, visitorId, slug, now);

    /// <summary>Beside a form she said that the article solved it.</summary>
    /// <param name="slug">Of an article that exists.</param>
    /// <param name="form">Of a form that exists.</param>
    /// <param name="now">UTC.</param>
    public static VisitStep Solved(Guid visitorId, string slug, string form, DateTime now) =>
        new() { VisitorId = visitorId, Kind = VisitStepKind.SolvedByArticle, Subject = slug, Form = form, At = now };

    /// <summary>A form was opened or sent.</summary>
    /// <param name="form">Of a form that exists.</param>
    /// <param name="now">UTC.</param>
    public static VisitStep OnForm(VisitStepKind kind, Guid? visitorId, string form, DateTime now) =>
        new() { VisitorId = visitorId, Kind = kind, Form = form, At = now };

    /// <summary>What an experiment is about was shown to somebody, or withheld.</summary>
    /// <param name="experiment">Key of the experiment; empty where none runs.</param>
    /// <param name="subject">Slug of the article; empty where there are several.</param>
    /// <param name="form">The form beside which it stood; empty elsewhere.</param>
    /// <param name="now">UTC.</param>
    public static VisitStep Offer(Guid? visitorId, bool isHeld, string experiment, string subject, string form, DateTime now) => new()
    {
        VisitorId = visitorId,
        Kind = isHeld ? VisitStepKind.Withheld : VisitStepKind.Offered,
        Experiment = experiment,
        Subject = subject,
        Form = form,
        At = now,
    };
}

internal sealed class VisitStepMapping : IEntityTypeConfiguration<VisitStep>
{
    public void Configure(EntityTypeBuilder<VisitStep> builder)
    {
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Subject).HasMaxLength(VisitStep.SubjectMaxLength);
        builder.Property(s => s.Form).HasMaxLength(VisitStep.FormMaxLength);
        builder.Property(s => s.Query).HasMaxLength(VisitStep.SubjectMaxLength);
        builder.Property(s => s.Experiment).HasMaxLength(Experiment.KeyMaxLength);
        builder.HasIndex(s => new { s.VisitorId, s.At });
        builder.HasIndex(s => s.At);
        // Few steps belong to an experiment, and they are looked up by it.
        builder.HasIndex(s => new { s.Experiment, s.VisitorId }).HasFilter("\"Experiment\" <> ''");
    }
}
