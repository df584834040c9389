using System.Text.RegularExpressions;

namespace SelfService.Core.Requests.Identifiers;

/// <summary>
/// Clave Única de Identificación Tributaria or Laboral: kind of holder, eight digits (a person's DNI) and a check digit
/// modulo 11. Source: AFIP (now ARCA), composition of the CUIT.
/// </summary>
internal static partial class Cuit
{
    public static Spelling? Read(string text) =>
        Shape().IsMatch(text) ? new Spelling($"{text[..2]}-{text[2..10]}-{text[10]}", text[10] == Digit(text)) : null;

    // Where ten would be needed the first two digits are changed to avoid it; old ones have a nine instead.
    private static char Digit(string text) => "09987654321"[CheckDigit.Sum(text, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11];

    [GeneratedRegex("^(?:2[0345-7]|3[034]|5[015])[0-9]{9}$")]
    private static partial Regex Shape();
}
