using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using SelfService.Web.Commands;
using SelfService.Web.Startup;

namespace SelfService.Web.Tests.Startup;

public sealed class SelfServiceOptionsTests
{
    [Theory]
    [InlineData("PublicUrl", "ayuda.example", "PublicUrl")]
    [InlineData("PublicUrl", "", "PublicUrl")]
    [InlineData("Database", "Oracle", "Database")]
    [InlineData("Database", "7", "Database")]
    [InlineData("DataDirectory", "", "DataDirectory")]
    [InlineData("ContentDirectory", "", "ContentDirectory")]
    [InlineData("ImportAtStart", "quizás", "ImportAtStart")]
    [InlineData("Limits:SearchesPerMinute", "0", "SearchesPerMinute")]
    [InlineData("Limits:VotesPerMinute", "-1", "VotesPerMinute")]
    [InlineData("Limits:SignInsPerMinute", "muchos", "SignInsPerMinute")]
    [InlineData("Database", "Postgres", "ConnectionStrings:SelfService")]
    public void Read_ValueThatCannotBeUsed_StopsWithItsName(string name, string value, string named)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("SelfService:" + name, (string?)value)]).Build();

        var problem = Assert.Throws<OptionsValidationException>(() => SelfServiceOptions.Read(configuration));

        Assert.Contains(named, problem.Message, StringComparison.Ordinal);
        Assert.Equal(problem.Message, StartupChecks.Explain(problem));
    }

    [Fact]
    public void Read_Nothing_GivesTheDefaults()
    {
        var options = SelfServiceOptions.Read(new ConfigurationBuilder().Build());

        Assert.Equal("http://localhost:5080", options.PublicUrl);
        Assert.True(Path.IsPathFullyQualified(options.DataDirectory));
    }

    [Fact]
    public void Readme_ListsEveryOption()
    {
        var readme = Readme();

        Assert.All(Names(typeof(SelfServiceOptions), "SelfService"), name => Assert.Contains($"| `{name}` |", readme, StringComparison.Ordinal));
        Assert.Contains("ConnectionStrings:SelfService", readme, StringComparison.Ordinal);
    }

    [Fact]
    public void Readme_ListsEveryCommand()
    {
        var readme = Readme();

        Assert.All(Usage.Commands, command => Assert.Contains($"| `{command}` |", readme, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Names(Type type, string prefix) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is not null)
        .SelectMany(p => p.PropertyType.IsClass && p.PropertyType != typeof(string) ? Names(p.PropertyType, $"{prefix}:{p.Name}") : [$"{prefix}:{p.Name}"]);

    private static string Readme() =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(PortalHost.DemonstrationContent)!, "README.md"));
}
