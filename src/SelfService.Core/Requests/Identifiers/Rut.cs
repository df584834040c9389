using System.Text.RegularExpressions;

namespace SelfService.Core.Requests.Identifiers;

/// <summary>
/// Chile's Rol Único Tributario (a person's RUN): seven or eight digits and a check digit modulo 11, of which ten is K.
/// Source: Servicio de Impuestos Internos; Registro Civil.
/// </summary>
internal static partial class Rut
{
    public static Spelling? Read(string text)
    {
        if (Shape().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var number = match.Groups[1].Value;
        return new Spelling($"{CheckDigit.InThousands(number)}-{text[^1]}", text[^1] == Digit(number.PadLeft(8, '0')));
    }

    private static char Digit(string number) => "0K987654321"[CheckDigit.Sum(number, [3, 2, 7, 6, 5, 4, 3, 2]) % 11];

    [GeneratedRegex("^0*([1-9][0-9]{6,7})[0-9K]$")]
    private static partial Regex Shape();
}
