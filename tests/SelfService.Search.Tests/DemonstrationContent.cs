using System.Text.RegularExpressions;

namespace SelfService.Search.Tests;

/// <summary>The demonstration articles as they stand in <c>content/</c>, read as simply as a test can.</summary>
internal static partial class DemonstrationContent
{
    private static readonly string Folder = FindFolder();

    /// <summary>Stop words and synonyms of the demonstration site.</summary>
    public static SearchLanguage Language { get; } =
        SearchLanguage.Parse(Read("search", "stopwords.txt"), Read("search", "synonyms.txt"));

    /// <summary>Lines of <c>synonyms.txt</c> that hold a group.</summary>
    public static IReadOnlyList<string> SynonymGroups { get; } =
        [.. Read("search", "synonyms.txt").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#'))];

    /// <summary>Published articles of every audience; the slug is the id.</summary>
    public static IReadOnlyList<SearchDocument> Articles { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Folder, "articles"), "*.md", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(ReadArticle)
            .OfType<SearchDocument>()];

    private static string FindFolder()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string content = Path.Combine(at.FullName, "content");
            if (Directory.Exists(Path.Combine(content, "articles")))
                return content;
        }

        throw new DirectoryNotFoundException("content/articles was not found above the tests.");
    }

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine([Folder, .. path]));

    /// <summary>Null for a draft.</summary>
    private static SearchDocument? ReadArticle(string file)
    {
        string[] parts = FrontMatterLine().Split(File.ReadAllText(file).ReplaceLineEndings("\n"), 3);
        Dictionary<string, string> fields = parts[1]
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(':', 2))
            .ToDictionary(pair => pair[0], pair => pair[1].Trim());
        if (fields.GetValueOrDefault("status") == "draft")
            return null;
        string slug = Path.GetFileNameWithoutExtension(file);
        return new SearchDocument
        {
            Id = slug,
            Title = fields["title"].Trim('"'),
            Summary = fields["summary"].Trim('"'),
            Keywords = [.. List(fields["keywords"]), .. List(fields["tags"])],
            Sections = [.. Sections(parts[2])],
            Topic = Path.GetFileName(Path.GetDirectoryName(file))!,
            Url = "/articulos/" + slug,
            Audience = fields.GetValueOrDefault("audience") switch
            {
                null => Audience.Public,
                "customers" => Audience.Customers,
                _ => Audience.Staff,
            },
        };
    }

    private static IEnumerable<string> List(string value) =>
        value.Trim('[', ']').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(item => item.Trim('"'));

    private static IEnumerable<SearchSection> Sections(string body)
    {
        string[] parts = SecondLevelHeading().Split(body);
        yield return new SearchSection("", "", PlainText(parts[0]));
        for (int i = 1; i < parts.Length; i++)
        {
            int end = parts[i].IndexOf('\n', StringComparison.Ordinal);
            yield return new SearchSection($"s{i}", parts[i][..end].Trim(), PlainText(parts[i][end..]));
        }
    }

    /// <summary>Link and image targets, callout names and marks of emphasis are no words; the rest stays.</summary>
    private static string PlainText(string markdown) =>
        Marks().Replace(Targets().Replace(markdown, "]"), " ");

    [GeneratedRegex(@"^---\n", RegexOptions.Multiline)]
    private static partial Regex FrontMatterLine();

    [GeneratedRegex(@"^## ", RegexOptions.Multiline)]
    private static partial Regex SecondLevelHeading();

    [GeneratedRegex(@"\]\([^)]*\)")]
    private static partial Regex Targets();

    [GeneratedRegex(@"\[![A-Z]+\]|[*`|\[\]>]|^#+ |^: ", RegexOptions.Multiline)]
    private static partial Regex Marks();
}
