namespace SelfService.Search.Analysis;

/// <summary>
/// Words a diminutive may come from (<i>facturita, pedidito, momentico, lucecita, ahorita</i>). The endings are also those of
/// plain words (<i>carrito, crédito, escrito, requisito</i>), so these are proposals for a word that is not known itself,
/// to be taken only when they are known.
/// </summary>
internal static class Diminutives
{
    private const int ShortestStem = 3;

    /// <summary>Endings without the gender vowel and the plural, longest first.</summary>
    private static readonly string[] Endings = ["ececit", "ecit", "cit", "ecic", "cic", "it", "ic"];

    /// <summary>Folded words, likeliest first; none when the ending is no diminutive.</summary>
    public static IEnumerable<string> Bases(string folded)
    {
        string singular = folded.EndsWith('s') ? folded[..^1] : folded;
        if (singular.Length < ShortestStem + 3 || singular[^1] is not ('o' or 'a'))
            yield break;
        char vowel = singular[^1];
        string bare = singular[..^1];
        foreach (string ending in Endings)
        {
            if (!bare.EndsWith(ending, StringComparison.Ordinal) || bare.Length - ending.Length < ShortestStem - 1)
                continue;
            string stem = bare[..^ending.Length];
            // In the Caribbean, Colombia and Costa Rica -ico stands for -ito, after t only: momentico, ratico.
            if (ending == "ic" && !stem.EndsWith('t'))
                continue;
            bool takesVowel = ending is "it" or "ic" or "ecit";
            foreach (string plain in Spellings(stem))
            {
                if (takesVowel)
                {
                    yield return plain + vowel;
                    yield return plain + 'e';
                    yield return plain + (vowel == 'o' ? 'a' : 'o');
                }

                yield return plain;
            }
        }
    }

    /// <summary>The stem as it is spelt before a and o too: <i>boqu-ita → boc-a, jueguit-o → jueg-o, luc-ecita → luz</i>.</summary>
    private static IEnumerable<string> Spellings(string stem)
    {
        if (stem.EndsWith("qu", StringComparison.Ordinal))
            yield return string.Concat(stem.AsSpan(0, stem.Length - 2), "c");
        else if (stem.EndsWith("gu", StringComparison.Ordinal))
            yield return stem[..^1];
        if (stem.EndsWith('c'))
            yield return string.Concat(stem.AsSpan(0, stem.Length - 1), "z");
        yield return stem;
    }
}
