using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Jobs;
using SelfService.Core.Persistence;
using SelfService.Core.Tests;

namespace SelfService.Web.Tests.Commands;

/// <summary>The program as an operator starts it: a process of its own, its exit code and what it prints.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task ContentCheck_BrokenFolder_NamesFileLineAndReasonAndFails()
    {
        folder.Write("content/articles/uno/sano.md", "---\ntitle: Sano\n---\nTexto.\n")
            .Write("content/articles/uno/abierto.md", "---\ntitle: Abierto\nTexto sin cierre.\n")
            .Write("content/articles/uno/enlace.md", "---\ntitle: Enlace\n---\n[roto](no-existe.md)\n")
            .Write("content/articles/uno/fecha.md", "---\ntitle: Fecha\ndate: ayer\n---\nTexto.\n")
            .Write("content/articles/uno/latin.md", [(byte)'a', 0xF1, (byte)'o']);

        var (code, output, _) = await RunAsync("es", "content", "check", folder.PathOf("content"));

        Assert.Equal(1, code);
        Assert.Contains("abierto.md:1: error: El front matter no se cierra", output, StringComparison.Ordinal);
        Assert.Contains("latin.md:1: error: El archivo no está en UTF-8", output, StringComparison.Ordinal);
        Assert.Matches(@"enlace\.md:\d: aviso: .*no-existe\.md", output);
        Assert.Matches(@"fecha\.md:3: aviso: .*ayer", output);
        Assert.Contains("5 archivos revisados: 2 errores, 2 avisos", output, StringComparison.Ordinal);
        Assert.DoesNotContain("sano.md", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ContentCheck_InEnglish_SaysTheSame()
    {
        folder.Write("content/articles/uno/latin.md", [(byte)'a', 0xF1, (byte)'o']);

        var (code, output, _) = await RunAsync("en_US.UTF-8", "content", "check", folder.PathOf("content"));

        Assert.Equal(1, code);
        Assert.Contains("latin.md:1: error:", output, StringComparison.Ordinal);
        Assert.DoesNotContain("archivo", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ContentCheck_SoundFolder_SucceedsAndWritesNoDatabase()
    {
        folder.Write("content/articles/uno/sano.md", "---\ntitle: Sano\n---\nTexto.\n");

        var (code, _, _) = await RunAsync("es", "content", "check", folder.PathOf("content"));

        Assert.Equal(0, code);
        Assert.Empty(Directory.EnumerateFiles(folder.PathOf("data"), "*.db"));
    }

    [Fact]
    public async Task ContentCheck_NoFolder_FailsWithItsName()
    {
        var (code, _, errors) = await RunAsync("es", "content", "check", folder.PathOf("ninguna"));

        Assert.Equal(1, code);
        Assert.Contains("ninguna", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImportThenExport_WritesTheArticlesBack()
    {
        folder.Write("content/articles/uno/hola.md", "---\ntitle: Hola\n---\nTexto de ida y vuelta.\n");

        var import = await RunAsync("es", "content", "import", folder.PathOf("content"));
        var export = await RunAsync("es", "content", "export", folder.PathOf("salida"));

        Assert.Equal((0, 0), (import.Code, export.Code));
        Assert.Contains("1 nuevos", import.Output, StringComparison.Ordinal);
        var file = Assert.Single(Directory.EnumerateFiles(folder.PathOf("salida"), "hola.md", SearchOption.AllDirectories));
        Assert.Contains("Texto de ida y vuelta.", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecondProcess_OnTheSameFile_IsRefusedWithTheReason()
    {
        folder.Write("data/.keep", "").Write("content/articles/uno/hola.md", "---\ntitle: Hola\n---\nTexto.\n");
        using var first = SingleProcessLock.Acquire(DatabaseSettings.InDirectory(folder.PathOf("data")).FilePath!);

        var import = await RunAsync("es", "content", "import", folder.PathOf("content"));
        var serve = await RunAsync("es", "serve", "--urls", "http://127.0.0.1:0");

        Assert.Equal((1, 1), (import.Code, serve.Code));
        Assert.Contains("Another process is using the database", import.Errors, StringComparison.Ordinal);
        Assert.Contains("Another process is using the database", serve.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BadSetting_StopsTheStartWithAMessage()
    {
        var (code, _, errors) = await RunAsync("es", "serve", "--SelfService:PublicUrl=nada", "--urls", "http://127.0.0.1:0");

        Assert.Equal(1, code);
        Assert.Contains("PublicUrl", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nada")]
    [InlineData("content")]
    [InlineData("content", "borrar")]
    [InlineData("user", "add", "x@x.example")]
    public async Task UnknownCommand_PrintsEveryCommandAndFails(params string[] arguments)
    {
        var (code, output, errors) = await RunAsync("es", arguments);

        Assert.Equal(2, code);
        Assert.Equal("", output);
        Assert.All(Web.Commands.Usage.Commands, command => Assert.Contains(command, errors, StringComparison.Ordinal));
    }

    [Fact]
    public async Task UserAdd_UnknownRoleOrShortPassword_FailsAndDoctorIsContent()
    {
        var role = await RunAsync("es", "user", "add", "ana@ensayo.example", "--role", "jefa");
        var password = await RunAsync("es", "user", "add", "ana@ensayo.example", "--role", "agent");
        Directory.CreateDirectory(folder.PathOf("content"));
        var doctor = await RunAsync("es", "doctor");

        Assert.Equal((1, 1), (role.Code, password.Code));
        Assert.Contains("agent", role.Errors, StringComparison.Ordinal);
        Assert.NotEqual("", password.Errors);
        Assert.True(doctor.Code == 0, doctor.Output + doctor.Errors);
    }

    [Fact]
    public async Task Doctor_DeadJob_WarnsAndSaysThatAllElseIsRight()
    {
        folder.Write("content/articles/uno/hola.md", "---\ntitle: Hola\n---\nTexto.\n");
        await RunAsync("es", "content", "import", folder.PathOf("content"));
        var before = await RunAsync("es", "doctor");
        await using (var services = Services())
        {
            await using var scope = services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
            db.Jobs.Add(new Job { Kind = "mail", Payload = "{}", State = JobState.Dead, CreatedAt = DateTime.UtcNow, DueAt = DateTime.UtcNow });
            await db.SaveChangesAsync();
        }

        var after = await RunAsync("es", "doctor");

        Assert.Contains("ok   jobs: 0 given up", before.Output, StringComparison.Ordinal);
        Assert.Contains("WARN jobs: 1 given up", after.Output, StringComparison.Ordinal);
        Assert.Equal((0, 0), (before.Code, after.Code));
    }

    private ServiceProvider Services()
    {
        var services = new ServiceCollection();
        DatabaseSettings.InDirectory(folder.PathOf("data")).Register(services);
        return services.BuildServiceProvider();
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(string language, params string[] arguments)
    {
        Directory.CreateDirectory(folder.PathOf("data"));
        var start = new ProcessStartInfo("dotnet", [typeof(Web.Startup.Portal).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder.Root,
        };
        start.Environment["LC_ALL"] = language;
        start.Environment["SelfService__DataDirectory"] = folder.PathOf("data");
        start.Environment["SelfService__ContentDirectory"] = folder.PathOf("content");
        start.Environment["SelfService__Database"] = "Sqlite";
        start.Environment.Remove("ConnectionStrings__SelfService");
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output, await errors);
    }
}
