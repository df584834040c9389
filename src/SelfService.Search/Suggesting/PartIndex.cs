using SelfService.Search.Analysis;
using SelfService.Search.Querying;

namespace SelfService.Search.Suggesting;

/// <summary>
/// Forms by four letters in the middle of them, and by how they begin to sound, so that completing <i>carga</i> to
/// <i>descarga</i> and <i>embi</i> to <i>envíos</i> asks only the few words that may fit. It only grows.
/// </summary>
internal sealed class PartIndex
{
    /// <summary>Letters that must be typed before the middle of words is looked at, or a misspelling is thought of.</summary>
    public const int Shortest = 4;

    private const uint Middle = 0x51ED_270B, Beginning = 0x2545_F491;

    private readonly KeyChains _chains = new();

    /// <summary>Keeps a form of the vocabulary. For the one writer only.</summary>
    public void Add(string folded, int term)
    {
        for (int at = 1; at + Shortest <= folded.Length; at++)
            _chains.Add(Key(folded.AsSpan(at, Shortest), Middle), term);
        Span<uint> keys = stackalloc uint[Shortest + 2];
        foreach (uint key in keys[..Beginnings(folded, keys)])
            _chains.Add(key, term);
    }

    /// <summary>Forms that may hold what was typed after their first letter.</summary>
    public void FindInside(string typed, List<int> terms) => _chains.Find(Key(typed.AsSpan(0, Shortest), Middle), terms);

    /// <summary>Forms that may begin to sound like what was typed, some more than once.</summary>
    public void FindBeginning(string typed, List<int> terms)
    {
        Span<uint> keys = stackalloc uint[Shortest + 2];
        foreach (uint key in keys[..Beginnings(typed, keys)])
            _chains.Find(key, terms);
    }

    /// <summary>The first four sounds, and the first four without one of them.</summary>
    private static int Beginnings(string folded, Span<uint> keys)
    {
        Span<char> sound = stackalloc char[Characters.MaxWordLength], shorter = stackalloc char[Shortest];
        int length = SoundIndex.SoundOf(folded, sound);
        if (length < Shortest - 1)
            return 0;
        int count = 0;
        keys[count++] = Key(sound[..(Shortest - 1)], Beginning);
        for (int left = 0; length >= Shortest && left < Shortest - 1; left++)
        {
            for (int i = 0, to = 0; i < Shortest; i++)
            {
                if (i != left)
                    shorter[to++] = sound[i];
            }

            keys[count++] = Key(shorter[..(Shortest - 1)], Beginning);
        }

        return count;
    }

    private static uint Key(ReadOnlySpan<char> letters, uint kind)
    {
        uint key = kind;
        foreach (char letter in letters)
            key = (key ^ letter) * 0x0100_0193;
        return key ^ (key >> 15);
    }
}
