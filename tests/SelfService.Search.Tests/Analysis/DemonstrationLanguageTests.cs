namespace SelfService.Search.Tests.Analysis;

/// <summary>The language files of the demonstration site, which are the example for every other site.</summary>
public class DemonstrationLanguageTests
{
    [Fact]
    public void The_files_have_no_problems() => Assert.Empty(DemonstrationContent.Language.Problems);

    [Fact]
    public void There_are_many_groups_and_none_twice()
    {
        Assert.True(DemonstrationContent.SynonymGroups.Count >= 250, $"{DemonstrationContent.SynonymGroups.Count} groups");
        Assert.Empty(DemonstrationContent.SynonymGroups.GroupBy(line => line).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    [Fact]
    public void A_group_says_each_expression_once() =>
        Assert.All(DemonstrationContent.SynonymGroups, line =>
        {
            string[] expressions = line.Split("=>").SelectMany(side => side.Split(',', StringSplitOptions.TrimEntries)).ToArray();
            Assert.Equal(expressions, expressions.Distinct());
        });
}
