namespace SelfService.Web.Tests;

/// <summary>One portal with the demonstration content, shared by the tests that only read.</summary>
public sealed class DemonstrationPortal : IAsyncLifetime
{
    public PortalHost Host { get; private set; } = null!;

    public async Task InitializeAsync() => Host = await PortalHost.StartAsync();

    public async Task DisposeAsync() => await Host.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class DemonstrationPortalCollection : ICollectionFixture<DemonstrationPortal>
{
    public const string Name = "demonstration portal";
}
