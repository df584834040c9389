using System.Security.Cryptography;

namespace SelfService.Core.Tickets;

/// <summary>
/// Numbers of tickets, such as <c>C-7F3K-2Q9X</c>: eight random digits of Crockford's base 32, so that they say nothing about
/// how many there are, and read aloud or copied by hand they survive: I and L are 1, O is 0, case and hyphens do not matter.
/// Source: D. Crockford, "Base 32", crockford.com/base32.html.
/// </summary>
public static class TicketNumber
{
    /// <summary>Length of a number as it is written, in characters.</summary>
    public const int Length = 11;

    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int DigitCount = 8;

    /// <summary>A number nobody can guess.</summary>
    public static string Create()
    {
        Span<char> digits = stackalloc char[DigitCount];
        RandomNumberGenerator.GetItems(Digits, digits);
        return Write(digits);
    }

    /// <summary>The number in the form it is kept in, however it was typed; null when it cannot be one.</summary>
    public static string? Parse(string? typed)
    {
        if (typed is null || typed.Length > 40)
        {
            return null;
        }

        var read = typed.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit).Select(c => c switch { 'I' or 'L' => '1', 'O' => '0', _ => c }).ToArray();
        var digits = read.Length == DigitCount + 1 && read[0] == 'C' ? read[1..] : read;
        return digits.Length == DigitCount && digits.All(c => Digits.Contains(c)) ? Write(digits) : null;
    }

    private static string Write(ReadOnlySpan<char> digits) => $"C-{digits[..4]}-{digits[4..]}";
}
