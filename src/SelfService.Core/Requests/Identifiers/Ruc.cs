using System.Text.RegularExpressions;

namespace SelfService.Core.Requests.Identifiers;

/// <summary>
/// Peru's Registro Único de Contribuyentes: kind of holder (10 a person with DNI, 20 a company), eight digits and a check
/// digit modulo 11. Source: SUNAT.
/// </summary>
internal static partial class Ruc
{
    public static Spelling? Read(string text) =>
        Shape().IsMatch(text) ? new Spelling(text, text[10] == Digit(text)) : null;

    private static char Digit(string text) => "10987654321"[CheckDigit.Sum(text, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11];

    [GeneratedRegex("^(?:10|15|16|17|20)[0-9]{9}$")]
    private static partial Regex Shape();
}
