using System.Collections.Frozen;

namespace SelfService.Core.KnowledgeBase.Checks;

/// <summary>Whom a text addresses; several at once when it mixes.</summary>
[Flags]
internal enum AddressForms
{
    None = 0,
    Tu = 1,
    Usted = 2,
    Vos = 4,
}

/// <summary>What one word says about whom a text addresses.</summary>
internal enum AddressSign
{
    None,
    Tu,
    Usted,
    Vos,

    /// <summary>Tú and vos share it: <c>tu</c>, <c>te</c>, <c>recibirás</c>.</summary>
    Familiar,

    /// <summary>Tú as a command, somebody else as a statement: <c>abre</c>.</summary>
    PerhapsTu,

    /// <summary>Vos as a command, I as a past: <c>abrí</c>.</summary>
    PerhapsVos,
}

/// <summary>
/// The sign a word gives. Only what cannot be a third person or a noun counts: <c>su</c>, <c>le</c>, <c>puede</c> and
/// <c>debe</c> prove nothing, since technicians and modems have them too.
/// </summary>
internal static class AddressSigns
{
    // Anywhere in a sentence.
    private const string Tu = "tú ti contigo eres";
    private const string Vos = "vos sos";
    private const string Usted = "usted";
    private const string Familiar = """
        tu tus tuyo tuya tuyos tuyas te has estás vas ves das dale dame danos puedas quieras tengas hagas sepas vayas seas estés
        hayas desees estabas tenías podías querías deberías podrías tendrías quisieras pudieras tuvieras hiciste fuiste
        """;

    // The same letters are another word: tomate is no "tomá" with "te", digitales no "digitá" with "les"; the last are English,
    // which names of pages and files bring along.
    private static readonly FrozenSet<string> OtherWords = FrozenSet.Create(StringComparer.Ordinal,
        "tomate", "vela", "velo", "abriles", "digitales", "iniciales", "activate", "calculate", "create", "indicate", "recuperate", "validate");

    // Longest first, so that "dígamelo" loses both.
    private static readonly string[] Clitics =
        ["melos", "melas", "selos", "selas", "telos", "telas", "noslo", "nosla", "melo", "mela", "selo", "sela", "telo", "tela", "nos", "los", "las", "les", "me", "te", "se", "lo", "la", "le"];

    private static readonly FrozenSet<string> OneSyllable = FrozenSet.Create(StringComparer.Ordinal, "haz", "pon", "ten", "di");
    private static readonly FrozenDictionary<string, AddressSign> Anywhere = BuildAnywhere();
    private static readonly FrozenDictionary<string, AddressSign> Commands = BuildCommands();
    private static readonly FrozenSet<string> NegatedTu = VerbTable.All.Where(v => v.Usted.Length > 0).Select(v => v.Usted + "s").ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string> FoldedTu = Folded(v => v.Tu);
    private static readonly FrozenSet<string> FoldedUsted = Folded(v => v.Usted);
    private static readonly FrozenSet<string> FoldedVos = Folded(v => v.Vos);

    /// <summary>What a word says wherever it stands.</summary>
    /// <param name="word">As written.</param>
    /// <param name="before">The word before it in small letters, or empty.</param>
    public static AddressSign Of(string word, string before)
    {
        if (word.Length <= 3 && word.Length > 1 && !word.AsSpan().ContainsAnyInRange('a', 'z'))
        {
            // TI, SOS and TE are abbreviations.
            return AddressSign.None;
        }

        var lower = word.ToLowerInvariant();
        if (Anywhere.TryGetValue(lower, out var sign))
        {
            return sign;
        }

        if (before is "no" or "nunca" && NegatedTu.Contains(lower))
        {
            return AddressSign.Familiar;
        }

        return IsFuture(lower) || lower.EndsWith("ándote", StringComparison.Ordinal) || lower.EndsWith("iéndote", StringComparison.Ordinal)
            ? AddressSign.Familiar
            : WithClitic(lower);
    }

    /// <summary>What a word says as the first of a sentence.</summary>
    /// <param name="word">As written.</param>
    /// <param name="after">The word after it in small letters, or empty.</param>
    public static AddressSign AtStart(string word, string after) => word.ToLowerInvariant() switch
    {
        "ve" => after is "a" or "al" ? AddressSign.Tu : AddressSign.None,
        "ven" => after is "a" or "al" or "con" ? AddressSign.Tu : AddressSign.None,
        "sal" => after is "de" or "del" ? AddressSign.Tu : AddressSign.None,
        // "Di" and "ten" are rare otherwise; "haz de luz" is a noun.
        "haz" when after is "de" => AddressSign.None,
        var lower => Commands.GetValueOrDefault(lower),
    };

