using SelfService.Search.Analysis;

namespace SelfService.Search.Tests.Analysis;

public class CaseFileTests
{
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
        Assert.True(Together.Count >= 100);
        Assert.True(Apart.Count >= 60);
    }

    public static TheoryData<string, string, string> AccentsDecide
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (string[] words in CaseFile.Words("accents-decide.txt"))
                data.Add(words[0], words[1], words[2]);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(AccentsDecide))]
    public void The_word_as_written_comes_before_the_one_with_other_accents(string query, string first, string other)
    {
        ISearchEngine engine = TestCorpus.Engine(
            TestCorpus.Article("a", $"Sobre {other}"), TestCorpus.Article("b", $"Sobre {first}"), TestCorpus.Article("c", "Otra cosa"));
        SearchHit[] hits = [.. engine.Ask(query).Hits];
        Assert.Equal("b", hits[0].Document.Id);
        Assert.True(hits.Length == 1 || hits[1].Score < hits[0].Score);
    }

    private static bool Meet(string one, string other)
    {
        WordStem a = SpanishStemmer.Stem(one), b = SpanishStemmer.Stem(other);
        return a.Noun == b.Noun || (a.Verb == b.Verb && WordStem.ShareVerb(a.Form, b.Form));
    }
}
