using System.Text.RegularExpressions;

namespace SelfService.Core.Requests.Identifiers;

/// <summary>
/// Ecuador's cédula de identidad: province (01 to 24, 30 abroad), seven digits and a check digit modulo 10 of the digits in
/// turn doubled, less nine when above nine, and not. Source: Dirección General de Registro Civil.
/// </summary>
internal static partial class Cedula
{
    public static Spelling? Read(string text) =>
        Shape().IsMatch(text) ? new Spelling($"{text[..9]}-{text[9]}", text[9] - '0' == Digit(text)) : null;

    private static int Digit(string text)
    {
        var sum = text[..9].Select((c, i) => (c - '0') * (i % 2 == 0 ? 2 : 1)).Sum(product => product > 9 ? product - 9 : product);
        return (10 - (sum % 10)) % 10;
    }

    [GeneratedRegex("^(?:0[1-9]|1[0-9]|2[0-4]|30)[0-6][0-9]{7}$")]
    private static partial Regex Shape();
}
