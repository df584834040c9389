using System.Globalization;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.People;
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

        return new Queue(key, part.Name.Trim(), Named(part.Sla ?? policies.Keys.First(), $"queues.{key}.sla"))
        {
            SlaByKind = (part.SlaByKind ?? []).ToDictionary(
                k => Enum.TryParse<TicketKind>(k.Key, ignoreCase: true, out var kind) && !int.TryParse(k.Key, out _) ? kind : throw Unusable($"queues.{key}.sla_by_kind", k.Key),
                k => Named(k.Value, $"queues.{key}.sla_by_kind.{k.Key}")),
            EscalateTo = [.. (part.EscalateTo ?? []).Select(address => EmailAddress.Parse(address) ?? throw Unusable($"queues.{key}.escalate_to", address))],
            EscalateEvery = part.EscalateEvery is { } every ? Time(every) ?? throw Unusable($"queues.{key}.escalate_every", every) : TimeSpan.FromHours(2),
        };

        SlaPolicy Named(string? name, string where) => policies.TryGetValue(name ?? "", out var policy) ? policy : throw Unusable(where, name);
    }

    private static SlaPolicy Policy(string key, PolicyPart? part)
    {
        var hours = part?.Hours switch { null or "opening" => SlaHours.Opening, "always" => SlaHours.Always, _ => (SlaHours?)null };
        if (!IsKey(key) || hours is not { } counted || part is null || Times(part, null) is not { } usual || part.Warn is < 1 or > 90)
        {
            throw Unusable($"policies.{key}", $"{part?.FirstResponse} {part?.NextResponse} {part?.Solution} {part?.Hours} {part?.Warn}".Trim());
        }

        return new SlaPolicy(key, usual, counted)
        {
            WarnShare = (part.Warn ?? 25) / 100.0,
            ByPriority = (part.ByPriority ?? []).ToDictionary(
                p => Enum.TryParse<TicketPriority>(p.Key, ignoreCase: true, out var priority) && !int.TryParse(p.Key, out _) ? priority : throw Unusable($"policies.{key}.by_priority", p.Key),
                p => Times(p.Value ?? new TimesPart(), usual) ?? throw Unusable($"policies.{key}.by_priority.{p.Key}", $"{p.Value?.FirstResponse} {p.Value?.NextResponse} {p.Value?.Solution}".Trim())),
        };
    }

    // What a priority leaves out is as usual; a text that is no time is a mistake.
    private static SlaTimes? Times(TimesPart part, SlaTimes? usual)
    {
        var (first, next, solution) = (Time(part.FirstResponse) ?? usual?.FirstResponse, Time(part.NextResponse) ?? usual?.NextResponse, Time(part.Solution) ?? usual?.Solution);
        var isWrong = (part.FirstResponse is not null && Time(part.FirstResponse) is null) || (part.NextResponse is not null && Time(part.NextResponse) is null) || (part.Solution is not null && Time(part.Solution) is null);
        return first is { } answer && !isWrong ? new SlaTimes(answer, next ?? answer, solution) : null;
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
        public Dictionary<string, string>? SlaByKind { get; set; }
        public List<string>? EscalateTo { get; set; }
        public string? EscalateEvery { get; set; }
    }

    public class TimesPart
    {
        public string? FirstResponse { get; set; }
        public string? NextResponse { get; set; }
        public string? Solution { get; set; }
    }

    public sealed class PolicyPart : TimesPart
    {
        public string? Hours { get; set; }
        public int? Warn { get; set; }
        public Dictionary<string, TimesPart?>? ByPriority { get; set; }
    }
}
