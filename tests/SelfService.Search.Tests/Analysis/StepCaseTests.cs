using System.Text.RegularExpressions;
using SelfService.Search.Analysis;
using SelfService.Search.Querying;

namespace SelfService.Search.Tests.Analysis;

/// <summary>Every named step of the analysis against its case file: <c>input → what comes of it</c>.</summary>
public class StepCaseTests
{
    private const int LeastCases = 30;

    private static readonly ISearchEngine PlainWords = TestCorpus.Engine(
        [.. CaseFile.Pairs("diminutives.txt").Select(pair => pair.Expected).Distinct().Select(word => TestCorpus.Article(word, word))]);

    private static readonly ISearchEngine Demonstration = EngineUnderTest.OfDemonstration();

    /// <summary>What each step makes of an input, in the words of its file.</summary>
    private static readonly Dictionary<string, Func<string, string, string>> Steps = new()
    {
        ["cleaning.txt"] = (input, _) => Clean(input),
        ["folding.txt"] = (input, _) => AccentFolding.Fold(input),
        ["terms.txt"] = (input, _) => CaseFile.Terms(input),
        ["units.txt"] = (input, _) => CaseFile.Terms(input),
        ["plurals.txt"] = (input, lemma) => SpanishStemmer.Stem(input).Noun == SpanishStemmer.Stem(lemma).Noun ? lemma : SpanishStemmer.Stem(input).Noun,
        ["action-nouns.txt"] = Verb,
        ["clitics.txt"] = Verb,
        ["voseo.txt"] = Verb,
        ["irregular-verbs.txt"] = Verb,
        ["derivation.txt"] = Verb,
        ["known-verbs.txt"] = (input, _) => SpanishStemmer.Stem(input).Form switch
        {
            VerbForm.Definite => "verb",
            VerbForm.NounOfVerb => "noun",
            _ => "either",
        },
        ["diminutives.txt"] = (input, _) => Plain(input),
        ["stop-words.txt"] = (input, _) => Meaning(input),
        ["queries.txt"] = (input, _) => Query(input),
        ["spelling.txt"] = (input, _) => Demonstration.Ask(input).Correction ?? "=",
        ["synonyms.txt"] = (input, expected) => Synonym(input, expected),
    };

    public static TheoryData<string, string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (string file in Steps.Keys)
            {
                foreach ((string input, string expected) in CaseFile.Pairs(file))
                    data.Add(file, input, expected);
            }

            return data;
        }
    }

    /// <summary>What is found, as typed: a corrected spelling would be no proof.</summary>
    private static string Plain(string word) =>
        PlainWords.Search(new SearchRequest(SearchQuery.Parse(word), Audience.Public) { AsTyped = true }).Hits is [var hit, ..] ? hit.Document.Title : "=";

    public static TheoryData<string> Files => [.. Steps.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_step_does_what_its_file_says(string file, string input, string expected) =>
        Assert.Equal(expected, Steps[file](Unescape(input), expected));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_has_enough_cases_and_none_twice(string file)
    {
        string[] inputs = [.. CaseFile.Pairs(file).Select(pair => pair.Input)];
        Assert.True(inputs.Length >= LeastCases, $"{inputs.Length} cases");
        Assert.Empty(inputs.GroupBy(input => input).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    private static string Unescape(string text) =>
        Regex.Replace(text, @"\\u([0-9A-F]{4})", match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString());

    private static string Clean(string text)
    {
        Span<char> buffer = stackalloc char[Characters.MaxWordLength];
        return new string(buffer[..Characters.Normalize(text, buffer)]);
    }

    /// <summary>The verb itself when both find each other, otherwise the two keys, to see why not.</summary>
    private static string Verb(string input, string verb)
    {
        WordStem form = SpanishStemmer.Stem(input), infinitive = SpanishStemmer.Stem(verb);
        bool meet = form.Verb == infinitive.Verb && WordStem.ShareVerb(form.Form, infinitive.Form);
        return meet ? verb : $"{form} / {infinitive}";
    }

    private static string Meaning(string text) => string.Join(
        ' ', WordReader.Words(text).Where(word => !DemonstrationContent.Language.StopWords.Contains(AccentFolding.Fold(word))));

    private static string Query(string text)
    {
        SearchQuery query = SearchQuery.Parse(text);
        return string.Join(' ', query.Words.Concat(query.Phrases.Select(phrase => $"\"{string.Join(' ', phrase)}\"")));
    }

    /// <summary>The expected expression when the input means it too (it does not, after <c>not</c>), otherwise all it means.</summary>
    private static string Synonym(string input, string expected)
    {
        string[] found = [.. SynonymTests.Alternatives(DemonstrationContent.Language, input)];
        bool isFound = found.Contains(expected.Replace("not ", "", StringComparison.Ordinal));
        return isFound != expected.StartsWith("not ", StringComparison.Ordinal) ? expected : string.Join(", ", found);
    }
}
