using System.Text.RegularExpressions;

namespace SelfService.Core.People;

/// <summary>How the numbers behind one international code are written.</summary>
/// <param name="code">International code, such as <c>52</c>.</param>
/// <param name="countries">ISO 3166 codes of the countries that share it, separated by blanks.</param>
internal sealed class NumberingPlan(string code, string countries = "")
{
    // E.164 ends at fifteen digits; the shortest numbers in use have seven with their code.
    private const int LeastDigits = 7, MostDigits = 15;

    private readonly IReadOnlyList<NumberShape> shapes = [];
    private readonly IReadOnlyList<(Regex Once, string Today)> formerly = [];

    /// <summary>International code.</summary>
    public string Code { get; } = code;

    /// <summary>ISO 3166 codes.</summary>
    public IReadOnlyList<string> Countries { get; } = countries.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What is dialled before a national number, separated by blanks; <c>#</c> is any digit.</summary>
    public string Before { get; init; } = "";

    /// <summary>What was once dialled between code and number, and is still found in address books.</summary>
    public string AfterCode { get; init; } = "";

    /// <summary>Masks of today's numbers (see <see cref="NumberShape"/>), separated by <c>|</c>; none for a country we know only the code of.</summary>
    public string Numbers
    {
        init => shapes = [.. value.Split('|').Select(mask => new NumberShape(mask.Trim()))];
    }

    /// <summary>Numbers as they were written once or are dialled locally, and what they are today: patterns and replacements.</summary>
    public (string Once, string Today)[] Formerly
    {
        init => formerly = [.. value.Select(form => (new Regex(form.Once, RegexOptions.CultureInvariant), form.Today))];
    }

    /// <summary>The national number in these digits, or null when they are none.</summary>
    /// <param name="digits">ASCII digits without international code.</param>
    /// <param name="afterCode">The digits stood after the international code.</param>
    public string? National(string digits, bool afterCode)
    {
        if (shapes.Count == 0)
        {
            return afterCode && Code.Length + digits.Length is >= LeastDigits and <= MostDigits ? digits : null;
        }

        string[] before = ["", .. Split(Before), .. afterCode ? Split(AfterCode) : []];
        return before.Where(prefix => StartsWith(digits, prefix)).Select(prefix => AsToday(digits[prefix.Length..])).FirstOrDefault(number => number is not null);
    }

    /// <summary>The mask of a national number, or null when only the code of its country is known.</summary>
    public NumberShape? ShapeOf(string national) => shapes.FirstOrDefault(shape => shape.Fits(national));

    private string? AsToday(string digits) =>
        formerly.Where(form => form.Once.IsMatch(digits)).Select(form => form.Once.Replace(digits, form.Today)).Prepend(digits)
            .FirstOrDefault(number => ShapeOf(number) is not null);

    private static string[] Split(string prefixes) => prefixes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static bool StartsWith(string digits, string prefix) =>
        digits.Length >= prefix.Length && prefix.Zip(digits).All(pair => pair.First == '#' || pair.First == pair.Second);
}
