using Xunit.Abstractions;

namespace SelfService.Search.Tests.Ranking;

/// <summary>Whole customers' questions against the demonstration content: the right article first, or at least near.</summary>
public class CustomerQuestionTests(ITestOutputHelper output)
{
    private const double LeastFirst = 0.92;
    private const double LeastInThree = 0.98;

    private static readonly string[] Files = ["customer-questions.txt", "customer-questions-equipment.txt"];

    private static readonly List<(string[] Slugs, string Text)> Questions = [.. Files.SelectMany(CaseFile.Lines).Select(ReadQuestion)];

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
    public void The_right_article_is_first_or_in_three()
    {
        MemorySearchEngine engine = DemonstrationContent.Engine();
        var misses = new List<string>();
        int first = 0, inThree = 0;
        foreach ((string[] slugs, string text) in Questions)
        {
            string[] found = engine.Ask(text).Ids();
            int place = Array.FindIndex(found, slugs.Contains);
            first += place == 0 ? 1 : 0;
            inThree += place is >= 0 and < 3 ? 1 : 0;
            if (place != 0)
                misses.Add($"{(place < 0 ? "--" : $"{place + 1,2}")} {string.Join(',', slugs)} | {text} | {string.Join(", ", found.Take(3))}");
        }

        string report = $"{Questions.Count} questions: {first} first, {inThree} in three\n{string.Join('\n', misses.Order(StringComparer.Ordinal))}";
        output.WriteLine(report);
        Assert.True(first >= LeastFirst * Questions.Count && inThree >= LeastInThree * Questions.Count, report);
    }

    private static (string[] Slugs, string Text) ReadQuestion(string line)
    {
        int bar = line.IndexOf('|', StringComparison.Ordinal);
        return (line[..bar].Split(',', StringSplitOptions.TrimEntries), line[(bar + 1)..].Trim());
    }
}
