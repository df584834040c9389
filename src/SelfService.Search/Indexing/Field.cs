namespace SelfService.Search.Indexing;

/// <summary>Where in a document a word stands.</summary>
internal enum Field : byte
{
    Title,
    Keywords,
    Heading,
    Summary,
    Body,
}

/// <summary>
/// How often a form stands in each field of one document, in 32 bits: four bits each for the short fields, sixteen for
/// the body. More than fifteen times in a title is fifteen.
/// </summary>
internal static class Occurrences
{
    public const uint BodyMask = 0xFFFF;

    /// <summary>Bits of title, keywords and headings: what suggestions are made of.</summary>
    public const uint NamesMask = 0x0FFF_0000;

    public static int ShiftOf(Field field) => field switch
    {
        Field.Title => 24,
        Field.Keywords => 20,
        Field.Heading => 16,
        Field.Summary => 28,
        _ => 0,
    };

    /// <summary>One more occurrence in this field.</summary>
    public static uint Add(uint counts, Field field)
    {
        int shift = ShiftOf(field);
        uint limit = field == Field.Body ? BodyMask : 0xF;
        return ((counts >> shift) & limit) == limit ? counts : counts + (1u << shift);
    }

    /// <summary>The occurrences of two forms together.</summary>
    public static uint Sum(uint one, uint other)
    {
        uint sum = Math.Min((one & BodyMask) + (other & BodyMask), BodyMask);
        for (int shift = 16; shift < 32; shift += 4)
            sum |= Math.Min(((one >> shift) & 0xF) + ((other >> shift) & 0xF), 0xF) << shift;
        return sum;
    }

    public static uint Count(uint counts, Field field) =>
        (counts >> ShiftOf(field)) & (field == Field.Body ? BodyMask : 0xF);
}
