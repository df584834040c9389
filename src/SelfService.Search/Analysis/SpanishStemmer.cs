namespace SelfService.Search.Analysis;

/// <summary>
/// Stemmer for Spanish that works on folded text, so that it gives the same answer with and without accents, and uses an
/// accent only where it is there and decides (<i>cancelé, podés</i>). Light on nouns, thorough on verbs. The idea of
/// staying light on nouns is J. Savoy's ("Light stemming approaches for the French, Portuguese, German and Hungarian
/// languages", 2006); the two keys are this project's own.
/// </summary>
internal static class SpanishStemmer
{
    private const int ShortestVerb = 3;

    /// <summary>Keys of one word.</summary>
    /// <param name="form">The word in lower case, with its accents if it was written with them.</param>
    public static WordStem Stem(string form)
    {
        string word = AccentFolding.Fold(form);
        if (word.Length < 3 || !IsPlainWord(word))
            return new WordStem(word, "", VerbForm.None);
        if (StemExceptions.Invariant.Contains(word))
            return new WordStem(word, "", VerbForm.None);
        string noun = NounKey(word);
        if (IrregularVerbs.Stems.TryGetValue(word, out string? irregular))
            return new WordStem(noun, irregular, VerbForm.Definite);
        if (StemExceptions.Invariant.Contains(noun))
            return new WordStem(noun, "", VerbForm.None);
        if (IrregularVerbs.Nouns.TryGetValue(noun, out string? action))
            return new WordStem(noun, action, VerbForm.ActionNoun);
        (string verb, VerbForm kind) = VerbKey(form, word);
        return kind == VerbForm.None ? new WordStem(noun, "", VerbForm.None) : new WordStem(noun, Canonical(verb), kind);
    }

    private static bool IsPlainWord(string word)
    {
        foreach (char c in word)
        {
            if (!char.IsAsciiLetterLower(c) && c != 'ñ')
                return false;
        }

        return true;
    }

    /// <summary>Plural to singular; feminine to masculine only for endings and words where that is safe.</summary>
    private static string NounKey(string word)
    {
        string singular = Singular(word);
        if (singular.EndsWith("mente", StringComparison.Ordinal) && singular.Length > 8)
        {
            singular = singular[..^5];
            return singular[^1] == 'a' ? string.Concat(singular.AsSpan(0, singular.Length - 1), "o") : singular;
        }

        if (singular.Length > 3 && singular[^1] == 'a' && StemExceptions.HasGender(singular))
            return string.Concat(singular.AsSpan(0, singular.Length - 1), "o");
        return singular;
    }

    private static string Singular(string word)
    {
        if (StemExceptions.OddPlurals.TryGetValue(word, out string? odd))
            return odd;
        if (word.Length < 4 || word[^1] != 's' || word.EndsWith("ss", StringComparison.Ordinal))
            return word;
        if (word.EndsWith("is", StringComparison.Ordinal) || word.EndsWith("us", StringComparison.Ordinal))
            return word;
        if (!word.EndsWith("es", StringComparison.Ordinal))
            return word[..^1];
        string root = word[..^2];
        if (root.Length < 3)
            return word[..^1];
        if (StemExceptions.SingularInEs.Contains(word))
            return word;
        if (StemExceptions.PluralKeepsE.Contains(root) || EndsInTwoConsonants(root))
            return word[..^1];
        if (root[^1] == 'c')
            return string.Concat(root.AsSpan(0, root.Length - 1), "z");
        // -es is the plural after these consonants only; elsewhere the e belongs to the word (clientes, redes are both).
        return root[^1] switch
        {
            'n' or 'l' or 'r' or 'd' or 'z' or 's' or 'y' => root,
            _ => word[..^1],
        };
    }

    /// <summary>No Spanish word ends so: <i>disponibles, cables, nombres</i> keep the e of their singular.</summary>
    private static bool EndsInTwoConsonants(string root) => IsConsonant(root[^1]) && IsConsonant(root[^2]);

    private static bool IsConsonant(char letter) => letter is not ('a' or 'e' or 'i' or 'o' or 'u' or 'y');

    private static (string Stem, VerbForm Form) VerbKey(string form, string word)
    {
        foreach ((string ending, string replacement) in VerbEndings.ActionNouns)
        {
            bool isMiento = ending.Contains("mient", StringComparison.Ordinal);
            if (Strip(word, ending, isMiento ? ShortestVerb : 4 - replacement.Length) is { } noun)
                return ((isMiento ? Soften(noun, ending) : noun) + replacement, VerbForm.ActionNoun);
        }

        if (WithoutClitics(form, word) is { } bare)
        {
            return IrregularVerbs.Stems.TryGetValue(bare, out string? irregular)
                ? (irregular, VerbForm.Definite)
                : (StripDefinite(bare, bare) ?? bare, VerbForm.Definite);
        }

        foreach (string ending in VerbEndings.Participles)
        {
            if (Strip(word, ending, ShortestVerb) is { } participle)
                return (participle, VerbForm.Participle);
        }

        if (StripDefinite(form, word) is { } verb)
            return (verb, VerbForm.Definite);
        foreach (string ending in VerbEndings.Presents)
        {
            if (Strip(word, ending, ShortestVerb) is { } present)
                return Ambiguous(present, ending, VerbForm.NounOrPresent);
        }

        foreach (string ending in VerbEndings.Subjunctives)
        {
            if (Strip(word, ending, ShortestVerb) is { } subjunctive)
                return Ambiguous(subjunctive, ending, VerbForm.NounOrSubjunctive);
        }

        return ("", VerbForm.None);
    }