    // recibirás, podrás: no other word of a help centre ends so, but detrás and atrás have a t before it.
    private static bool IsFuture(string word) =>
        word.Length > 5 && word.EndsWith("rás", StringComparison.Ordinal) && word[^4] is ('a' or 'e' or 'i' or 'd');

    private static AddressSign WithClitic(string word)
    {
        if (word.Length < 5 || word[^1] is not ('e' or 'o' or 'a' or 's') || OtherWords.Contains(word))
        {
            return AddressSign.None;
        }

        foreach (var clitic in Clitics)
        {
            if (!word.EndsWith(clitic, StringComparison.Ordinal))
            {
                continue;
            }

            var verb = word[..^clitic.Length];
            var folded = Fold(verb);
            if (OneSyllable.Contains(verb) && clitic != "se")
            {
                return AddressSign.Tu;
            }

            // ábrelo and ábralo are stressed three from the end and written so; abrilo is not.
            var isWritten = folded != verb;
            if (isWritten && clitic != "se" && FoldedTu.Contains(folded))
            {
                return AddressSign.Tu;
            }

            if (isWritten && FoldedUsted.Contains(folded))
            {
                return AddressSign.Usted;
            }

            if (!isWritten && clitic != "se" && FoldedVos.Contains(verb))
            {
                return AddressSign.Vos;
            }
        }

        return AddressSign.None;
    }

    private static FrozenDictionary<string, AddressSign> BuildAnywhere()
    {
        var signs = new Dictionary<string, AddressSign>(StringComparer.Ordinal);
        foreach (var verb in VerbTable.All)
        {
            signs[verb.Infinitive + "te"] = AddressSign.Familiar;
            if (verb.Infinitive.EndsWith("ar", StringComparison.Ordinal))
            {
                // recibiste would need a list of its own: existe, insiste and triste end the same.
                signs[verb.Infinitive[..^1] + "ste"] = AddressSign.Familiar;
            }

            signs[verb.VosPresent] = AddressSign.Vos;
            signs[verb.TuPresent] = AddressSign.Tu;
        }

        foreach (var word in "recibiste elegiste escribiste pediste perdiste tuviste pudiste quisiste".Split(' '))
        {
            signs[word] = AddressSign.Familiar;
        }

        // After the verbs, whose forms they may be.
        Add(Tu, AddressSign.Tu);
        Add(Vos, AddressSign.Vos);
        Add(Usted, AddressSign.Usted);
        Add(Familiar, AddressSign.Familiar);
        signs.Remove("");
        return signs.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(string words, AddressSign sign)
        {
            foreach (var word in words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
            {
                signs[word] = sign;
            }
        }
    }

    private static FrozenDictionary<string, AddressSign> BuildCommands()
    {
        var signs = new Dictionary<string, AddressSign>(StringComparer.Ordinal);
        foreach (var verb in VerbTable.All)
        {
            signs[verb.Vos] = verb.Vos.EndsWith('í') ? AddressSign.PerhapsVos : AddressSign.Vos;
            signs[verb.Tu] = AddressSign.PerhapsTu;
            signs[verb.Usted] = AddressSign.Usted;
        }

        foreach (var word in (string[])["haz", "pon", "ten", "mantén", "obtén"])
        {
            signs[word] = AddressSign.Tu;
        }

        // A preposition, a letter and what AtStart decides by the word after.
        foreach (var word in (string[])["", "ve", "ven", "di"])
        {
            signs.Remove(word);
        }

        return signs.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static FrozenSet<string> Folded(Func<VerbTable.Verb, string> form) =>
        VerbTable.All.Select(verb => Fold(form(verb))).Where(verb => verb.Length > 1).ToFrozenSet(StringComparer.Ordinal);

    private static string Fold(string word) =>
        word.AsSpan().ContainsAny("áéíóú") ? word.Replace('á', 'a').Replace('é', 'e').Replace('í', 'i').Replace('ó', 'o').Replace('ú', 'u') : word;
}
