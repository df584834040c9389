using System.Text.RegularExpressions;

namespace SelfService.Core.Requests.Identifiers;

/// <summary>Brazil's Cadastro de Pessoas Físicas: nine digits and two check digits modulo 11. Source: Receita Federal do Brasil.</summary>
internal static partial class Cpf
{
    public static Spelling? Read(string text) => Shape().IsMatch(text)
        ? new Spelling(
            $"{text[..3]}.{text[3..6]}.{text[6..9]}-{text[9..]}",
            text[9] == Digit(text, [10, 9, 8, 7, 6, 5, 4, 3, 2]) && text[10] == Digit(text, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]))
        : null;

    private static char Digit(string text, ReadOnlySpan<int> weights) => "00987654321"[CheckDigit.Sum(text, weights) % 11];

    // Eleven times the same digit passes the arithmetic and is nobody's.
    [GeneratedRegex("^(?!([0-9])\\1{10})[0-9]{11}$")]
    private static partial Regex Shape();
}
