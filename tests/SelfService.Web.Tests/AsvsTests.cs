using System.Text.RegularExpressions;

namespace SelfService.Web.Tests;

/// <summary><c>build/asvs.md</c> names each requirement of the level once, and only tests that exist.</summary>
public sealed partial class AsvsTests
{
    private const int RequirementsOfLevelOne = 70;

    private static readonly string Root = Path.GetDirectoryName(PortalHost.DemonstrationContent)!;
    private static readonly string Table = File.ReadAllText(Path.Combine(Root, "build", "asvs.md"));

    [Fact]
    public void Every_requirement_is_listed_once()
    {
        var ids = Requirement().Matches(Table).Select(m => m.Groups[1].Value).ToList();

        Assert.Equal(RequirementsOfLevelOne, ids.Count);
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void Every_test_it_names_exists()
    {
        var sources = string.Join('\n', Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Select(File.ReadAllText));
        var named = Named().Matches(Table).Select(m => (Class: m.Groups[1].Value, Test: m.Groups[2].Value)).Distinct().ToList();

        Assert.True(named.Count > 50);
        Assert.All(named, test =>
        {
            Assert.Contains($"class {test.Class}", sources, StringComparison.Ordinal);
            Assert.True(test.Test.Length == 0 || sources.Contains($" {test.Test}(", StringComparison.Ordinal), $"{test.Class}.{test.Test}");
        });
    }

    [GeneratedRegex(@"^\| (V\d+\.\d+\.\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Requirement();

    [GeneratedRegex(@"`([A-Z][A-Za-z]*Tests)(?:\.([A-Za-z_]+))?`")]
    private static partial Regex Named();
}
