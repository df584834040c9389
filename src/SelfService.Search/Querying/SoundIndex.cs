using SelfService.Search.Analysis;

namespace SelfService.Search.Querying;

/// <summary>
/// Finds words that may be misspellings of each other without comparing with all: every word is kept under its sound and
/// under its sound without any one letter (the symmetric deletion of W. Garbe's SymSpell, 2012). A word is looked up
/// under its own sound without none, one or two letters. It only grows; one writer adds while readers look up.
/// </summary>
internal sealed class SoundIndex
{
    private const uint Base = 0x01000193;
    private const int LongestForTwo = 20;

    private readonly KeyChains _chains = new();

    /// <summary>Keeps a word of the vocabulary. For the one writer only.</summary>
    public void Add(string folded, int term)
    {
        Span<char> sound = stackalloc char[Characters.MaxWordLength];
        Span<uint> keys = stackalloc uint[Characters.MaxWordLength + 1];
        int length = SoundOf(folded, sound);
        if (length < 2)
            return;
        int count = Keys(sound[..length], keys);
        for (int i = 0; i < count; i++)
            _chains.Add(keys[i], term);
    }

    /// <summary>Adds the words near in sound to <paramref name="terms"/>, some of them more than once.</summary>
    /// <param name="folded">The word looked for.</param>
    /// <param name="two">True to allow two letters to be left out of it.</param>
    /// <param name="terms">Where they go.</param>
    public void Find(string folded, bool two, List<int> terms)
    {
        Span<char> sound = stackalloc char[Characters.MaxWordLength], shorter = stackalloc char[Characters.MaxWordLength];
        Span<uint> keys = stackalloc uint[Characters.MaxWordLength + 1];
        int length = SoundOf(folded, sound);
        int count = length < 2 ? 0 : Keys(sound[..length], keys);
        for (int i = 0; i < count; i++)
            _chains.Find(keys[i], terms);
        if (!two || length > LongestForTwo)
            return;
        for (int left = 0; left < length; left++)
        {
            sound[..left].CopyTo(shorter);
            sound[(left + 1)..length].CopyTo(shorter[left..]);
            count = Keys(shorter[..(length - 1)], keys);
            // The first key is the word without one letter, looked up already; so are the ones before this letter.
            for (int i = left + 1; i < count; i++)
                _chains.Find(keys[i], terms);
        }
    }

    /// <summary>
    /// How a word sounds to most speakers, roughly: no h, b = v, s = z = x = soft c, k = qu = hard c, j = soft g,
    /// ll = y = i, m = n = ñ, no doubled letters.
    /// </summary>
    internal static int SoundOf(string folded, Span<char> sound)
    {
        int length = 0;
        for (int i = 0; i < folded.Length && length < sound.Length; i++)
        {
            char c = folded[i], next = i + 1 < folded.Length ? folded[i + 1] : '\0';
            bool soft = next is 'e' or 'i';
            char heard = c switch
            {
                'h' => '\0',
                'v' => 'b',
                'z' or 'x' => 's',
                'c' => soft ? 's' : 'k',
                'q' => 'k',
                'g' => soft ? 'j' : 'g',
                'y' => 'i',
                'm' or 'ñ' => 'n',
                'w' => 'u',
                'l' when next == 'l' => 'i',
                'u' when i > 0 && folded[i - 1] == 'q' => '\0',
                _ => c,
            };
            if (c == 'l' && next == 'l')
                i++;
            if (heard != '\0' && (length == 0 || sound[length - 1] != heard))
                sound[length++] = heard;
        }

        return length;
    }

    /// <summary>A number for the whole sound, and one for it without each letter, in order.</summary>
    private static int Keys(ReadOnlySpan<char> sound, Span<uint> keys)
    {
        uint suffix = 0, power = 1;
        Span<uint> prefixes = stackalloc uint[Characters.MaxWordLength + 1];
        prefixes[0] = 0;
        for (int i = 0; i < sound.Length; i++)
            prefixes[i + 1] = (prefixes[i] * Base) + sound[i];
        keys[0] = Mix(prefixes[sound.Length]);
        for (int i = sound.Length - 1; i >= 0; i--)
        {
            keys[i + 1] = Mix((prefixes[i] * power) + suffix);
            suffix += sound[i] * power;
            power *= Base;
        }

        return sound.Length + 1;
    }

    private static uint Mix(uint hash)
    {
        hash ^= hash >> 15;
        hash *= 0x2C1B_3C6D;
        return hash ^ (hash >> 13);
    }
}
