using System.Text.RegularExpressions;
using NodaTime;
using SelfService.Search;

namespace SelfService.Core.KnowledgeBase.Content;

/// <summary>What one file says, with everything worth reporting about it.</summary>
/// <param name="BodyLine">Line of the file that the body begins on, from 1.</param>
public sealed record ArticleFile(ArticleContent Content, int BodyLine, IReadOnlyList<ContentProblem> Problems);

/// <summary>Turns the text of a Markdown file into <see cref="ArticleContent"/>.</summary>
public static partial class ArticleContentReader
{
    // Jekyll, Hugo, Spanish and our own names of the same things.
    private static readonly Dictionary<string, string> KeyNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["titulo"] = "title",
        ["título"] = "title",
        ["description"] = "summary",
        ["resumen"] = "summary",
        ["categories"] = "category",
        ["categoria"] = "category",
        ["categoría"] = "category",
        ["etiquetas"] = "tags",
        ["palabras_clave"] = "keywords",
        ["publishdate"] = "publish_at",
        ["publish_date"] = "publish_at",
        ["expirydate"] = "expires_at",
        ["unpublishdate"] = "expires_at",
        ["aliases"] = "redirect_from",
        ["fecha"] = "date",
        ["lang"] = "language",
        ["idioma"] = "language",
        ["pais"] = "country",
    };

    // Settings of other generators that say nothing about the article.
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "title", "summary", "category", "tags", "keywords", "audience", "status", "date", "publish_at", "expires_at", "review_by",
        "redirect_from", "related", "slug", "published", "draft", "language", "country", "variant_of",
    };

    /// <summary>Reads one file.</summary>
    /// <param name="text">Text of the file, decoded and normalised by <see cref="TextFile"/>.</param>
    /// <param name="folderCategory">Topic to use when the front matter names none.</param>
    /// <param name="zone">Where a moment without an offset is meant: the company's own; a date is its midnight there.</param>
    /// <param name="fallbackTitle">Title to use when neither front matter nor a heading gives one, or null to refuse.</param>
    /// <exception cref="ContentException">The file cannot be loaded.</exception>
    public static ArticleFile Read(string text, string folderCategory, string? fallbackTitle, DateTimeZone? zone = null)
    {
        var head = FrontMatter.Split(text);
        var problems = new List<ContentProblem>();
        var values = new Dictionary<string, FrontMatterEntry>();
        var unknown = new List<string>();
        foreach (var entry in head.Entries)
        {
            var key = KeyNames.GetValueOrDefault(entry.Key, entry.Key.ToLowerInvariant());
            if (!Known.Contains(key))
            {
                unknown.Add(entry.Key);
            }
            else if (!values.TryAdd(key, entry))
            {
                problems.Add(ContentProblem.Warning(ProblemKind.UnknownValue, entry.Line, $"{entry.Key} (2×)"));
            }
        }

        if (head.Entries.Count == 0)
        {
            problems.Add(ContentProblem.Warning(ProblemKind.NoFrontMatter, 1));
        }

        if (unknown.Count > 0)
        {
            problems.Add(ContentProblem.Notice(ProblemKind.UnknownKeys, 0, string.Join(", ", unknown)));
        }

        var reader = new Values(values, problems, zone ?? DateTimeZone.Utc);
        var body = head.Body.Trim('\n');
        if (string.IsNullOrWhiteSpace(body))
        {
            problems.Add(ContentProblem.Warning(ProblemKind.EmptyBody));
        }

        var content = new ArticleContent
        {
            Title = reader.Text("title", ArticleContent.TitleMaxLength) ?? TitleFrom(body, head, fallbackTitle, problems),
            Summary = reader.Text("summary", ArticleContent.SummaryMaxLength) ?? "",
            Category = Category.SlugOf(reader.List("category").FirstOrDefault() ?? folderCategory),
            Tags = reader.List("tags", splitWords: true),
            Keywords = reader.List("keywords", splitCommas: true),
            // A word nobody knows may have meant to keep the text inside; shown to too few can be mended, to too many cannot.
            Audience = reader.OneOf("audience", Audience.Public, Audience.Staff),
            Status = reader.Status(),
            Date = reader.Moment("date"),
            PublishAt = reader.Moment("publish_at"),
            ExpiresAt = reader.Moment("expires_at"),
            ReviewBy = reader.Moment("review_by"),
            RedirectFrom = [.. reader.List("redirect_from").Select(ArticleRedirect.Normalise).Where(p => p.Length is > 1 and <= ArticleRedirect.PathMaxLength)],
            Related = [.. reader.List("related").Select(r => Slug.From(r, "")).Where(r => r.Length > 0)],
            Slug = reader.Text("slug", Article.SlugMaxLength) is { } slug ? Slug.From(slug, "") : null,
            Language = reader.Code("language") is { } language ? language.ToLowerInvariant() : "",
            Country = reader.Code("country") is { } country ? country.ToUpperInvariant() : "",
            VariantOf = Slug.From(reader.Text("variant_of", Article.SlugMaxLength) ?? "", ""),
            Body = body,
        };
        var skipped = head.Body.Length - head.Body.TrimStart('\n').Length;
        return new ArticleFile(content, head.BodyLine + skipped, problems);
    }

    private static string TitleFrom(string body, FrontMatter head, string? fallback, List<ContentProblem> problems)
    {
        var heading = FirstHeading().Match(body);
        var title = heading.Success ? PlainHeading().Replace(heading.Groups[1].Value, "").Trim(' ', '#', '*') : "";
        if (title.Length == 0)
        {
            title = head.Entries.Count == 0 ? fallback ?? "" : "";
        }

        if (title.Length == 0)
        {
            throw new ContentException(ContentProblem.Error(ProblemKind.MissingTitle, 1));
        }

        problems.Add(ContentProblem.Warning(ProblemKind.TitleFromHeading, 1, title));
        return title.Cut(ArticleContent.TitleMaxLength);
    }

    [GeneratedRegex(@"^\#{1,2}[ \t]+(\S[^\n]{0,400})", RegexOptions.Multiline)]
    private static partial Regex FirstHeading();

    [GeneratedRegex("<[^>]{0,200}>|[{][^}]{0,100}[}]")]
    private static partial Regex PlainHeading();

    private sealed class Values(Dictionary<string, FrontMatterEntry> entries, List<ContentProblem> problems, DateTimeZone zone)
    {
        /// <summary>The two letters of a language or country, also of one with a region behind it.</summary>
        public string? Code(string key)
        {
            if (Text(key, 20) is not { } written)
            {
                return null;
            }

            if (written.Split('-', '_')[0] is { Length: 2 } code && code.All(char.IsAsciiLetter))
            {
                return code;
            }

            problems.Add(ContentProblem.Warning(ProblemKind.UnknownValue, entries[key].Line, $"{key}: {written}"));
            return null;
        }

        public string? Text(string key, int maxLength)
        {
            if (!entries.TryGetValue(key, out var entry) || entry.Values.Count == 0)
            {
                return null;
            }

            var text = Clean(entry.Values[0]);
            if (text.Length > maxLength)
            {
                problems.Add(ContentProblem.Warning(ProblemKind.TooLong, entry.Line, $"{entry.Key} > {maxLength}"));
                text = text.Cut(maxLength).TrimEnd();
            }

            return text.Length == 0 ? null : text;
        }

        public IReadOnlyList<string> List(string key, bool splitWords = false, bool splitCommas = false)
        {
            if (!entries.TryGetValue(key, out var entry))
            {
                return [];
            }

            IEnumerable<string> items = entry.Values;
            if (!entry.IsList && entry.Values.Count == 1 && (splitCommas || splitWords))
            {
                // Jekyll: `tags: uno dos`; others: `tags: uno, dos`.
                items = entry.Values[0].Contains(',') || splitCommas ? entry.Values[0].Split(',') : entry.Values[0].Split(' ');
            }

            var list = items.Select(Clean).Where(i => i.Length > 0).Distinct().ToList();
            if (list.Count > ArticleContent.ListMaxItems || list.Exists(i => i.Length > ArticleContent.ListItemMaxLength))
            {
                problems.Add(ContentProblem.Warning(ProblemKind.TooLong, entry.Line, entry.Key));
            }

            return [.. list.Where(i => i.Length <= ArticleContent.ListItemMaxLength).Take(ArticleContent.ListMaxItems)];
        }

        public T OneOf<T>(string key, T absent, T? unknown = null)
            where T : struct, Enum
        {
            if (Text(key, 60) is not { } text)
            {
                return absent;
            }

            if (!int.TryParse(text, out _) && Enum.TryParse<T>(text, ignoreCase: true, out var value))
            {
                return value;
            }

            var detail = $"{entries[key].Key}: {text}";
            if (unknown is not { } instead)
            {
                throw new ContentException(ContentProblem.Error(ProblemKind.UnknownValue, entries[key].Line, detail));
            }

            problems.Add(ContentProblem.Warning(ProblemKind.UnknownValue, entries[key].Line, detail));
            return instead;
        }

        public ArticleStatus Status()
        {
            if (Text("published", 60)?.ToLowerInvariant() is "false" or "no" or "off" || IsDraft())
            {
                return ArticleStatus.Draft;
            }

            return OneOf("status", ArticleStatus.Published);
        }

        // A word that is neither yes nor no keeps the file out: the other guess would publish a draft.
        private bool IsDraft() => Text("draft", 60)?.ToLowerInvariant() switch
        {
            null or "false" or "no" or "off" => false,
            "true" or "yes" or "on" or "si" or "sí" => true,
            var other => throw new ContentException(ContentProblem.Error(ProblemKind.UnknownValue, entries["draft"].Line, $"draft: {other}")),
        };

        public DateTime? Moment(string key)
        {
            if (Text(key, 60) is not { } text)
            {
                return null;
            }

            if (ContentMoment.Parse(text, zone) is { } moment)
            {
                return moment;
            }

            problems.Add(ContentProblem.Warning(ProblemKind.InvalidDate, entries[key].Line, $"{entries[key].Key}: {text}"));
            return null;
        }
    }

    // Escapes can write what the door refuses in plain: line ends, control characters, accents apart, half a character.
    private static string Clean(string text) => OneLine().Replace(TextFile.Printable(text), " ").Trim();

    [GeneratedRegex(@"[\s\p{Cc}]+")]
    private static partial Regex OneLine();
}
