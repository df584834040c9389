using System.Collections.Frozen;
using SelfService.Search.Analysis;

namespace SelfService.Search;

/// <summary>A line of a language file that could not be used.</summary>
/// <param name="File"><c>stopwords</c> or <c>synonyms</c>.</param>
/// <param name="Line">Line number, from 1.</param>
/// <param name="Text">The line as it stands.</param>
/// <param name="Reason">What is wrong with it, as a stable code: <c>one-side</c>, <c>no-word</c>, <c>too-long</c>.</param>
public sealed record LanguageProblem(string File, int Line, string Text, string Reason);

/// <summary>The words a site teaches its search: which say little, and which mean the same.</summary>
public sealed class SearchLanguage
{
    private SearchLanguage(FrozenSet<string> stopWords, Synonyms synonyms, IReadOnlyList<LanguageProblem> problems)
    {
        StopWords = stopWords;
        Synonyms = synonyms;
        Problems = problems;
    }

    /// <summary>Built-in stop words and a few synonyms general enough for any company.</summary>
    public static SearchLanguage Default { get; } = Parse(null, LanguageResource.Read("synonyms.txt"));

    /// <summary>Lines that were left out; the others are in use.</summary>
    public IReadOnlyList<LanguageProblem> Problems { get; }

    /// <summary>Folded words that weigh little. They are never dropped.</summary>
    internal FrozenSet<string> StopWords { get; }

    internal Synonyms Synonyms { get; }

    /// <summary>Reads the two files of a site. Never throws: a broken line becomes one of <see cref="Problems"/>.</summary>
    /// <param name="stopWordsText">Words separated by spaces or lines, <c>#</c> starts a comment; null for the built-in list.</param>
    /// <param name="synonymsText">
    /// One group a line: <c>a, b, c d</c> mean the same; <c>a => b, c</c> when only who types <c>a</c> also means
    /// <c>b</c> and <c>c</c>. Null for none.
    /// </param>
    public static SearchLanguage Parse(string? stopWordsText, string? synonymsText)
    {
        var problems = new List<LanguageProblem>();
        FrozenSet<string> stopWords = Analysis.StopWords.Parse(stopWordsText ?? LanguageResource.Read("stopwords.txt"), problems);
        Synonyms synonyms = Synonyms.Parse(synonymsText ?? "", stopWords, problems);
        return new SearchLanguage(stopWords, synonyms, problems);
    }

    /// <summary>The same stop words with other synonyms; <see cref="Problems"/> are those of the synonyms.</summary>
    /// <inheritdoc cref="Parse" path="/param[@name='synonymsText']"/>
    public SearchLanguage WithSynonyms(string synonymsText)
    {
        ArgumentNullException.ThrowIfNull(synonymsText);
        var problems = new List<LanguageProblem>();
        return new SearchLanguage(StopWords, Synonyms.Parse(synonymsText, StopWords, problems), problems);
    }

    /// <summary>Lines of a language file without comments and blanks, with their numbers from 1.</summary>
    public static IEnumerable<(int Number, string Line)> Lines(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return LanguageLines.Read(text);
    }

    /// <summary>The words of a text that carry meaning, as they are searched.</summary>
    public string WithoutStopWords(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Join(' ', WordReader.Words(text).Where(word => !StopWords.Contains(AccentFolding.Fold(word))));
    }

    /// <summary>Other ways to say the single words of a text, each a word or an expression; for what is too short to be searched in.</summary>
    /// <param name="text">A title, say.</param>
    public IReadOnlyList<string> OtherWords(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return
        [
            .. WordReader.Words(text).Where(word => !StopWords.Contains(AccentFolding.Fold(word)))
                .SelectMany(word => Synonyms.Of([SpanishStemmer.Stem(word)])).Select(other => string.Join(' ', other.Words)).Distinct(),
        ];
    }

    /// <summary>The stems by which each word of a text is known: its inflections have one in common, a verb and its action too.</summary>
    /// <param name="text">Any text, of a message say; accents and case do not matter.</param>
    /// <returns>For each word in its order, one or two stems.</returns>
    public static IEnumerable<IReadOnlyList<string>> Stems(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return WordReader.Words(text).Select<string, IReadOnlyList<string>>(word =>
        {
            WordStem stem = SpanishStemmer.Stem(word);
            return stem.Verb.Length == 0 || stem.Verb == stem.Noun ? [stem.Noun] : [stem.Noun, stem.Verb];
        });
    }

    /// <summary>
    /// What texts that ask for the same have in common: the stems of their words that carry meaning, each once, in the order of the
    /// alphabet. <i>Cómo cancelo mi pedido</i> and <i>cancelación de pedidos</i> have one key. Without such words, all its words.
    /// </summary>
    /// <param name="text">A search as it was typed.</param>
    /// <returns>Stems separated by spaces; empty when there is no word.</returns>
    public string KeyOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<string> words = WordReader.Words(text);
        List<string> meaning = words.FindAll(word => !StopWords.Contains(AccentFolding.Fold(word)));
        return string.Join(' ', (meaning.Count > 0 ? meaning : words).Select(Key).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

        static string Key(string word)
        {
            WordStem stem = SpanishStemmer.Stem(word);
            return stem.Form is VerbForm.Definite or VerbForm.ActionNoun && stem.Verb.Length > 0 ? stem.Verb : stem.Noun;
        }
    }
}
