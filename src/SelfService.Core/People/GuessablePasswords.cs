using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Identity;

namespace SelfService.Core.People;

/// <summary>
/// Refuses passwords that are tried first: the known words of <c>common-passwords.txt</c>, the company's name and the person's own
/// address and name, also with a few digits or signs around them or written with digits for letters; rows of keys; dates; and the
/// commonest of all passwords, in <c>tried-passwords.txt</c>.
/// </summary>
/// <param name="companyName">Name of the company that the portal belongs to.</param>
public sealed class GuessablePasswords(string companyName) : IPasswordValidator<Person>
{
    /// <summary>Code of the error.</summary>
    public const string Code = "PasswordGuessable";

    private const int ShortestWord = 4;

    // What may surround a known word and still be guessed: "…1", "…2026!", "…#24".
    private const int MostAround = 6;

    private static readonly string[] Rows =
        ["01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "qwertyuiopasdfghjklñzxcvbnm", "qazwsxedcrfvtgbyhnujmikolp", "1q2w3e4r5t6y7u8i9o0p", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p"];

    private static readonly Lazy<string[]> Common = new(() => Load("common-passwords.txt"));

    private static readonly Lazy<HashSet<string>> Tried = new(() => [.. Load("tried-passwords.txt")]);

    public Task<IdentityResult> ValidateAsync(UserManager<Person> manager, Person user, string? password) => Task.FromResult(
        IsGuessable(password ?? "", [companyName, user.Email ?? "", (user.Email ?? "").Split('@')[0], user.NewEmail ?? "", .. user.Name.Split(' '), user.Name])
            ? IdentityResult.Failed(new IdentityError { Code = Code, Description = "The password is one of those tried first." })
            : IdentityResult.Success);

    /// <summary>Whether a password is among those tried first.</summary>
    /// <param name="own">What everybody knows of the person and the company.</param>
    public static bool IsGuessable(string password, IReadOnlyList<string> own)
    {
        var typed = Fold(password);
        var read = Unmask(typed);
        return Rows.Any(row => IsRow(typed, row)) || IsDate(typed) || IsRepeated(typed) || Tried.Value.Contains(typed)
            || own.Select(Letters).Concat(Common.Value).Where(word => word.Length >= ShortestWord).Any(word => IsMostly(typed, word) || IsMostly(read, word));
    }

    // The word and little else: digits and signs, or two letters.
    private static bool IsMostly(string password, string word)
    {
        var at = password.IndexOf(word, StringComparison.Ordinal);
        if (at < 0)
        {
            return false;
        }

        var rest = password[..at] + password[(at + word.Length)..];
        return rest.Length <= 2 || (rest.Length <= MostAround && !rest.Any(char.IsLetter)) || IsMostlyAgain(rest, word);
    }

    private static bool IsMostlyAgain(string rest, string word) => rest.StartsWith(word, StringComparison.Ordinal) && rest.Length <= word.Length + 2;

    private static bool IsRow(string password, string row)
    {
        var core = password.TrimEnd('!', '.', '*', '#', '$');
        return core.Length >= ShortestWord && password.Length - core.Length <= 2 && (row.Contains(core, StringComparison.Ordinal) || Reversed(row).Contains(core, StringComparison.Ordinal));
    }

    // One piece again and again: abcabcabc, 12121212.
    private static bool IsRepeated(string password) =>
        Enumerable.Range(1, password.Length / 2).Any(size => size <= 4 && Enumerable.Range(size, password.Length - size).All(at => password[at] == password[at - size]));

    private static bool IsDate(string password)
    {
        var digits = password.Replace("/", "").Replace("-", "").Replace(".", "");
        return new[] { "ddMMyyyy", "MMddyyyy", "yyyyMMdd" }.Any(format => DateTime.TryParseExact(digits, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1900 and < 2100);
    }

    private static string Reversed(string row) => string.Concat(row.Reverse());

    private static string Fold(string text)
    {
        var plain = text.Normalize(NormalizationForm.FormKD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark);
        return string.Concat(plain).ToLowerInvariant();
    }

    private static string Letters(string text) => string.Concat(Fold(text).Where(c => !char.IsWhiteSpace(c)));

    private static string Unmask(string text) => string.Concat(text.Select(c => c switch
    {
        '0' => 'o',
        '1' or '!' => 'i',
        '3' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' => 't',
        _ => c,
    }));

    private static string[] Load(string name)
    {
        using var file = typeof(GuessablePasswords).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(file);
        return [.. reader.ReadToEnd().Split('\n').Where(line => !line.StartsWith('#')).SelectMany(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))];
    }
}

/// <summary>What the rules say to a password.</summary>
public static class PasswordRules
{
    /// <summary>Longest password, in characters: hashing takes time by length.</summary>
    public const int MaxLength = 200;

    /// <summary>Codes of what is wrong with the password; empty when it may be used.</summary>
    public static async Task<IReadOnlyList<string>> PasswordProblemsAsync(this UserManager<Person> users, Person person, string password)
    {
        var problems = new List<string>();
        foreach (var validator in users.PasswordValidators)
        {
            problems.AddRange((await validator.ValidateAsync(users, person, password)).Errors.Select(e => e.Code));
        }

        return problems;
    }
}
