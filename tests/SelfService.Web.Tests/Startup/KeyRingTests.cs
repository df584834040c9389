using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SelfService.Core.Persistence;
using SelfService.Core.Tests;
using SelfService.Web.Startup;

namespace SelfService.Web.Tests.Startup;

/// <summary>Nodes read each other's cookies, and whoever has the stored keys without the passphrase does not.</summary>
public sealed class KeyRingTests : IAsyncLifetime
{
    private const string Passphrase = "una frase bastante larga";

    private readonly TestFolder folder = new();
    private readonly List<ServiceProvider> nodes = [];
    private TestDatabase database = null!;

    public async Task InitializeAsync() => database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync()
    {
        nodes.ForEach(n => n.Dispose());
        await database.DisposeAsync();
        folder.Dispose();
    }

    private async Task<IDataProtector> NodeAsync(KeyOptions keys)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        database.Settings.Register(services);
        KeyRing.Add(services, new SelfServiceOptions { Database = TestDatabase.Kind, DataDirectory = folder.Root, Keys = keys });
        var node = services.BuildServiceProvider();
        nodes.Add(node);
        await using var scope = node.CreateAsyncScope();
        await KeyRing.OpenAsync(node, scope.ServiceProvider.GetRequiredService<PortalDbContext>(), CancellationToken.None);
        return node.GetDataProtector("ensayo");
    }

    private async Task<IReadOnlyList<string>> StoredAsync()
    {
        if (TestDatabase.Kind == DatabaseKind.Sqlite)
        {
            return [.. Directory.EnumerateFiles(folder.PathOf("keys")).Select(File.ReadAllText)];
        }

        await using var db = database.Open();
        return await db.ProtectionKeys.Select(k => k.Xml).ToListAsync();
    }

    [Fact]
    public async Task What_one_node_protects_another_reads_and_the_stored_key_tells_nothing()
    {
        var one = await NodeAsync(new KeyOptions { Passphrase = Passphrase });
        var other = await NodeAsync(new KeyOptions { Passphrase = Passphrase });

        Assert.Equal("hola", other.Unprotect(one.Protect("hola")));
        var stored = XElement.Parse(Assert.Single(await StoredAsync()));
        Assert.Single(stored.Descendants("passphraseProtected"));
        Assert.Empty(stored.Descendants("masterKey"));
    }

    [Fact]
    public async Task Nodes_that_start_together_make_one_key()
    {
        if (TestDatabase.Kind != DatabaseKind.Postgres)
        {
            // With SQLite there is one node.
            return;
        }

        var started = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => NodeAsync(new KeyOptions { Passphrase = Passphrase }))));

        Assert.Single(await StoredAsync());
        Assert.All(started, node => Assert.Equal("hola", node.Unprotect(started[0].Protect("hola"))));
    }

    [Fact]
    public async Task With_another_passphrase_the_portal_does_not_start_and_says_why()
    {
        await NodeAsync(new KeyOptions { Passphrase = Passphrase });

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => NodeAsync(new KeyOptions { Passphrase = Passphrase + "." }));

        Assert.Contains("SelfService:Keys", StartupChecks.Explain(refused), StringComparison.Ordinal);
        Assert.Single(await StoredAsync());
    }

    [Fact]
    public async Task A_certificate_does_the_same()
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=ensayo", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
        folder.Write("llaves.pfx", certificate.Export(X509ContentType.Pkcs12, "secreto"));
        var keys = new KeyOptions { Certificate = folder.PathOf("llaves.pfx"), CertificatePassword = "secreto" };

        var one = await NodeAsync(keys);
        var other = await NodeAsync(keys);

        Assert.Equal("hola", other.Unprotect(one.Protect("hola")));
        Assert.Empty(XElement.Parse(Assert.Single(await StoredAsync())).Descendants("masterKey"));
    }
}
