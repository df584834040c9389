namespace SelfService.Core.Catalog;

/// <summary>A part of the catalogue, such as all washers.</summary>
/// <param name="Key">Its name in the files and in addresses.</param>
/// <param name="Line">What stands on it, in one sentence.</param>
/// <param name="Icon">Name in the sprite.</param>
public sealed record Shelf(string Key, string Name, string Line, string Icon);

/// <summary>The parts of the catalogue in their order, from <c>content/catalog/_catalog.yaml</c>.</summary>
public sealed class Shelves(IReadOnlyList<Shelf> all)
{
    /// <summary>No shelf.</summary>
    public static readonly Shelves None = new([]);

    public IReadOnlyList<Shelf> All { get; } = all;

    /// <summary>The shelf of that key, or null.</summary>
    public Shelf? Find(string? key) => All.FirstOrDefault(shelf => shelf.Key == key);
}
