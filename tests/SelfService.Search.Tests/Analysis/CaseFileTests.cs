using SelfService.Search.Analysis;

namespace SelfService.Search.Tests.Analysis;

public class CaseFileTests
{
    public static TheoryData<string, string> Terms
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string line in CaseFile.Lines("terms.txt"))
            {
                int arrow = line.LastIndexOf('→');
                data.Add(line[..arrow].TrimEnd(), line[(arrow + 1)..].Trim());
            }

            return data;
        }
    }

    public static TheoryData<string, string> Together
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string[] words in CaseFile.Words("together.txt"))
            {
                foreach (string other in words.Skip(1))
                    data.Add(words[0], other);
            }

            return data;
        }
    }

    public static TheoryData<string, string> Apart
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string[] words in CaseFile.Words("apart.txt"))
                data.Add(words[0], words[1]);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Terms))]
    public void Text_becomes_these_terms(string text, string expected) => Assert.Equal(expected, Read(text));

    [Theory]
    [MemberData(nameof(Together))]
    public void Words_of_one_family_find_each_other(string one, string other)
    {
        Assert.True(Meet(one, other), $"{one} {SpanishStemmer.Stem(one)} / {other} {SpanishStemmer.Stem(other)}");
        string plain = AccentFolding.Fold(other);
        bool decidedByAccent = plain != other && plain[^1] is 'o' or 'e' or 's';
        Assert.True(decidedByAccent || Meet(one, plain), $"{one} / {plain} {SpanishStemmer.Stem(plain)}");
    }

    [Theory]
    [MemberData(nameof(Apart))]
    public void Words_of_different_meaning_stay_apart(string one, string other) =>
        Assert.False(Meet(one, other), $"{one} {SpanishStemmer.Stem(one)} / {other} {SpanishStemmer.Stem(other)}");

    [Fact]
    public void There_are_enough_cases()
    {
        Assert.True(Terms.Count >= 30);
        Assert.True(Together.Count >= 100);
        Assert.True(Apart.Count >= 60);
    }

    private static bool Meet(string one, string other)
    {
        WordStem a = SpanishStemmer.Stem(one), b = SpanishStemmer.Stem(other);
        return a.Noun == b.Noun || (a.Verb == b.Verb && WordStem.ShareVerb(a.Form, b.Form));
    }

    private static string Read(string text)
    {
        var terms = new List<string>();
        Span<char> buffer = stackalloc char[Characters.MaxWordLength];
        var tokens = new Tokenizer(text);
        while (tokens.MoveNext())
        {
            int length = Characters.Normalize(text.AsSpan(tokens.Current.Start, tokens.Current.Length), buffer);
            string form = new(buffer[..length]);
            if (form.Length > 0)
                terms.Add(tokens.Current.IsWhole ? $"[{form}]" : form);
        }

        return string.Join(' ', terms);
    }
}
