using System.Text.RegularExpressions;

namespace SelfService.Core.Requests.Identifiers;

/// <summary>
/// Uruguay's Registro Único Tributario: office (01 to 22), six digits, 001 and a check digit modulo 11, of which there is
/// never a ten. Source: Dirección General Impositiva.
/// </summary>
internal static partial class UruguayRut
{
    public static Spelling? Read(string text) =>
        Shape().IsMatch(text) ? new Spelling(text, text[11] == Digit(text)) : null;

    private static char Digit(string text) => "0?987654321"[CheckDigit.Sum(text, [4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) % 11];

    [GeneratedRegex("^(?:0[1-9]|1[0-9]|2[0-2])(?!000000)[0-9]{6}001[0-9]$")]
    private static partial Regex Shape();
}
