using SelfService.Core.KnowledgeBase.Content;
using SelfService.Search;

namespace SelfService.Core.Synonyms;

/// <summary>The company's own synonyms: <c>search/synonyms.txt</c> of the content folder, as it was when it was read.</summary>
/// <param name="Language">What the files alone make: stop words and synonyms.</param>
/// <param name="Text">The file, whole; empty when there is none.</param>
public sealed record CompanySynonyms(SearchLanguage Language, string Text)
{
    /// <summary>Below the content folder.</summary>
    public const string FilePath = Folder + "/synonyms.txt";

    private const string Folder = "search";

    /// <summary>Lines that are in use, as they stand in the file, each once.</summary>
    public IReadOnlyList<string> Lines { get; } = Usable(Language, Text);

    /// <summary>Reads the words of a content folder; what cannot be used is among the problems of the language.</summary>
    public static CompanySynonyms Read(string contentDirectory)
    {
        var text = Of("synonyms.txt");
        return new CompanySynonyms(SearchLanguage.Parse(Of("stopwords.txt"), text), text ?? "");

        string? Of(string name)
        {
            var path = Path.Combine(contentDirectory, Folder, name);
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
    }

    /// <summary>What the search knows together with what editors have added and switched off.</summary>
    public SearchLanguage With(SynonymRules rules) => Language.WithSynonyms(string.Join('\n', Lines.Where(line => !rules.Off.Contains(line)).Append(rules.Text)));

    /// <summary>Lines of both files that were left out, as <c>content check</c> reports them.</summary>
    public IEnumerable<ContentProblem> Problems() =>
        Language.Problems.Select(p => ContentProblem.Warning(SynonymRules.KindOf(p), p.Line, p.Text) with { File = $"{Folder}/{p.File}.txt" });

    private static IReadOnlyList<string> Usable(SearchLanguage language, string text)
    {
        var broken = language.Problems.Where(p => p.File == "synonyms").Select(p => p.Line).ToHashSet();
        return [.. SearchLanguage.Lines(text).Where(l => !broken.Contains(l.Number)).Select(l => l.Line).Distinct(StringComparer.Ordinal)];
    }
}
