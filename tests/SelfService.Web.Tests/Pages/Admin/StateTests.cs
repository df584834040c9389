using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Audit;
using SelfService.Core.Persistence;
using SelfService.Core.Tests;
using SelfService.Web.Operations;
using SelfService.Web.Startup;
using SelfService.Web.Tests.Pages.Agent;

namespace SelfService.Web.Tests.Pages.Admin;

/// <summary>/admin/estado: every part, its last error, and what a person can do.</summary>
public sealed class StateTests
{
    private const string Address = "/admin/estado";

    [Fact]
    public async Task Get_ShowsEveryPartToAdministratorsOnly()
    {
        using var content = Content();
        await using var host = await PortalHost.StartAsync(content.Root);
        using var admin = await host.BrowserOfAsync(DeskPortal.Admin);
        using var agent = await host.BrowserOfAsync(Steps.Agent);
        using var stranger = host.Browser(followRedirects: false);

        var page = await admin.PageAsync(Address);

        Assert.Equal(["Base de datos", "Búsqueda", "Trabajos", "Correo", "Contenido", "Copias de seguridad", "Disco"], page.QuerySelectorAll(".part-name").Select(n => n.Words()));
        Assert.Contains("Artículos que se pueden encontrar: 1.", page.QuerySelector(".parts").Words(), StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector($"nav a[href='{Address}'][aria-current=page]"));
        using var refused = await agent.GetAsync(Address);
        Assert.Equal(404, (int)refused.StatusCode);
        using var led = await stranger.GetAsync(Address);
        Assert.Equal(302, (int)led.StatusCode);
    }

    [Fact]
    public async Task Get_WorkThatFails_ComesFirstWithItsErrorUntilItSucceeds()
    {
        using var content = Content();
        await using var host = await PortalHost.StartAsync(content.Root);
        using var admin = await host.BrowserOfAsync(DeskPortal.Admin);
        var log = host.Services.GetRequiredService<WorkLog>();

        log.Failed("close-days", TimeSpan.FromMinutes(10), new IOException("No space left on device"));
        var failing = await admin.PageAsync(Address);
        log.Done("close-days", TimeSpan.FromMinutes(10), TimeSpan.FromMilliseconds(3));
        var mended = await admin.PageAsync(Address);

        var first = failing.QuerySelector("tbody tr");
        Assert.Contains("Cerrar los días de las métricas", first.Words(), StringComparison.Ordinal);
        Assert.Contains("IOException: No space left on device", first.Words(), StringComparison.Ordinal);
        Assert.True(first!.ClassList.Contains("is-late"));
        Assert.Empty(mended.QuerySelectorAll("tbody tr.is-late"));
        Assert.Contains("No space left on device", mended.QuerySelector("tbody").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_Import_ReadsTheFolderAgainAndSaysWhatWasLeftOut()
    {
        using var content = Content();
        content.Write("articles/uno/rota.md", "---\ntitle: [\n---\nTexto.\n");
        await using var host = await PortalHost.StartAsync(content.Root, environment: "Development", settings: new Dictionary<string, string?> { ["SelfService:ImportAtStart"] = "false" });
        using var admin = await host.BrowserOfAsync(DeskPortal.Admin);
        Assert.Contains("No se ha importado", (await admin.PageAsync(Address)).QuerySelector(".parts").Words(), StringComparison.Ordinal);

        (await admin.FillAsync(Address, "form[action*=Import]")).Dispose();

        await Eventually.IsTrueAsync(() => host.Services.GetRequiredService<ContentImporter>() is { IsAsked: false, Last: not null });
        var parts = (await admin.PageAsync(Address)).QuerySelector(".parts").Words();
        Assert.Contains("Sin cargar: 1.", parts, StringComparison.Ordinal);
        Assert.Equal(["import"], await MaintainedAsync(host));
    }

    [Fact]
    public async Task Post_Backup_MakesOneAlthoughItIsNotTime()
    {
        if (TestDatabase.Kind == DatabaseKind.Postgres && !PostgresToolsAreThere())
        {
            return;
        }

        using var content = Content();
        using var folder = new TestFolder();
        await using var host = await PortalHost.StartAsync(content.Root, new Dictionary<string, string?> { ["SelfService:Backups:Directory"] = folder.Root });
        using var admin = await host.BrowserOfAsync(DeskPortal.Admin);
        await Eventually.IsTrueAsync(() => Backups(folder).Length == 1);

        (await admin.FillAsync(Address, "form[action*=Backup]")).Dispose();

        await Eventually.IsTrueAsync(() => Backups(folder).Length == 2);
        Assert.Equal(["backup"], await MaintainedAsync(host));
    }

    [Fact]
    public void Every_work_has_a_name_that_people_read()
    {
        var words = File.ReadAllText(Path.Combine(Path.GetDirectoryName(PortalHost.DemonstrationContent)!, "src", "SelfService.Web", "Resources", "Texts.resx"));

        Assert.True(Recurring.Names.Distinct().Count() > 20);
        Assert.All(Recurring.Names, name => Assert.Contains($"\"Work.{name}\"", words, StringComparison.Ordinal));
    }

    private static TestFolder Content() => new TestFolder().Write("articles/uno/hola.md", "---\ntitle: Hola\n---\nTexto.\n");

    private static string[] Backups(TestFolder folder) => Directory.GetFiles(folder.Root, "*.zip");

    private static bool PostgresToolsAreThere() => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(path => File.Exists(Path.Combine(path, "pg_dump")));

    private static async Task<List<string>> MaintainedAsync(PortalHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PortalDbContext>().AuditEntries.Where(e => e.Kind == AuditKind.Maintained).Select(e => e.Detail).ToListAsync();
    }
}
