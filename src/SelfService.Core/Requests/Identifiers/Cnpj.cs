using System.Text.RegularExpressions;

namespace SelfService.Core.Requests.Identifiers;

/// <summary>
/// Brazil's Cadastro Nacional da Pessoa Jurídica: eight characters of the company, four of the branch and two check digits
/// modulo 11. Since July 2026 new ones have letters among the first twelve, worth their ASCII code less 48. Source: Receita
/// Federal do Brasil, IN RFB 2.229/2024.
/// </summary>
internal static partial class Cnpj
{
    public static Spelling? Read(string text) => Shape().IsMatch(text)
        ? new Spelling(
            $"{text[..2]}.{text[2..5]}.{text[5..8]}/{text[8..12]}-{text[12..]}",
            text[12] == Digit(text, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) && text[13] == Digit(text, [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]))
        : null;

    private static char Digit(string text, ReadOnlySpan<int> weights) => "00987654321"[CheckDigit.Sum(text, weights) % 11];

    // Fourteen times the same digit is nobody's.
    [GeneratedRegex("^(?!([0-9])\\1{13})[0-9A-Z]{12}[0-9]{2}$")]
    private static partial Regex Shape();
}
