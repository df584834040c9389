using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using SelfService.Core.Audit;
using SelfService.Core.Tests;
using SelfService.Web.Startup;

namespace SelfService.Web.Tests.Startup;

/// <summary>A start with other settings is written down once, and nothing of their values.</summary>
public sealed class SettingsLogTests : IAsyncLifetime
{
    private readonly MovableClock clock = new();

    private TestDatabase database = null!;

    public async Task InitializeAsync() => database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task Write_OtherSettings_AreOneLineEachTimeTheyChange()
    {
        await StartAsync(("Limits:VotesPerMinute", "30"));
        await StartAsync(("Limits:VotesPerMinute", "30"));
        await StartAsync(("Limits:VotesPerMinute", "31"));
        await StartAsync(("Limits:VotesPerMinute", "31"), ("Mail:Password", "colibri-azul"));
        await StartAsync(("Limits:VotesPerMinute", "31"), ("Mail:Password", "otra-distinta"));

        await using var db = database.Open();
        var lines = await db.AuditEntries.OrderBy(e => e.At).ToListAsync();
        Assert.Equal(3, lines.Count);
        Assert.All(lines, line => Assert.Equal((AuditKind.SettingsChanged, "start", null), (line.Kind, line.Via, line.ActorId)));
        Assert.EndsWith(" Limits:VotesPerMinute, Mail:Password", lines[^1].Detail, StringComparison.Ordinal);
        Assert.All(lines, line => Assert.DoesNotContain("colibri", line.Detail, StringComparison.Ordinal));
    }

    private async Task StartAsync(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>("SelfService:" + s.Name, s.Value))).Build();
        clock.Advance(TimeSpan.FromSeconds(1));
        await using var db = database.Open();
        await new SettingsLog(db, configuration, clock).WriteAsync(CancellationToken.None);
    }
}
