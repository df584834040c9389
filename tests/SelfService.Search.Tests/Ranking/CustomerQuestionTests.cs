using Xunit.Abstractions;

namespace SelfService.Search.Tests.Ranking;

/// <summary>Whole customers' questions against the demonstration content: the right article first, or at least near.</summary>
public class CustomerQuestionTests(ITestOutputHelper output)
{
    private const double LeastFirst = 0.92;
    private const double LeastInThree = 0.98;

    // Far less: these questions were never tuned to. A fall below says that something general broke.
    private const double LeastUnseenFirst = 0.6;
    private const double LeastUnseenInThree = 0.78;

    private static readonly List<(string[] Slugs, string Text)> Questions =
        Read("customer-questions.txt", "customer-questions-equipment.txt", "customer-questions-later.txt");

    [Fact]
    public void There_are_enough_questions_and_every_expected_article_exists()
    {
        Assert.True(Questions.Count >= 260);
        Assert.Empty(Questions.GroupBy(question => question.Text).Where(same => same.Count() > 1).Select(same => same.Key));
        var open = DemonstrationContent.Articles.Where(article => article.Audience == Audience.Public).Select(article => article.Id).ToHashSet();
        Assert.Empty(Questions.SelectMany(question => question.Slugs).Except(open));
        Assert.Empty(open.Except(Questions.SelectMany(question => question.Slugs)));
    }

    [Fact]
    public void The_right_article_is_first_or_in_three() => Judge(Questions, LeastFirst, LeastInThree);

    [Fact]
    public void Questions_nothing_was_tuned_to_are_answered_too() =>
        Judge(Read("customer-questions-unseen.txt"), LeastUnseenFirst, LeastUnseenInThree);

    private void Judge(List<(string[] Slugs, string Text)> questions, double leastFirst, double leastInThree)
    {
        ISearchEngine engine = EngineUnderTest.OfDemonstration();
        var misses = new List<string>();
        int first = 0, inThree = 0;
        foreach ((string[] slugs, string text) in questions)
        {
            string[] found = engine.Ask(text).Ids();
            int place = Array.FindIndex(found, slugs.Contains);
            first += place == 0 ? 1 : 0;
            inThree += place is >= 0 and < 3 ? 1 : 0;
            if (place != 0)
                misses.Add($"{(place < 0 ? "--" : $"{place + 1,2}")} {string.Join(',', slugs)} | {text} | {string.Join(", ", found.Take(3))}");
        }

        string report = $"{questions.Count} questions: {first} first, {inThree} in three\n{string.Join('\n', misses.Order(StringComparer.Ordinal))}";
        output.WriteLine(report);
        Assert.True(first >= leastFirst * questions.Count && inThree >= leastInThree * questions.Count, report);
    }

    private static List<(string[] Slugs, string Text)> Read(params string[] files) =>
        [.. files.SelectMany(CaseFile.Lines).Select(ReadQuestion)];

    private static (string[] Slugs, string Text) ReadQuestion(string line)
    {
        int bar = line.IndexOf('|', StringComparison.Ordinal);
        return (line[..bar].Split(',', StringSplitOptions.TrimEntries), line[(bar + 1)..].Trim());
    }
}
