using System.Text.RegularExpressions;

namespace SelfService.Core.Requests.Identifiers;

/// <summary>
/// Clave Única de Registro de Población: four letters of the name, date of birth, sex, state, three consonants of the name,
/// a character against homonyms and a check digit. Source: RENAPO, Instructivo Normativo para la Asignación de la CURP.
/// </summary>
internal static partial class Curp
{
    // The place of a character is its value. Ñ has one, although names are written with X instead.
    private const string Values = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ";

    public static Spelling? Read(string text)
    {
        // The character against homonyms is a digit for who was born before 2000, a letter for the others.
        var isCurp = Shape().Match(text) is { Success: true } match
            && SixDigitDate.Exists(match.Groups["date"].Value, char.IsAsciiDigit(text[16]) ? "19" : "20");
        return isCurp ? new Spelling(text, text[^1] - '0' == Digit(text)) : null;
    }

    private static int Digit(string text)
    {
        var sum = 0;
        for (var i = 0; i < 17; i++)
        {
            sum += Values.IndexOf(text[i]) * (18 - i);
        }

        return (10 - (sum % 10)) % 10;
    }

    // The states, and NE for who was born abroad.
    [GeneratedRegex("""
        ^[A-Z][AEIOUX][A-Z]{2}(?<date>[0-9]{6})[HMX]
        (?:AS|BC|BS|CC|CL|CM|CS|CH|DF|DG|GT|GR|HG|JC|MC|MN|MS|NT|NL|OC|PL|QT|QR|SP|SL|SR|TC|TS|TL|VZ|YN|ZS|NE)
        [B-DF-HJ-NP-TV-Z]{3}[0-9A-Z][0-9]$
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Shape();
}
