using System.Numerics;

namespace SelfService.Search.Querying;

/// <summary>
/// The letters of a word as bits, letters that sound alike sharing one. Two words whose sets differ in more than a few
/// bits cannot be misspellings of each other, which is quick to know for a whole vocabulary. The upper four bits are the
/// length, fifteen for longer words.
/// </summary>
internal static class LetterSet
{
    private const int LengthShift = 28;
    private const int LongestLength = 15;
    private const uint Letters = (1u << LengthShift) - 1;

    /// <summary>True when two words are near enough in length and letters to be worth comparing.</summary>
    public static bool MayBeNear(uint one, uint other, int mostLengthDifference, int mostLetters) =>
        Math.Abs((int)(one >> LengthShift) - (int)(other >> LengthShift)) <= mostLengthDifference
        && BitOperations.PopCount((one ^ other) & Letters) <= mostLetters;

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

        return set | ((uint)Math.Min(folded.Length, LongestLength) << LengthShift);
    }

    private static uint Bit(char letter) => 1u << (letter - 'a');
}
