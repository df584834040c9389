using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Requests;
using SelfService.Core.Tickets;

namespace SelfService.Core.Catalog.Content;

/// <summary><c>content/catalog/_catalog.yaml</c> as it is written; <see cref="Read(ReadOnlySpan{byte})"/> checks it.</summary>
public sealed class ShelvesFile
{
    /// <summary>Its name below <see cref="CatalogLoader.FolderName"/>.</summary>
    public const string FileName = "_catalog.yaml";

    private const int MaxShelves = 60;
    private const int IconMaxLength = 40;

    public List<ShelfPart?>? Shelves { get; set; }

    /// <summary>Reads and checks the file.</summary>
    /// <exception cref="ContentException">A value is missing or cannot be used; the problem names it.</exception>
    public static Shelves Read(ReadOnlySpan<byte> bytes)
    {
        var written = TypedYaml.Read<ShelvesFile>(bytes).Shelves ?? [];
        if (written.Count is 0 or > MaxShelves)
        {
            throw Unusable("shelves", null);
        }

        var shelves = written.Select((part, i) => Read(part, $"shelves[{i}]")).ToList();
        return shelves.GroupBy(shelf => shelf.Key).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw Unusable("shelves", twice.Key)
            : new Shelves(shelves);
    }

    private static Shelf Read(ShelfPart? part, string place)
    {
        var key = part?.Key ?? "";
        if (!Product.IsSlug(key) || key.Length > Product.ShelfMaxLength)
        {
            throw Unusable($"{place}.key", part?.Key);
        }

        return new Shelf(key, Text(part!.Name, $"{place}.name", Product.TitleMaxLength), Text(part.Line, $"{place}.line", RequestForm.SummaryMaxLength, mayBeEmpty: true), Text(part.Icon, $"{place}.icon", IconMaxLength, mayBeEmpty: true));
    }

    private static string Text(string? written, string place, int most, bool mayBeEmpty = false)
    {
        var text = PlainText.Line(written);
        return text.Length <= most && (mayBeEmpty || text.Length > 0) ? text : throw Unusable(place, written);
    }

    private static ContentException Unusable(string place, string? value) =>
        new(ContentProblem.Error(ProblemKind.UnknownValue, 0, $"{place}: {value ?? "—"}"));

    public sealed class ShelfPart
    {
        public string? Key { get; set; }
        public string? Name { get; set; }
        public string? Line { get; set; }
        public string? Icon { get; set; }
    }
}
