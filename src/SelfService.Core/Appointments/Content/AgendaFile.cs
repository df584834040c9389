using NodaTime;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.People;
using SelfService.Core.Requests;

namespace SelfService.Core.Appointments.Content;

/// <summary><c>content/services/_agenda.yaml</c> as it is written: the places, and who and what is there.</summary>
public sealed class AgendaFile
{
    public const string FileName = "_agenda.yaml";

    private const int MaxPlaces = 200;
    private const int MaxResources = 2000;
    private const int MaxUnits = 100;

    public List<PlacePart?>? Places { get; set; }
    public List<ResourcePart?>? People { get; set; }
    public List<ResourcePart?>? Rooms { get; set; }

    /// <summary>Reads and checks the file.</summary>
    /// <param name="company">Its holidays are those of every place.</param>
    /// <exception cref="ContentException">A value is missing or cannot be used; the problem names it.</exception>
    public static (IReadOnlyList<Place> Places, IReadOnlyList<Resource> Resources) Read(ReadOnlySpan<byte> bytes, CompanyProfile company)
    {
        var file = TypedYaml.Read<AgendaFile>(bytes);
        var places = (file.Places ?? []).Select((place, i) => PlaceOf(place, $"places[{i}]", company)).ToList();
        var known = places.Select(p => p.Key).ToHashSet();
        List<Resource> resources =
        [
            .. (file.People ?? []).Select((person, i) => ResourceOf(ResourceKind.Person, person, $"people[{i}]", known)),
            .. (file.Rooms ?? []).Select((room, i) => ResourceOf(ResourceKind.Room, room, $"rooms[{i}]", known)),
        ];
        return places.Count is 0 or > MaxPlaces || known.Count < places.Count ? throw AgendaText.Unusable("places", AgendaText.Twice(places.Select(p => p.Key)))
            : resources.Count > MaxResources || resources.Select(r => r.Key).Distinct().Count() < resources.Count
                ? throw AgendaText.Unusable("people", AgendaText.Twice(resources.Select(r => r.Key)))
                : (places, resources);
    }

    private static Place PlaceOf(PlacePart? part, string key, CompanyProfile company)
    {
        var zone = part?.TimeZone is { } name ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) ?? throw AgendaText.Unusable($"{key}.time_zone", name) : company.TimeZone;
        var closed = company.OpeningHours.Holidays.Keys.ToDictionary(day => day, _ => (IReadOnlyList<DayHours>)[]);
        return new Place(
            AgendaText.Key(part?.Key, $"{key}.key"), AgendaText.Line(part!.Name, $"{key}.name", RequestForm.TitleMaxLength, isRequired: true),
            AgendaText.Line(part.Address, $"{key}.address", RequestForm.SummaryMaxLength), zone,
            AgendaText.Hours(part.Hours ?? throw AgendaText.Unusable($"{key}.hours", null), part.Exceptions, $"{key}.", closed));
    }

    private static Resource ResourceOf(ResourceKind kind, ResourcePart? part, string key, HashSet<string> places) => new(
        AgendaText.Key(part?.Key, $"{key}.key"),
        kind,
        AgendaText.Line(part!.Name, $"{key}.name", Person.NameMaxLength, isRequired: true),
        [.. (part.Skills ?? []).Select(skill => AgendaText.Key(skill, $"{key}.skills")).Distinct()],
        [.. (part.Places ?? []).Select(place => place is not null && places.Contains(place) ? place : throw AgendaText.Unusable($"{key}.places", place)).Distinct()],
        part.Hours is null && part.Exceptions is null ? null
            : AgendaText.Hours(part.Hours ?? throw AgendaText.Unusable($"{key}.hours", null), part.Exceptions, $"{key}.", []),
        part.Units is null or (>= 1 and <= MaxUnits) ? part.Units ?? 1 : throw AgendaText.Unusable($"{key}.units", $"{part.Units}"),
        part.Account is null ? null : EmailAddress.Parse(part.Account) ?? throw AgendaText.Unusable($"{key}.account", part.Account));

    public sealed class PlacePart
    {
        public string? Key { get; set; }
        public string? Name { get; set; }
        public string? Address { get; set; }
        public string? TimeZone { get; set; }
        public Dictionary<string, string?>? Hours { get; set; }
        public List<ExceptionPart?>? Exceptions { get; set; }
    }

    public sealed class ResourcePart
    {
        public string? Key { get; set; }
        public string? Name { get; set; }
        public string? Account { get; set; }
        public List<string?>? Skills { get; set; }
        public List<string?>? Places { get; set; }
        public Dictionary<string, string?>? Hours { get; set; }
        public List<ExceptionPart?>? Exceptions { get; set; }
        public int? Units { get; set; }
    }

    /// <summary>A day with other hours; without hours it is closed.</summary>
    public sealed class ExceptionPart
    {
        public string? Date { get; set; }
        public string? Hours { get; set; }
    }
}
