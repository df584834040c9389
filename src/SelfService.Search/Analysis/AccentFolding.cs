namespace SelfService.Search.Analysis;

/// <summary>Drops accents from words in lower case. The ñ is a letter of its own and stays, unless asked otherwise.</summary>
internal static class AccentFolding
{
    private const string Accented = "áàâäãåéèêëíìîïóòôöõúùûüç";
    private const string Plain = "aaaaaaeeeeiiiiooooouuuuc";

    /// <summary><i>devolución</i> gives <i>devolucion</i>; <i>año</i> stays.</summary>
    public static string Fold(string word) => Replace(word, keepEnye: true);

    /// <summary><i>España</i> gives <i>espana</i>: how it is typed on a keyboard without ñ.</summary>
    public static string FoldEnye(string word) => Replace(word, keepEnye: false);

    /// <summary>One letter without its accent.</summary>
    public static char Fold(char letter)
    {
        if (letter < 0x80)
            return letter;
        int at = Accented.IndexOf(letter);
        return at < 0 ? letter : Plain[at];
    }

    private static string Replace(string word, bool keepEnye)
    {
        int first = 0;
        while (first < word.Length && word[first] < 0x80)
            first++;
        if (first == word.Length)
            return word;
        Span<char> folded = stackalloc char[word.Length];
        for (int i = 0; i < word.Length; i++)
            folded[i] = !keepEnye && word[i] == 'ñ' ? 'n' : Fold(word[i]);
        return folded.SequenceEqual(word) ? word : new string(folded);
    }
}
