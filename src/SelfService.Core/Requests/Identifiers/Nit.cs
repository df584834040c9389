using System.Text.RegularExpressions;

namespace SelfService.Core.Requests.Identifiers;

/// <summary>
/// Colombia's Número de Identificación Tributaria: nine digits of a company or a person's cédula, and a check digit (DV)
/// modulo 11. Source: DIAN, Orden Administrativa 4 of 1989 (weights 3, 7, 13, 17, 19, 23, 29, 37, 41, 43 from the right).
/// </summary>
internal static partial class Nit
{
    private static readonly int[] Weights = [43, 41, 37, 29, 23, 19, 17, 13, 7, 3];

    /// <summary>People often leave out the DV; then it is added, since it follows from the rest.</summary>
    /// <param name="text">Digits only.</param>
    /// <param name="isLastApart">A dash stood before the last digit.</param>
    public static Spelling? Read(string text, bool isLastApart)
    {
        if (!Shape().IsMatch(text))
        {
            return null;
        }

        var hasDigit = isLastApart || EndsWithDigit().IsMatch(text);
        var number = hasDigit ? text[..^1] : text;
        var digit = Digit(number.PadLeft(Weights.Length, '0'));
        return number.Length is >= 6 and <= 10
            ? new Spelling($"{CheckDigit.InThousands(number)}-{(hasDigit ? text[^1] : digit)}", !hasDigit || text[^1] == digit)
            : null;
    }

    private static char Digit(string number) => "01987654321"[CheckDigit.Sum(number, Weights) % 11];

    [GeneratedRegex("^[1-9][0-9]{5,10}$")]
    private static partial Regex Shape();

    // Companies have nine digits that begin with 8 or 9; cédulas have up to eight, or ten that begin with 1.
    [GeneratedRegex("^(?:[89][0-9]{9}|[1-7][0-9]{8}|[0-9]{11})$")]
    private static partial Regex EndsWithDigit();
}
