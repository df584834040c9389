using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SelfService.Web.Tests.Resources;

public sealed partial class TextsTests
{
    private static readonly string Folder =
        Path.Combine(PortalHost.DemonstrationContent, "..", "src", "SelfService.Web", "Resources");

    [Theory]
    [InlineData("Texts")]
    [InlineData("ContentWords")]
    public void Both_languages_say_the_same_things_with_the_same_blanks(string set)
    {
        var spanish = Read(set + ".resx");
        var english = Read(set + ".en.resx");

        Assert.Equal(spanish.Keys.Order(StringComparer.Ordinal), english.Keys.Order(StringComparer.Ordinal));
        Assert.All(spanish, text => Assert.Equal(Blanks(text.Value), Blanks(english[text.Key])));
        Assert.All(spanish.Concat(english), text => Assert.False(string.IsNullOrWhiteSpace(text.Value), text.Key));
    }

    private static Dictionary<string, string> Read(string file) => XDocument.Load(Path.Combine(Folder, file)).Root!
        .Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    private static string Blanks(string text) =>
        string.Join(' ', Blank().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Blank();
}
