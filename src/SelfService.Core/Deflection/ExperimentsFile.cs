using NodaTime;
using NodaTime.Text;
using SelfService.Core.KnowledgeBase.Content;

namespace SelfService.Core.Deflection;

/// <summary><c>content/experiments.yaml</c> as it is written; <see cref="Read"/> checks it.</summary>
public sealed class ExperimentsFile
{
    public const string FileName = "experiments.yaml";

    /// <summary>Notices that may be left out for some: nobody misses an hour, money or goods for want of them.</summary>
    public static readonly IReadOnlyList<string> Notices = [OrderConfirmed, OrderPreparing, AppointmentFollowUp];

    public const string OrderConfirmed = "order-confirmed";
    public const string OrderPreparing = "order-preparing";
    public const string AppointmentFollowUp = "appointment-follow-up";

    private const int MaxDays = 366;

    /// <summary>Percent of the visitors that see no articles beside the forms.</summary>
    public double? FormsHeld { get; set; }

    public Dictionary<string, Part>? Experiments { get; set; }

    /// <summary>Reads and checks the file.</summary>
    /// <exception cref="ContentException">A value is missing or cannot be used; the problem names it.</exception>
    public static Experiments Read(ReadOnlySpan<byte> bytes)
    {
        var file = TypedYaml.Read<ExperimentsFile>(bytes);
        var forms = file.FormsHeld ?? (100 * Deflection.Experiments.UsualFormsHeld);
        return forms is >= 0 and <= 100 * Experiment.MaxHeld
            ? new Experiments([.. (file.Experiments ?? []).Select(e => One(e.Key, e.Value))], forms / 100)
            : throw Unusable("forms_held", FormattableString.Invariant($"{forms}"));
    }

    private static Experiment One(string key, Part? part)
    {
        if (string.IsNullOrEmpty(part?.Article) == string.IsNullOrEmpty(part?.Notice))
        {
            throw Unusable($"experiments.{key}.article", part?.Article);
        }

        if (!string.IsNullOrEmpty(part!.Notice) && !Notices.Contains(part.Notice))
        {
            throw Unusable($"experiments.{key}.notice", part.Notice);
        }

        if (key.Length is 0 or > Experiment.KeyMaxLength || !key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            throw Unusable($"experiments.{key}", key);
        }

        var (from, until) = (Day(part.From), Day(part.Until));
        if (from is null || until is null || until < from || Period.DaysBetween(from.Value, until.Value) > MaxDays)
        {
            throw Unusable($"experiments.{key}.until", $"{part.From} – {part.Until}");
        }

        return part.Held is > 0 and <= 100 * Experiment.MaxHeld && (part.Least ?? Experiment.LeastPeople) >= Experiment.LeastPeople
            ? new Experiment(key, string.IsNullOrEmpty(part.Notice) ? ExperimentKind.Article : ExperimentKind.Notice, part.Article ?? part.Notice!, part.Held.Value / 100, from.Value, until.Value, part.Least ?? Experiment.LeastPeople)
            : throw Unusable($"experiments.{key}.held", FormattableString.Invariant($"{part.Held} {part.Least}"));
    }

    private static LocalDate? Day(string? text) => LocalDatePattern.Iso.Parse(text ?? "") is { Success: true } day ? day.Value : null;

    private static ContentException Unusable(string key, string? value) =>
        new(ContentProblem.Error(ProblemKind.UnknownValue, 0, $"{key}: {value ?? "—"}"));

    public sealed class Part
    {
        public string? Article { get; set; }

        /// <summary>One of <see cref="ExperimentsFile.Notices"/>, instead of an article.</summary>
        public string? Notice { get; set; }

        /// <summary>Percent that does without.</summary>
        public double? Held { get; set; }

        public string? From { get; set; }
        public string? Until { get; set; }
        public int? Least { get; set; }
    }
}
