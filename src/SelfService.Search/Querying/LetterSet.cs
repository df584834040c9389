namespace SelfService.Search.Querying;

/// <summary>
/// The letters of a word as bits, letters that sound alike sharing one. Two words whose sets differ in more than a few
/// bits cannot be misspellings of each other, which is quick to know for a whole vocabulary.
/// </summary>
internal static class LetterSet
{
    /// <summary>Bits of a folded word; h, which is silent, has none.</summary>
    public static uint Of(string folded)
    {
        uint set = 0;
        foreach (char c in folded)
        {
            set |= c switch
            {
                'h' => 0,
                'v' => Bit('b'),
                'z' or 'c' or 'k' or 'q' => Bit('s'),
                'j' => Bit('g'),
                'y' => Bit('l'),
                'ñ' => Bit('n'),
                >= 'a' and <= 'z' => Bit(c),
                >= '0' and <= '9' => 1u << 26,
                _ => 1u << 27,
            };
        }

        return set;
    }

    private static uint Bit(char letter) => 1u << (letter - 'a');
}