    /// <summary>Of a common verb it is known whether the form is a noun; of others it is not.</summary>
    private static (string Stem, VerbForm Form) Ambiguous(string bare, string ending, VerbForm unknown)
    {
        string stem = Soften(bare, ending), key = Canonical(stem);
        if (!KnownVerbs.Contains(key))
            return (stem, unknown);
        if (!KnownVerbs.IsNoun(key, ending))
            return ending == "os" ? (stem, unknown) : (stem, VerbForm.Definite);
        return (stem, unknown == VerbForm.NounOrPresent ? VerbForm.NounOfVerb : unknown);
    }

    /// <summary>Verb key of an infinitive.</summary>
    public static string StemOfInfinitive(string infinitive)
    {
        string folded = AccentFolding.Fold(infinitive);
        return Canonical(Soften(folded[..^2], folded[^2..]));
    }

    private static string? StripDefinite(string form, string word)
    {
        // Endings that are verbal only with their accent come first: cambiaré, pagó, tenés, cancelá.
        if (form.Length == word.Length && !ReferenceEquals(form, word))
        {
            if (StemExceptions.StemsInR.Contains(word[..^1]))
                return word[..^1];
            foreach (string ending in VerbEndings.AccentedDefinite)
            {
                if (form.EndsWith(ending, StringComparison.Ordinal) && word.Length - ending.Length >= ShortestVerb)
                    return Soften(word[..^ending.Length], AccentFolding.Fold(ending));
            }
        }

        // Entiendo and enciendo are no gerunds.
        if (IrregularVerbs.StemChanges.ContainsKey(word[..^1]))
            return null;
        foreach (string ending in VerbEndings.Definite)
        {
            int shortest = ending.Length == 1 ? 4 : ShortestVerb;
            if (Strip(word, ending, shortest) is { } stem)
                return Soften(stem, ending);
        }

        return null;
    }

    /// <summary>The verb form in front of attached pronouns (<i>cambiarlo, devolvérmela, ayúdame</i>), or null.</summary>
    private static string? WithoutClitics(string form, string word)
    {
        foreach (string clitic in VerbEndings.Clitics)
        {
            if (!word.EndsWith(clitic, StringComparison.Ordinal) || word.Length - clitic.Length < 5)
                continue;
            string bare = word[..^clitic.Length];
            if (bare.EndsWith("ar", StringComparison.Ordinal) || bare.EndsWith("er", StringComparison.Ordinal)
                || bare.EndsWith("ir", StringComparison.Ordinal) || bare.EndsWith("ndo", StringComparison.Ordinal))
                return bare;
            // An imperative with a pronoun is stressed before its last vowel: ayúdame, cámbielo, envíennos.
            bool stressed = form.Length == word.Length && !form.AsSpan(0, bare.Length - 1).SequenceEqual(word.AsSpan(0, bare.Length - 1));
            bool pronounOnly = clitic is "me" or "nos" or "melo" or "mela" or "selo";
            if (bare.Length >= 5 && (stressed || pronounOnly) && (bare[^1] is 'a' or 'e' or 'n'))
                return bare[^1] == 'n' ? bare : bare + "n";
        }

        return null;
    }

    /// <summary>
    /// Spelling of the stem before e and i brought to the one before a and o: <i>pague → pag, busque → busc, realice →
    /// realiz, proteger → protej</i>.
    /// </summary>
    private static string Soften(string stem, string ending)
    {
        if (stem.Length < 3 || ending[0] is not ('e' or 'i'))
            return stem;
        if (stem.EndsWith("qu", StringComparison.Ordinal))
            return string.Concat(stem.AsSpan(0, stem.Length - 2), "c");
        if (stem.EndsWith("gu", StringComparison.Ordinal))
            return stem[..^1];
        return stem[^1] switch
        {
            'c' => string.Concat(stem.AsSpan(0, stem.Length - 1), "z"),
            'g' => string.Concat(stem.AsSpan(0, stem.Length - 1), "j"),
            _ => stem,
        };
    }

    /// <summary>Stem changes (<i>devuelv-, devolv-</i>), and <i>-cionar</i> joined with <i>-ción</i>.</summary>
    private static string Canonical(string stem)
    {
        if (stem.Length > 5 && (stem.EndsWith("cion", StringComparison.Ordinal) || stem.EndsWith("sion", StringComparison.Ordinal)))
            stem = stem[..^3];
        return IrregularVerbs.StemChanges.TryGetValue(stem, out string? regular) ? regular : stem;
    }

    private static string? Strip(string word, string ending, int shortest) =>
        word.Length - ending.Length >= shortest && word.EndsWith(ending, StringComparison.Ordinal)
            ? word[..^ending.Length]
            : null;
}
