using System.Collections.Frozen;

namespace SelfService.Search.Analysis;

/// <summary>
/// Common verbs, so that <i>cambia</i> and <i>configure</i> are known to be verbs and <i>cambio</i> the noun of one, while
/// <i>casa</i> and <i>caso</i>, which look the same, stay what they are. From <c>Language/verbs.txt</c>.
/// </summary>
internal static class KnownVerbs
{
    private static readonly FrozenDictionary<string, string> NounEndings = Read();

    /// <summary>True for the stem of a common verb.</summary>
    /// <param name="stem">Verb key.</param>
    public static bool Contains(string stem) => NounEndings.ContainsKey(stem);

    /// <summary>True when a common verb with this ending is a noun too: <i>el cambio, la carga</i>.</summary>
    /// <param name="stem">Verb key.</param>
    /// <param name="ending">Ending of a present or subjunctive; its first vowel decides.</param>
    public static bool IsNoun(string stem, string ending) =>
        NounEndings.TryGetValue(stem, out string? nouns) && nouns.Contains(ending[0], StringComparison.Ordinal);

    private static FrozenDictionary<string, string> Read()
    {
        var verbs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in LanguageResource.Read("verbs.txt").Split('\n'))
        {
            foreach (string entry in line.StartsWith('#') ? [] : line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                string[] parts = entry.Split(' ');
                verbs[SpanishStemmer.StemOfInfinitive(parts[0])] = parts.Length > 1 ? parts[1] : "";
            }
        }

        return verbs.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
