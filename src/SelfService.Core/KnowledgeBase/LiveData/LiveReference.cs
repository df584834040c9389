using System.Text.RegularExpressions;
using SelfService.Core.KnowledgeBase.Content;

namespace SelfService.Core.KnowledgeBase.LiveData;

/// <summary>
/// How a text names a figure: <c>{{precio:SKU}}</c>, <c>{{horario:sucursal}}</c>, <c>{{telefono:ventas}}</c>; without a name, the
/// company's own. <c>{{fragmento:clave}}</c> stands for a piece of Markdown.
/// </summary>
public static partial class LiveReference
{
    public const string Price = "precio";
    public const string Hours = "horario";
    public const string Phone = "telefono";
    public const string Snippet = "fragmento";

    /// <summary>The company's own hours or telephone.</summary>
    public const string General = "general";

    /// <summary>Before the key of something that exists and cannot be shown where it is named: a snippet in a snippet, or one too many. No figure has such a key.</summary>
    internal const string Misplaced = "!";

    private static readonly string[] Kinds = [Price, Hours, Phone, Snippet];

    /// <summary>Key of a figure.</summary>
    public static string Key(string kind, string name) => $"{kind}:{Slug.From(name, "")}";

    /// <summary>As it is written in a text.</summary>
    public static string Written(string key) => "{{" + key.TrimStart(Misplaced[0]) + "}}";

    /// <summary>Whether a text could name something.</summary>
    internal static bool MayBeIn(string text) => text.Contains("{{", StringComparison.Ordinal);

    /// <summary>Puts something else where a text names a figure; what looks like another program's braces stays.</summary>
    /// <param name="found">Gets the key; null leaves it as it is written.</param>
    internal static string Replace(string text, Func<string, string?> found) =>
        Pattern().Replace(text, match => KeyOf(match) is { } key && found(key) is { } other ? other : match.Value);

    /// <summary>Every place where a text names a figure.</summary>
    internal static IEnumerable<(Range At, string Key)> In(string text) =>
        from match in Pattern().Matches(text)
        let key = KeyOf(match)
        where key is not null
        select (match.Index..(match.Index + match.Length), key);

    // A word with a name behind it is meant for us, also when it is misspelled.
    private static string? KeyOf(Match match)
    {
        var (kind, name) = (Slug.From(match.Groups["kind"].Value, ""), match.Groups["name"].Value);
        return name.Length > 0 ? Key(kind, name) : kind is Hours or Phone ? Key(kind, General) : Kinds.Contains(kind) ? kind + ":" : null;
    }

    [GeneratedRegex(@"\{\{\s{0,5}(?<kind>\p{L}{2,20})(?:\s{0,5}:\s{0,5}(?<name>[^{}\n]{1,80}))?\s{0,5}\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
