using System.Text.RegularExpressions;
using System.Xml.Linq;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Persistence.Backups;

namespace SelfService.Web.Tests.Resources;

/// <summary>Every text exists in both languages, is used, and says something.</summary>
public sealed partial class TextsTests
{
    private static readonly string Web = Path.Combine(Path.GetDirectoryName(PortalHost.DemonstrationContent)!, "src", "SelfService.Web");

    private static readonly string Sources = string.Join('\n', new[] { "*.cs", "*.cshtml" }
        .SelectMany(pattern => Directory.EnumerateFiles(Web, pattern, SearchOption.AllDirectories))
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")).Select(File.ReadAllText));

    private static Dictionary<string, string> Read(string name) => XDocument.Load(Path.Combine(Web, "Resources", name)).Root!.Elements("data")
        .ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value);

    [Theory]
    [InlineData("Texts")]
    [InlineData("ContentWords")]
    public void Both_languages_have_the_same_keys_and_the_same_places(string set)
    {
        var spanish = Read(set + ".resx");
        var english = Read(set + ".en.resx");

        Assert.Equal(spanish.Keys.Order(StringComparer.Ordinal), english.Keys.Order(StringComparer.Ordinal));
        Assert.All(spanish, text => Assert.False(string.IsNullOrWhiteSpace(text.Value), text.Key));
        Assert.All(english, text => Assert.False(string.IsNullOrWhiteSpace(text.Value), text.Key));
        Assert.All(spanish, text => Assert.True(Places(text.Value).SetEquals(Places(english[text.Key])), text.Key));
    }

    [Fact]
    public void Every_key_the_sources_name_exists()
    {
        var known = Read("Texts.resx").Keys.ToHashSet();

        var named = Named().Matches(Sources).Select(m => m.Groups[1].Value).Where(key => !key.Contains('{') && !key.EndsWith('.')).ToHashSet();

        Assert.True(named.Count > 50);
        Assert.Empty(named.Where(key => key.Contains('.') && !known.Contains(key) && !known.Any(k => k.StartsWith(key, StringComparison.Ordinal))).Order(StringComparer.Ordinal).ToList());
    }

    [Fact]
    public void No_key_is_left_that_nobody_uses()
    {
        // Keys put together from a code, a kind or a name: "Error." + code, $"Contact.{key}Line", "Tile." + key.
        var composed = Composed().Matches(Sources).Select(m => m.Groups[1].Value).Where(start => start.Contains('.')).ToHashSet();

        var unused = Read("Texts.resx").Keys.Where(key => !Sources.Contains($"\"{key}\"", StringComparison.Ordinal) && !composed.Any(start => key.StartsWith(start, StringComparison.Ordinal)));

        Assert.Empty(unused.ToList());
    }

    [Fact]
    public void Every_problem_and_severity_has_words_and_no_words_are_left_over()
    {
        var words = Read("ContentWords.resx").Keys.ToHashSet();
        var wanted = Enum.GetNames<ProblemKind>().Select(kind => "Problem." + kind).Concat(Enum.GetNames<ProblemSeverity>().Select(severity => "Severity." + severity))
            .Concat(Enum.GetNames<BackupProblem>().Select(problem => "Report.Backup." + problem)).ToHashSet();

        Assert.Empty(wanted.Except(words));
        Assert.Empty(words.Except(wanted).Where(key => !Sources.Contains($"\"{key}\"", StringComparison.Ordinal)).ToList());
    }

    [Fact]
    public void Every_status_the_error_page_shows_has_its_words()
    {
        var words = Read("Texts.resx");

        Assert.All([400, 403, 404, 409, 413, 429, 500, 503], code => Assert.True(words.ContainsKey($"Error.{code}.Title") && words.ContainsKey($"Error.{code}.Line"), $"{code}"));
    }

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(m => m.Value)];

    [GeneratedRegex(@"(?:\bT|texts)\[\s*(?:[^\]""]*\?\s*)?\$?""([^""]+)""|ErrorMessage = ""([^""]+)""")]
    private static partial Regex Named();

    // "Error." + code, $"Contact.{key}Line"
    [GeneratedRegex(@"""(?=[A-Z][A-Za-z]*\.[A-Za-z]*(?:\{|"" \+))([A-Z][A-Za-z]*\.[A-Za-z]*)")]
    private static partial Regex Composed();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
