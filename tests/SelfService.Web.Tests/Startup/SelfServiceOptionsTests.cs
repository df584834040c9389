using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using SelfService.Core.Mail;
using SelfService.Web.Commands;
using SelfService.Web.Mail;
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
    [InlineData("Mail:From", "ayuda", "Mail:From")]
    [InlineData("Mail:From", "Ayuda <ayuda@ensayo.example>", "Mail:From")]
    [InlineData("Mail:Host", "smtp ensayo", "Mail:Host")]
    [InlineData("Mail:Host", "smtp.ensayo.example:587", "Mail:Host")]
    [InlineData("Mail:Port", "0", "Port")]
    [InlineData("Mail:Port", "70000", "Port")]
    [InlineData("Mail:Security", "Tls", "Security")]
    [InlineData("Mail:Security", "7", "Security")]
    [InlineData("Mail:User", "ayuda", "Mail:Password")]
    [InlineData("Mail:Password", "secreto", "Mail:User")]
    [InlineData("Mail:TimeoutSeconds", "0", "TimeoutSeconds")]
    [InlineData("Mail:TimeoutSeconds", "90", "TimeoutSeconds")]
    [InlineData("Database", "Postgres", "ConnectionStrings:SelfService")]
    [InlineData("Database", "Postgres", "Keys:Passphrase")]
    [InlineData("Keys:Passphrase", "corta", "Keys:Passphrase")]
    [InlineData("Keys:Certificate", "/no/existe.pfx", "Keys:Certificate")]
    [InlineData("Backups:EveryHours", "0", "EveryHours")]
    [InlineData("Backups:Keep", "0", "Keep")]
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
    public void Read_PasswordOverAnOpenLine_IsRefused()
    {
        var settings = new Dictionary<string, string?> { ["SelfService:Mail:User"] = "ayuda", ["SelfService:Mail:Password"] = "secreto", ["SelfService:Mail:Security"] = "None" };

        var problem = Assert.Throws<OptionsValidationException>(() => SelfServiceOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()));

        Assert.Contains("StartTls", problem.Message, StringComparison.Ordinal);
        settings["SelfService:Mail:Security"] = "StartTls";
        Assert.Equal("ayuda", SelfServiceOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).Mail.User);
    }

    [Fact]
    public void Readme_ListsEveryMailWithWhatItKnows()
    {
        var rows = Readme().Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToList();
        var everywhere = MailPlaceholders.Of(MailKind.AlreadyRegistered);

        Assert.All(Enum.GetValues<MailKind>(), kind =>
        {
            var row = Assert.Single(rows, line => line.StartsWith($"| `{MailTemplates.NameOf(kind)}` |", StringComparison.Ordinal));
            Assert.Equal(MailPlaceholders.Of(kind).Except(everywhere).Order(StringComparer.Ordinal), MailPlaceholders.In(row).Order(StringComparer.Ordinal));
        });
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
