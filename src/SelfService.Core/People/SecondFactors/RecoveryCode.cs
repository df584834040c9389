using System.Security.Cryptography;
using System.Text;

namespace SelfService.Core.People.SecondFactors;

/// <summary>
/// Codes on paper for who has lost her telephone, such as <c>7F3K-2Q9X-M4TR</c>: 60 random bits, each good once. Only hashes are
/// kept; all of one person have the same salt, so that a typed code is stretched once and compared with all.
/// </summary>
public static class RecoveryCode
{
    /// <summary>Codes made at once.</summary>
    public const int Count = 10;

    /// <summary>Length of a code as it is written, in characters.</summary>
    public const int Length = 14;

    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int DigitCount = 12;
    private const int Iterations = 100_000;

    /// <summary>New codes.</summary>
    public static IReadOnlyList<string> Create() => [.. Enumerable.Range(0, Count).Select(_ => Write(RandomNumberGenerator.GetItems<char>(Digits, DigitCount)))];

    /// <summary>What is kept of a code, however it was typed; null when it cannot be one.</summary>
    public static string? HashOf(string? typed, Guid personId)
    {
        if (typed is null || typed.Length > 60)
        {
            return null;
        }

        var code = typed.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit).Select(c => c switch { 'I' or 'L' => '1', 'O' => '0', _ => c }).ToArray();
        return code.Length != DigitCount ? null
            : Convert.ToBase64String(Rfc2898DeriveBytes.Pbkdf2(Encoding.ASCII.GetBytes(code), personId.ToByteArray(), Iterations, HashAlgorithmName.SHA256, 32));
    }

    private static string Write(char[] code) => string.Join('-', code.Chunk(4).Select(part => new string(part)));
}
