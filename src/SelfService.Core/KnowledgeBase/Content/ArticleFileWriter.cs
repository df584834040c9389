using System.Globalization;
using System.Text;
using SelfService.Search;

namespace SelfService.Core.KnowledgeBase.Content;

/// <summary>Writes an article as a Markdown file in its one canonical form, which reads back to the same content.</summary>
public static class ArticleFileWriter
{
    /// <summary>The file, with <c>\n</c> line ends.</summary>
    public static string Write(ArticleContent content)
    {
        var file = new StringBuilder("---\n");
        Scalar(file, "title", content.Title);
        Scalar(file, "summary", content.Summary);
        List(file, "tags", content.Tags);
        List(file, "keywords", content.Keywords);
        if (content.Audience != Audience.Public)
        {
            file.Append("audience: ").Append(content.Audience.ToString().ToLowerInvariant()).Append('\n');
        }

        if (content.Status != ArticleStatus.Published)
        {
            file.Append("status: ").Append(content.Status.ToString().ToLowerInvariant()).Append('\n');
        }

        Moment(file, "date", content.Date);
        Moment(file, "publish_at", content.PublishAt);
        Moment(file, "expires_at", content.ExpiresAt);
        Moment(file, "review_by", content.ReviewBy);
        List(file, "redirect_from", content.RedirectFrom);
        List(file, "related", content.Related);
        Scalar(file, "slug", content.Slug ?? "");
        Scalar(file, "language", content.Language);
        Scalar(file, "country", content.Country);
        Scalar(file, "variant_of", content.VariantOf);
        return file.Append("---\n\n").Append(content.Body).Append('\n').ToString();
    }

    private static void Scalar(StringBuilder file, string key, string value)
    {
        if (value.Length > 0)
        {
            file.Append(key).Append(": ").Append(Quoted(value)).Append('\n');
        }
    }

    private static void List(StringBuilder file, string key, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            file.Append(key).Append(": [").AppendJoin(", ", values.Select(Quoted)).Append("]\n");
        }
    }

    private static void Moment(StringBuilder file, string key, DateTime? moment)
    {
        if (moment is { } value)
        {
            var format = value.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss.FFFFFFFK";
            file.Append(key).Append(": ").Append(value.ToString(format, CultureInfo.InvariantCulture)).Append('\n');
        }
    }

    /// <summary>A double-quoted YAML scalar, the one form that can hold every text.</summary>
    internal static string Quoted(string value)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in value)
        {
            _ = c switch
            {
                '\\' or '"' => quoted.Append('\\').Append(c),
                // Line ends of YAML, and what neither YAML nor the door of files lets through as it is.
                '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF' => Escape(quoted, c),
                _ when char.IsControl(c) => Escape(quoted, c),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    private static StringBuilder Escape(StringBuilder text, char c) => text.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
}
