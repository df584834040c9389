using SelfService.Core.KnowledgeBase.Content;

namespace SelfService.Core.Company;

/// <summary>
/// Reads <c>actions</c> of <c>site.yaml</c>. An entry that cannot be used is reported and left out; the others, and the
/// rest of the file, are in use.
/// </summary>
internal static class ActionEntries
{
    /// <summary>Longest title, in characters: one line under the search box.</summary>
    public const int TitleMaxLength = 80;

    private static readonly string[] Keys = ["title", "address", "icon", "words", "guests_only"];

    public static IReadOnlyList<CompanyAction> Read(object? section, ICollection<ContentProblem> problems)
    {
        if (section is null)
        {
            return [];
        }

        if (section is not IReadOnlyList<object?> entries)
        {
            problems.Add(ContentProblem.Error(ProblemKind.ActionUnreadable, 0, "actions"));
            return [];
        }

        return [.. entries.Select((entry, place) => Entry(entry, $"actions {place + 1}", problems)).OfType<CompanyAction>()];
    }

    private static CompanyAction? Entry(object? entry, string where, ICollection<ContentProblem> problems)
    {
        if (entry is not IReadOnlyDictionary<object, object?> values)
        {
            problems.Add(ContentProblem.Error(ProblemKind.ActionUnreadable, 0, where));
            return null;
        }

        var unknown = values.Keys.Select(key => key.ToString()!).Except(Keys).ToList();
        if (unknown.Count > 0)
        {
            problems.Add(ContentProblem.Warning(ProblemKind.ActionKeys, 0, $"{where}: {string.Join(", ", unknown)}"));
        }

        var title = Text(values, "title");
        var address = Text(values, "address");
        if (title.Length is 0 or > TitleMaxLength)
        {
            problems.Add(ContentProblem.Error(ProblemKind.ActionTitle, 0, where));
        }

        if (!IsSafe(address))
        {
            problems.Add(ContentProblem.Error(ProblemKind.ActionAddress, 0, $"{where}: {(address.Length == 0 ? "—" : address)}"));
        }

        if (title.Length is 0 or > TitleMaxLength || !IsSafe(address))
        {
            return null;
        }

        return new CompanyAction(title, address, Text(values, "icon"), Words(values.GetValueOrDefault("words")), Text(values, "guests_only") == "true");
    }

    private static string Text(IReadOnlyDictionary<object, object?> values, string key) => (values.GetValueOrDefault(key) as string ?? "").Trim();

    private static IReadOnlyList<string> Words(object? value) => value switch
    {
        string words => words.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        IEnumerable<object?> words => [.. words.OfType<string>().Where(word => !string.IsNullOrWhiteSpace(word))],
        _ => [],
    };

    // "//other.example" and "/\other.example" are other sites to a browser.
    private static bool IsSafe(string address) =>
        !address.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c == '\\')
        && (address is "/" or ['/', not '/', ..]
            || (address.StartsWith("https://", StringComparison.Ordinal) && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Host.Length > 0));
}
