using System.Globalization;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Sla;

namespace SelfService.Core.Tickets;

/// <summary><c>content/queues.yaml</c> as it is written; <see cref="Read"/> checks it.</summary>
public sealed class ServiceDeskFile
{
    public const string FileName = "queues.yaml";

    private const int DefaultReopenDays = 14;

    public Dictionary<string, QueuePart>? Queues { get; set; }
    public Dictionary<string, PolicyPart>? Policies { get; set; }
    public string? DefaultQueue { get; set; }
    public int? ReopenDays { get; set; }

    /// <summary>Reads and checks the file.</summary>
    /// <exception cref="ContentException">A value is missing or cannot be used; the problem names it.</exception>
    public static ServiceDesk Read(ReadOnlySpan<byte> bytes)
    {
        var file = TypedYaml.Read<ServiceDeskFile>(bytes);
        var policies = (file.Policies ?? []).Select(p => Policy(p.Key, p.Value)).ToDictionary(p => p.Key);
        if (policies.Count == 0)
        {
            throw Unusable("policies", null);
        }

        var queues = (file.Queues ?? []).Select(q => Queue(q.Key, q.Value, policies)).ToList();
        var first = file.DefaultQueue ?? queues.FirstOrDefault()?.Key;
        if (queues.All(q => q.Key != first))
        {
            throw Unusable("default_queue", first);
        }

        return file.ReopenDays is null or (>= 0 and <= 365)
            ? new ServiceDesk(queues, [.. policies.Values], first!, TimeSpan.FromDays(file.ReopenDays ?? DefaultReopenDays))
            : throw Unusable("reopen_days", file.ReopenDays.Value.ToString(CultureInfo.InvariantCulture));
    }

    private static Queue Queue(string key, QueuePart? part, Dictionary<string, SlaPolicy> policies)
    {
        if (!IsKey(key) || string.IsNullOrWhiteSpace(part?.Name))
        {
            throw Unusable($"queues.{key}", part?.Name);
        }

        return policies.TryGetValue(part.Sla ?? policies.Keys.First(), out var policy)
            ? new Queue(key, part.Name.Trim(), policy)
            : throw Unusable($"queues.{key}.sla", part.Sla);
    }

    private static SlaPolicy Policy(string key, PolicyPart? part)
    {
        var hours = part?.Hours switch { null or "opening" => SlaHours.Opening, "always" => SlaHours.Always, _ => (SlaHours?)null };
        return IsKey(key) && hours is { } counted && Time(part?.FirstResponse) is { } first
            ? new SlaPolicy(key, first, Time(part?.NextResponse) ?? first, counted)
            : throw Unusable($"policies.{key}", $"{part?.FirstResponse} {part?.NextResponse} {part?.Hours}".Trim());
    }

    private static bool IsKey(string key) => key.Length is > 0 and <= Ticket.KeyMaxLength && key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    // More than a month is a mistake; and policies count hours, not days.
    private static TimeSpan? Time(string? text) =>
        WrittenTime.Length(text, TimeSpan.FromDays(31)) is { Ticks: > 0 } time && !text!.EndsWith('d') ? time : null;

    private static ContentException Unusable(string key, string? value) =>
        new(ContentProblem.Error(ProblemKind.UnknownValue, 0, $"{key}: {value ?? "—"}"));

    public sealed class QueuePart
    {
        public string? Name { get; set; }
        public string? Sla { get; set; }
    }

    public sealed class PolicyPart
    {
        public string? FirstResponse { get; set; }
        public string? NextResponse { get; set; }
        public string? Hours { get; set; }
    }
}
