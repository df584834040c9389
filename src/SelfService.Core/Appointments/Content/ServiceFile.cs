using System.Globalization;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Requests;
using SelfService.Core.Tickets;

namespace SelfService.Core.Appointments.Content;

/// <summary>A service of <c>content/services</c> as it is written; <see cref="Read"/> checks it.</summary>
public sealed class ServiceFile
{
    private const int MaxLines = 20;
    private const int IconMaxLength = 40;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Month = TimeSpan.FromDays(31);

    private static readonly HashSet<string> KnownKeys =
    [
        "title", "summary", "icon", "position", "mode", "price", "queue", "duration", "before", "after", "every", "hours", "needs", "seats", "seats_each",
        "places", "notice", "horizon", "change_until", "change_rule", "reminders", "follow_up", "fields", "bring", "choose_person", "repeats", "waiting_list",
    ];

    public string? Title { get; set; }
    public string? Summary { get; set; }
    public string? Icon { get; set; }
    public int Position { get; set; } = int.MaxValue;
    public string? Mode { get; set; }
    public string? Price { get; set; }
    public string? Queue { get; set; }
    public string? Duration { get; set; }
    public string? Before { get; set; }
    public string? After { get; set; }
    public string? Every { get; set; }
    public Dictionary<string, string?>? Hours { get; set; }
    public Dictionary<string, int>? Needs { get; set; }
    public int? Seats { get; set; }
    public int? SeatsEach { get; set; }
    public List<string?>? Places { get; set; }
    public string? Notice { get; set; }
    public string? Horizon { get; set; }
    public string? ChangeUntil { get; set; }
    public string? ChangeRule { get; set; }
    public List<string?>? Reminders { get; set; }
    public string? FollowUp { get; set; }
    public List<RequestFormFile.FieldPart?>? Fields { get; set; }
    public List<string?>? Bring { get; set; }
    public bool ChoosePerson { get; set; }
    public int? Repeats { get; set; }
    public string? WaitingList { get; set; }

    /// <summary>Reads and checks a file.</summary>
    /// <param name="slug">Its name without ending.</param>
    /// <param name="resources">People and rooms there are.</param>
    /// <param name="problems">Receives everything wrong with it.</param>
    /// <returns>Null when an error keeps it out.</returns>
    /// <exception cref="ContentException">It is no YAML of this shape, or a value cannot be used.</exception>
    public static Service? Read(
        string slug, ReadOnlySpan<byte> bytes, IReadOnlyList<Place> places, IReadOnlyList<Resource> resources, ServiceDesk desk, ICollection<ContentProblem> problems)
    {
        var file = TypedYaml.Read<ServiceFile>(bytes);
        var keys = YamlEntries.Keys(TextFile.Decode(bytes).Text).ToList();
        var found = new List<ContentProblem>();
        foreach (var (path, line) in keys.Where(key => !key.Path.Contains('.', StringComparison.Ordinal) && !KnownKeys.Contains(key.Path)))
        {
            found.Add(ContentProblem.Warning(ProblemKind.UnknownKeys, line, path));
        }

        var routing = new FormRouting(desk, found);
        var fields = new FormFieldsReader(routing, found).Read(file.Fields ?? [], [.. keys.Where(key => key.Path == "fields.name").Select(key => key.Line)]);
        var queue = routing.Queue(file.Queue, "queue", keys.FirstOrDefault(k => k.Path == "queue").Line) ?? routing.DefaultQueue;
        var service = file.Checked(AgendaText.Key(slug, "file"), queue, fields, places, resources);
        foreach (var problem in found)
        {
            problems.Add(problem);
        }

        return found.Any(p => p.Severity == ProblemSeverity.Error) ? null : service;
    }

