using NodaTime;

namespace SelfService.Core.Appointments;

/// <summary>What can be booked, where and with whom: <c>content/services</c> as it was last read. It never changes.</summary>
public sealed class Agenda(IReadOnlyList<Place> places, IReadOnlyList<Resource> resources, IReadOnlyList<Service> services)
{
    /// <summary>A company that takes no appointments.</summary>
    public static readonly Agenda None = new([], [], []);

    private readonly Dictionary<string, Place> placeByKey = places.ToDictionary(p => p.Key);
    private readonly Dictionary<string, Resource> resourceByKey = resources.ToDictionary(r => r.Key);
    private readonly Dictionary<string, Service> serviceBySlug = services.ToDictionary(s => s.Slug);

    public IReadOnlyList<Place> Places { get; } = places;

    /// <summary>People first, then rooms.</summary>
    public IReadOnlyList<Resource> Resources { get; } = resources;

    /// <summary>In the order they are offered.</summary>
    public IReadOnlyList<Service> Services { get; } = services;

    /// <summary>The place of that key; null when there is none.</summary>
    public Place? Place(string? key) => key is null ? null : placeByKey.GetValueOrDefault(key);

    /// <summary>The person or room of that key; null when there is none.</summary>
    public Resource? Resource(string? key) => key is null ? null : resourceByKey.GetValueOrDefault(key);

    /// <summary>The service of that address; null when there is none.</summary>
    public Service? Service(string? slug) => slug is null ? null : serviceBySlug.GetValueOrDefault(slug);

    /// <summary>The places in which a service is given, in the order of the file.</summary>
    public IReadOnlyList<Place> PlacesOf(Service service) => [.. Places.Where(p => service.Places.Contains(p.Key))];

    /// <summary>Whoever can do one part of a service at a place.</summary>
    public IReadOnlyList<Resource> Able(Need need, Place place) => [.. Resources.Where(r => r.Skills.Contains(need.Skill) && r.Places.Contains(place.Key))];
}

/// <summary>A branch, or the area that technicians of one team visit.</summary>
/// <param name="Zone">The zone of its clock; hours of appointments are hours of this clock.</param>
public sealed record Place(string Key, string Name, string Address, DateTimeZone Zone, OpenTimes Hours);

/// <summary>What an appointment needs for itself while it lasts.</summary>
public enum ResourceKind
{
    Person,
    Room,
}

/// <summary>A person or a room.</summary>
/// <param name="Skills">What it can be needed for.</param>
/// <param name="Places">Keys of the places where it is.</param>
/// <param name="Hours">Its own hours on the clock of the place; null for those of the place.</param>
/// <param name="Units">How many of it there are: a room with four benches holds four appointments at once.</param>
/// <param name="Account">E-mail address of the account of a person who has one.</param>
public sealed record Resource(
    string Key, ResourceKind Kind, string Name, IReadOnlyList<string> Skills, IReadOnlyList<string> Places, OpenTimes? Hours, int Units = 1, string? Account = null);
