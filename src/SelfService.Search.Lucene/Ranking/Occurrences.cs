using SelfService.Search.Indexing;

namespace SelfService.Search.Lucene.Ranking;

/// <summary>What occurrences in one field are worth.</summary>
internal static class Occurrences
{
    private const int Most = 15;

    /// <summary>More than fifteen times in a short field is fifteen, as everywhere.</summary>
    public static float Add(in FieldWorth worth, Field field, int times) => field switch
    {
        Field.Title => worth.Title * Math.Min(times, Most),
        Field.Keywords => worth.Keywords * Math.Min(times, Most),
        Field.Heading => worth.Heading * Math.Min(times, Most),
        Field.Summary => worth.Summary * Math.Min(times, Most),
        _ => worth.Body * times,
    };
}
