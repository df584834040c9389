using System.Globalization;
using System.Text;

namespace SelfService.Core.KnowledgeBase.Content;

/// <summary>Readable part of an address: lower-case ASCII letters, digits and single hyphens.</summary>
public static class Slug
{
    /// <summary>Makes a slug of any text; <paramref name="otherwise"/> when nothing of it is left.</summary>
    public static string From(string text, string otherwise)
    {
        var slug = new StringBuilder(text.Length);
        foreach (var c in WellFormed(text).Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(char.ToLowerInvariant(c));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format)
                && slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        var result = slug.ToString().Trim('-');
        result = result.Length > 120 ? result[..120].TrimEnd('-') : result;
        return result.Length == 0 ? otherwise : result;
    }

    // Half of a surrogate pair has no normal form.
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
