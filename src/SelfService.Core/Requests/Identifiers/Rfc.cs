using System.Text.RegularExpressions;

namespace SelfService.Core.Requests.Identifiers;

/// <summary>
/// Registro Federal de Contribuyentes: four letters of a person's name or three of a company's, date of birth or founding,
/// two characters against homonyms and a check digit. Source: SAT, annexes of the procedure that assigns the RFC (homoclave and
/// dígito verificador).
/// </summary>
internal static partial class Rfc
{
    // The place of a character is its value; a company's RFC is read with a blank in front.
    private const string Values = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ";

    // For invoices to the public and to foreigners; nobody's, so nobody's check digit.
    private static readonly string[] Generic = ["XAXX010101000", "XEXX010101000"];

    public static Spelling? Read(string text) =>
        Shape().Match(text) is { Success: true } match && IsDate(match.Groups["date"].Value)
            ? new Spelling(text, Generic.Contains(text) || text[^1] == Digit(text.PadLeft(13)))
            : null;

    private static bool IsDate(string yymmdd) => SixDigitDate.Exists(yymmdd, "19") || SixDigitDate.Exists(yymmdd, "20");

    private static char Digit(string text)
    {
        var sum = 0;
        for (var i = 0; i < 12; i++)
        {
            sum += Values.IndexOf(text[i]) * (13 - i);
        }

        return "0A987654321"[sum % 11];
    }

    [GeneratedRegex("^[A-ZÑ&]{3,4}(?<date>[0-9]{6})[0-9A-Z]{2}[0-9A]$")]
    private static partial Regex Shape();
}
