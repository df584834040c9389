using System.Collections.Frozen;

namespace SelfService.Core.KnowledgeBase.Checks;

/// <summary>
/// Splits a passage into sentences. A line end always parts; a stop does not when it belongs to an abbreviation, a number, a
/// time, an address or initials.
/// </summary>
internal static class Sentences
{
    private const int LongestAbbreviation = 8;
    private const string Opening = "¿¡«“(\"";
    private const string Closing = "»”\"')]’";

    // After these the sentence goes on, whatever follows.
    private static readonly FrozenSet<string> GoesOn = Words("""
        sr sra sres sras srta dr dra lic ing arq prof mtro d dña don
        av avda blvd calz col fracc deleg esq km edo mpio depto dpto apdo cp pza
        núm núms num nro tel tels ext cel fax pág págs pag art arts cap fig figs vol ref inc
        máx mín máx aprox ej ud uds vd vds vs cf íd sto sta gral cía p pp
        ene feb mar abr jun jul ago sep sept oct nov dic
        """);

    // These end a sentence too: it goes on only before a small letter, a number or a sign.
    private static readonly FrozenSet<string> MayEnd = Words("etc ee uu aa hh m h hrs min seg s a c v ss mm");

    /// <summary>The sentences in order, without blanks around them.</summary>
    public static List<Range> Of(string text)
    {
        var sentences = new List<Range>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
            {
                Add(i);
            }
            else if (text[i] is '.' or '?' or '!' or '…')
            {
                var end = i + 1;
                while (end < text.Length && text[end] is '.' or '?' or '!' or '…')
                {
                    end++;
                }

                var closed = end;
                while (closed < text.Length && Closing.Contains(text[closed]))
                {
                    closed++;
                }

                if (IsEnd(text, start, i, end, closed))
                {
                    Add(closed);
                }

                i = closed - 1;
            }
        }

        Add(text.Length);
        return sentences;

        void Add(int end)
        {
            var (from, to) = (start, end);
            while (from < to && char.IsWhiteSpace(text[from]))
            {
                from++;
            }

            while (to > from && char.IsWhiteSpace(text[to - 1]))
            {
                to--;
            }

            if (text.AsSpan(from, to - from).ContainsAnyLetterOrDigit())
            {
                sentences.Add(from..to);
            }

            start = end;
        }
    }

    private static bool IsEnd(string text, int start, int sign, int end, int closed)
    {
        if (closed < text.Length && !char.IsWhiteSpace(text[closed]))
        {
            // 1.250,50, 9:00, brisal.example, "¿Listo?, entonces"; a new question may follow without a blank.
            return text[closed] is '¿' or '¡';
        }

        var follows = Next(text, closed);
        var isSmall = char.IsLower(follows);
        if (text[sign] != '.' || end - sign > 1)
        {
            return !isSmall;
        }

        if (closed > end && isSmall)
        {
            return false;
        }

        var from = sign;
        while (from > start && sign - from <= LongestAbbreviation && char.IsLetterOrDigit(text[from - 1]))
        {
            from--;
        }

        var word = text[from..sign].ToLowerInvariant();
        if (word.Length is 0 or > LongestAbbreviation || follows == '\0')
        {
            return true;
        }

        if (GoesOn.Contains(word))
        {
            return closed > end;
        }

        if (word is "no")
        {
            // "No. 5" is a number, "No. Espere" an answer.
            return !char.IsAsciiDigit(follows);
        }

        if (word.All(char.IsAsciiDigit))
        {
            // "1. Abra": the mark of a list, not a sentence.
            return text.AsSpan(start, from - start).ContainsAnyLetterOrDigit();
        }

        if (word.Length == 1 && (IsInitial(text, start, from) || Continues(text, closed)))
        {
            return false;
        }

        if (!MayEnd.Contains(word) && word.AsSpan().ContainsAny("aeiouáéíóúy"))
        {
            return true;
        }

        // "EE. UU.", "RR. HH.": a doubled letter and another to come.
        if (word.Length == 2 && word[0] == word[1] && Continues(text, closed))
        {
            return false;
        }

        return !(isSmall || char.IsAsciiDigit(follows) || (char.IsPunctuation(follows) && !Opening.Contains(follows)));
    }

    // "J. Pérez", "Juan C. Pérez", but not "la opción B."
    private static bool IsInitial(string text, int start, int from)
    {
        if (!char.IsUpper(text[from]))
        {
            return false;
        }

        var before = from - 1;
        while (before >= start && char.IsWhiteSpace(text[before]))
        {
            before--;
        }

        var word = before;
        while (word > start && char.IsLetter(text[word - 1]))
        {
            word--;
        }

        return before < start || text[before] == '.' || (char.IsUpper(text[word]) && before > word);
    }

    // "a. m.", "S. A.", "p. ej.": the letters of one abbreviation.
    private static bool Continues(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        var end = at;
        while (end < text.Length && end - at < 3 && char.IsLetter(text[end]))
        {
            end++;
        }

        return end > at && end < text.Length && text[end] == '.';
    }

    private static char Next(string text, int at)
    {
        while (at < text.Length && text[at] != '\n' && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at < text.Length && text[at] != '\n' ? text[at] : '\0';
    }

    private static bool ContainsAnyLetterOrDigit(this ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
        {
            // The halves of an emoji are no letters; a lone emoji is no sentence.
            if (char.IsLetterOrDigit(letter))
            {
                return true;
            }
        }

        return false;
    }

    private static FrozenSet<string> Words(string table) =>
        table.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
