namespace SelfService.Search.Indexing;

/// <summary>
/// The words of the last texts in front of the vocabulary. A few thousand words are nine tenths of any text, and those of up
/// to sixteen letters fit into two numbers, so that most words are known without reading a string. Belongs to the one writer.
/// </summary>
internal sealed class RecentWords(Vocabulary vocabulary)
{
    private const int Size = 1 << 14;
    private const int Longest = 16;

    private readonly Entry[] _entries = new Entry[Size];

    /// <summary>Number of a form, added to the vocabulary when new.</summary>
    public int FindOrAdd(ReadOnlySpan<char> form)
    {
        if (!TryPack(form, out ulong start, out ulong end))
            return vocabulary.FindOrAdd(form);
        ulong hash = (start ^ (end * 0x9E37_79B9_7F4A_7C15)) * 0xD6E8_FEB8_6659_FD93;
        ref Entry entry = ref _entries[hash >> 50];
        if (entry.Start != start || entry.End != end)
            entry = new Entry(start, end, vocabulary.FindOrAdd(form));
        return entry.Term;
    }

    /// <summary>A form as its letters, one byte each; false when they do not fit.</summary>
    private static bool TryPack(ReadOnlySpan<char> form, out ulong start, out ulong end)
    {
        start = end = 0;
        if (form.Length is 0 or > Longest)
            return false;
        int all = 0;
        for (int i = 0; i < form.Length; i++)
        {
            all |= form[i];
            if (i < Longest / 2)
                start = (start << 8) | form[i];
            else
                end = (end << 8) | form[i];
        }

        return all <= byte.MaxValue;
    }

    private readonly record struct Entry(ulong Start, ulong End, int Term);
}
