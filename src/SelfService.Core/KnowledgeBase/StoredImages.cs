using System.Text.RegularExpressions;

namespace SelfService.Core.KnowledgeBase;

/// <summary>Images of the library as texts name them: by an address that holds their hash.</summary>
internal static partial class StoredImages
{
    /// <summary>What every such address contains.</summary>
    public const string Mark = "/media/";

    /// <summary>The images a text names, shown or linked to.</summary>
    public static IEnumerable<(string Url, string Hash)> In(string text) => Address().Matches(text).Select(m => (m.Value, m.Groups[1].Value));

    [GeneratedRegex(@"/media/([0-9a-f]{64})/[^\s)""'<>]{0,300}")]
    private static partial Regex Address();
}
