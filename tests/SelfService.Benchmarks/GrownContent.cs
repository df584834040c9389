using System.Text;

namespace SelfService.Benchmarks;

/// <summary>A content folder grown to a number of articles: the given ones, then copies whose words are varied.</summary>
internal static class GrownContent
{
    /// <summary>Writes the folder and gives its path.</summary>
    public static string Write(string content, string target, int articles)
    {
        var originals = Directory.GetFiles(Path.Combine(content, "articles"), "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        // What the articles name (prices, hours, pieces of text) has to be there.
        foreach (var file in Directory.GetFiles(content, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".md", StringComparison.Ordinal) || !f.StartsWith(Path.Combine(content, "articles"), StringComparison.Ordinal)))
        {
            File.Copy(file, Prepared(Path.Combine(target, Path.GetRelativePath(content, file))));
        }

        var random = new Random(7);
        for (var i = 0; i < articles; i++)
        {
            var original = originals[i % originals.Count];
            var copy = i / originals.Count;
            var relative = Path.GetRelativePath(content, original);
            var text = File.ReadAllText(original);
            if (copy > 0)
            {
                relative = Path.ChangeExtension(relative, null) + $"-{copy}.md";
                text = Vary(text, copy, random);
            }

            File.WriteAllText(Prepared(Path.Combine(target, relative)), text);
        }

        return target;
    }

    /// <summary>Slug of an article of the folder.</summary>
    public static string FirstSlug(string content) => Slugs(content)[0];

    /// <summary>Slugs of the articles that everybody may read.</summary>
    public static IReadOnlyList<string> Slugs(string content) =>
    [
        .. Directory.GetFiles(Path.Combine(content, "articles"), "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Where(file => !File.ReadLines(file).Take(20).Any(line => line.StartsWith("audience:", StringComparison.Ordinal) || line.StartsWith("status:", StringComparison.Ordinal)))
            .Select(file => Path.GetFileNameWithoutExtension(file)),
    ];

    // A word of its own in the title and now and then in the text, so that the vocabulary grows with the articles.
    private static string Vary(string text, int copy, Random random)
    {
        var varied = new StringBuilder(text.Length + 200);
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith("title:", StringComparison.Ordinal))
            {
                var quoted = line.EndsWith('"');
                varied.Append(quoted ? line[..^1] : line).Append(" modelo ").Append(copy).Append(quoted ? "\"" : "");
            }
            else if (line.Length > 80 && !line.Contains(": ", StringComparison.Ordinal))
            {
                varied.Append(line).Append(" Referencia zeta").Append(random.Next(20_000)).Append('.');
            }
            else
            {
                varied.Append(line);
            }

            varied.Append('\n');
        }

        return varied.ToString();
    }

    private static string Prepared(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }
}
