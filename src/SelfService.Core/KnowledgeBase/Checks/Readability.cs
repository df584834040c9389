namespace SelfService.Core.KnowledgeBase.Checks;

/// <summary>Bands of the INFLESZ scale, hardest first.</summary>
public enum ReadabilityLevel
{
    /// <summary>Below 40: university texts.</summary>
    VeryHard,

    /// <summary>From 40: secondary school, specialised press.</summary>
    SomewhatHard,

    /// <summary>From 55: general press; what an average adult reads without effort.</summary>
    Normal,

    /// <summary>From 65.</summary>
    FairlyEasy,

    /// <summary>From 80: primary school, comics.</summary>
    VeryEasy,
}

/// <summary>
/// How easily a Spanish text is read: the perspicuity of Szigriszt Pazos, "Sistemas predictivos de legibilidad del mensaje
/// escrito: fórmula de perspicuidad" (Universidad Complutense de Madrid, 1993), 206.835 − 62.3 · syllables/words −
/// words/sentences, on the INFLESZ scale of Barrio-Cantalejo et al., "Validación de la Escala INFLESZ para evaluar la
/// legibilidad de los textos dirigidos a pacientes" (Anales del Sistema Sanitario de Navarra 31, 2008).
/// </summary>
/// <param name="Score">Higher is easier, usually between 0 and 100; 0 for a text without words.</param>
/// <param name="Words">Words of letters; numbers and addresses are left out, since nobody agrees how they are read aloud.</param>
public sealed record Readability(double Score, int Words, int Sentences, int Syllables, double WordsPerSentence)
{
    /// <summary>Where a text stops being for everybody.</summary>
    public const double NormalFrom = 55;

    /// <summary>The formula was validated on passages; a few words say nothing about a text.</summary>
    public const int MinWords = 100;

    public ReadabilityLevel Level => Score switch
    {
        < 40 => ReadabilityLevel.VeryHard,
        < NormalFrom => ReadabilityLevel.SomewhatHard,
        < 65 => ReadabilityLevel.Normal,
        < 80 => ReadabilityLevel.FairlyEasy,
        _ => ReadabilityLevel.VeryEasy,
    };

    internal static Readability Of(string plainText)
    {
        var (words, sentences, syllables) = (0, 0, 0);
        foreach (var sentence in Checks.Sentences.Of(plainText))
        {
            var before = words;
            foreach (var word in WrittenWords.Of(plainText.AsSpan(sentence)))
            {
                if (WrittenWords.IsSpoken(word))
                {
                    words++;
                    syllables += Checks.Syllables.Count(word);
                }
            }

            sentences += words > before ? 1 : 0;
        }

        return words == 0
            ? new Readability(0, 0, 0, 0, 0)
            : new Readability(
                206.835 - (62.3 * syllables / words) - ((double)words / sentences), words, sentences, syllables, (double)words / sentences);
    }
}
