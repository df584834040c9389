using System.Runtime.InteropServices;
using SelfService.Search.Indexing;

namespace SelfService.Search.Suggesting;

/// <summary>Where a word names a document, the weakest place first.</summary>
internal enum NamePlace : byte
{
    Keywords,
    Heading,
    Title,
}

/// <summary>What choosing among many documents asks of each, side by side in memory.</summary>
/// <param name="FirstTerm">Form the title begins with, or -1.</param>
/// <param name="TitleLength">Characters of the title.</param>
/// <param name="Usefulness">Proven usefulness, -1 to 1.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NameLead(int FirstTerm, int TitleLength, float Usefulness);

/// <summary>
/// Titles, headings and keywords apart from the texts. Nine in ten postings are of texts, which suggestions are not made
/// of, and four in five forms name nothing: without them even one letter touches few lists. Belongs to one snapshot;
/// lists that no changed document touches are shared with the one before.
/// </summary>
internal sealed class NameIndex
{
    private readonly uint[][] _lists;
    private readonly int[] _byFolded;
    private readonly NameLead[] _leads;

    private NameIndex(uint[][] lists, int[] byFolded, NameLead[] leads) => (_lists, _byFolded, _leads) = (lists, byFolded, leads);

    public static NameIndex Empty { get; } = new([], [], []);

    /// <summary>By slot.</summary>
    public ReadOnlySpan<NameLead> Leads => _leads;

    /// <summary>The index of the snapshot after <paramref name="last"/>.</summary>
    /// <param name="last">The snapshot before.</param>
    /// <param name="postings">By form number, as in the new snapshot.</param>
    /// <param name="byFolded">All forms in the order of their folded spelling.</param>
    /// <param name="added">Documents the last snapshot did not have.</param>
    /// <param name="slots">Slots of the new snapshot.</param>
    public static NameIndex Next(
        Snapshot last, ulong[]?[] postings, int[] byFolded, List<(int Slot, IndexedDocument Document)> added, int slots)
    {
        var lists = new uint[postings.Length][];
        int naming = 0;
        for (int term = 0; term < lists.Length; term++)
        {
            lists[term] = term < last.Postings.Length && last.Postings[term] == postings[term]
                ? last.Names._lists[term]
                : ListOf(postings[term]);
            naming += lists[term].Length > 0 ? 1 : 0;
        }

        var sorted = new int[naming];
        int at = 0;
        foreach (int term in byFolded)
        {
            if (lists[term].Length > 0)
                sorted[at++] = term;
        }

        var leads = new NameLead[slots];
        last.Names._leads.CopyTo(leads, 0);
        foreach ((int slot, IndexedDocument document) in added)
        {
            int first = document.Lengths[(int)Field.Title] > 0 ? document.Tokens[0] : -1;
            leads[slot] = new NameLead(first, document.Source.Title.Length, document.Usefulness);
        }

        return new NameIndex(lists, sorted, leads);
    }

    /// <summary>
    /// Documents the form names, slot in the upper 30 bits and <see cref="NamePlace"/> in the lower two, by slot.
    /// </summary>
    public ReadOnlySpan<uint> Of(int term) => _lists[term];

    /// <summary>Forms that name a document and whose folded spelling starts like this.</summary>
    public ReadOnlySpan<int> StartingWith(Vocabulary words, string prefix)
    {
        (int first, int end) = words.RangeOf(_byFolded, prefix);
        return _byFolded.AsSpan(first..end);
    }

    /// <summary>The best place these occurrences name the document in, or null when they are only in its text.</summary>
    public static NamePlace? PlaceOf(uint counts) =>
        (counts & Occurrences.NamesMask) == 0 ? null
        : Occurrences.Count(counts, Field.Title) > 0 ? NamePlace.Title
        : Occurrences.Count(counts, Field.Heading) > 0 ? NamePlace.Heading
        : NamePlace.Keywords;

    private static uint[] ListOf(ulong[]? postings)
    {
        int count = 0;
        foreach (ulong posting in postings ?? [])
            count += ((uint)posting & Occurrences.NamesMask) != 0 ? 1 : 0;
        if (count == 0)
            return [];
        var list = new uint[count];
        int at = 0;
        foreach (ulong posting in postings!)
        {
            if (PlaceOf((uint)posting) is { } place)
                list[at++] = ((uint)(posting >> 32) << 2) | (uint)place;
        }

        return list;
    }
}