    private Service Checked(string slug, string queue, IReadOnlyList<FormField> fields, IReadOnlyList<Place> places, IReadOnlyList<Resource> resources)
    {
        var duration = AgendaText.Grains(Duration, "duration", Day);
        var given = (Places ?? places.Select(p => (string?)p.Key)).Select(key => places.FirstOrDefault(p => p.Key == key)?.Key ?? throw AgendaText.Unusable("places", key)).Distinct().ToList();
        var needs = (Needs ?? []).Select(need => new Need(AgendaText.Key(need.Key, "needs"), Between(need.Value, 1, resources.Count, $"needs.{need.Key}"))).ToList();
        if (needs.Count == 0 || duration == TimeSpan.Zero)
        {
            throw AgendaText.Unusable(needs.Count == 0 ? "needs" : "duration", Duration);
        }

        foreach (var place in given)
        {
            foreach (var need in needs.Where(need => resources.Count(r => r.Skills.Contains(need.Skill) && r.Places.Contains(place)) < need.Count))
            {
                throw AgendaText.Unusable($"needs.{need.Skill}", place);
            }
        }

        // Who could do two parts of it would have to be divided between them.
        if (resources.FirstOrDefault(r => needs.Count(n => r.Skills.Contains(n.Skill)) > 1) is { } torn)
        {
            throw AgendaText.Unusable("needs", torn.Key);
        }

        var seats = Between(Seats, 1, Service.MaxSeats, "seats");
        return new Service
        {
            Slug = slug,
            Title = AgendaText.Line(Title, "title", RequestForm.TitleMaxLength, isRequired: true),
            Summary = AgendaText.Line(Summary, "summary", RequestForm.SummaryMaxLength),
            Icon = AgendaText.Line(Icon, "icon", IconMaxLength),
            Position = Position,
            Mode = Mode switch { null or "place" => ServiceMode.AtPlace, "home" => ServiceMode.AtHome, "video" => ServiceMode.Video, _ => throw AgendaText.Unusable("mode", Mode) },
            Price = AgendaText.Line(Price, "price", RequestForm.SummaryMaxLength),
            Queue = queue,
            Duration = duration,
            Before = Before is null ? TimeSpan.Zero : AgendaText.Grains(Before, "before", Day),
            After = After is null ? TimeSpan.Zero : AgendaText.Grains(After, "after", Day),
            Every = Every is null ? duration : AgendaText.Grains(Every, "every", Day) is { Ticks: > 0 } every ? every : throw AgendaText.Unusable("every", Every),
            Hours = Hours is null ? null : AgendaText.Hours(Hours, null, "", []),
            Needs = needs,
            Seats = seats,
            SeatsEach = Between(SeatsEach, 1, seats, "seats_each"),
            Places = given.Count > 0 ? given : throw AgendaText.Unusable("places", null),
            Notice = Notice is null ? TimeSpan.Zero : AgendaText.Length(Notice, "notice", Month),
            HorizonDays = Horizon is null ? 30 : (int)AgendaText.Length(Horizon, "horizon", TimeSpan.FromDays(Service.MaxHorizonDays)).TotalDays,
            ChangeUntil = ChangeUntil is null ? TimeSpan.Zero : AgendaText.Length(ChangeUntil, "change_until", Month),
            ChangeRule = AgendaText.Line(ChangeRule, "change_rule", RequestForm.NextMaxLength),
            Reminders = [.. (Reminders ?? []).Select(text => AgendaText.Length(text, "reminders", Month)).Distinct().OrderDescending()],
            FollowUp = FollowUp is null ? null : AgendaText.Length(FollowUp, "follow_up", Month),
            Fields = fields,
            Bring = [.. (Bring ?? []).Take(MaxLines).Select(line => AgendaText.Line(line, "bring", RequestForm.SummaryMaxLength, isRequired: true))],
            // Who joins a session joins whoever gives it.
            ChoosesPerson = ChoosePerson && seats == 1,
            Repeats = Between(Repeats, 1, Service.MaxRepeats, "repeats"),
            Offer = WaitingList is null ? null : AgendaText.Length(WaitingList, "waiting_list", Day) is { TotalMinutes: >= 30 } offer ? offer : throw AgendaText.Unusable("waiting_list", WaitingList),
        };
    }

    private static int Between(int? number, int least, int most, string key) =>
        (number ?? 1) is var value && value >= least && value <= most ? value : throw AgendaText.Unusable(key, value.ToString(CultureInfo.InvariantCulture));
}
