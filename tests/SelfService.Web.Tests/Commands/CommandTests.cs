using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Audit;
using SelfService.Core.Jobs;
using SelfService.Core.Persistence;
using SelfService.Core.Tests;
using SelfService.Core.Tests.Mail;

namespace SelfService.Web.Tests.Commands;

/// <summary>The program as an operator starts it: a process of its own, its exit code and what it prints.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly Dictionary<string, string> environment = [];

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
    public async Task ContentCheck_BrokenForm_NamesFileLineAndReason()
    {
        folder.Write("content/articles/uno/sano.md", "---\ntitle: Sano\n---\nTexto.\n")
            .Write("content/queues.yaml", "queues:\n  ayuda: { name: Ayuda }\npolicies:\n  estandar: { first_response: 8h }\n")
            .Write("content/forms/rota.yaml", "title: Rota\nfields:\n  - { name: uno, type: nada, label: Uno }\n")
            .Write("content/forms/buena.yaml", "title: Buena\nqueue: ventas\narticles: [sano, perdido]\nfields:\n  - { name: uno, type: text, label: Uno }\n");

        var (code, output, _) = await RunAsync("es", "content", "check", folder.PathOf("content"));

        Assert.Equal(1, code);
        Assert.Contains("forms/rota.yaml:3: error: No existe ese tipo de campo; el formulario no se muestra. uno: nada", output, StringComparison.Ordinal);
        Assert.Contains("forms/buena.yaml:2: aviso: No existe esa cola, prioridad o plazo; se usa lo habitual. queue: ventas", output, StringComparison.Ordinal);
        Assert.Contains("forms/buena.yaml:0: aviso: El formulario ofrece un artículo que no existe: perdido.", output, StringComparison.Ordinal);
        Assert.Contains("1 errores, 2 avisos", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ContentCheck_BrokenProductAndOrderRules_AreNamedWithFileLineAndReason()
    {
        folder.Write("content/articles/uno/sano.md", "---\ntitle: Sano\n---\nTexto.\n")
            .Write("content/orders.yaml", "tax: { name: IVA, rate: 16 }\ndelivery: { name: Entrega, price: -1 }\npayment:\n  - { key: a, name: A, when: before }\n")
            .Write("content/catalog/_catalog.yaml", "shelves:\n  - { key: lavado, name: Lavado }\n")
            .Write("content/catalog/bueno.yaml", "title: Bueno\nshelf: lavado\nprice: 10\ngoes_with: [perdido]\n")
            .Write("content/catalog/malo.yaml", "title: Malo\nshelf: lavado\nprice: 10.001\n");

        var (code, output, _) = await RunAsync("es", "content", "check", folder.PathOf("content"));

        Assert.Equal(1, code);
        Assert.Contains("orders.yaml:0: error: Valor que no se entiende: delivery.price: -1.", output, StringComparison.Ordinal);
        Assert.Contains("catalog/malo.yaml:3: error: Valor que no se entiende: price: 10.001.", output, StringComparison.Ordinal);
        Assert.Contains("catalog/bueno.yaml:0: aviso: El enlace no lleva a ninguna parte: perdido", output, StringComparison.Ordinal);
        Assert.Contains("3 archivos revisados: 2 errores, 1 avisos", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ContentCheck_BrokenQueues_AreNamedOnceAndNotForEveryForm()
    {
        folder.Write("content/articles/uno/sano.md", "---\ntitle: Sano\n---\nTexto.\n")
            .Write("content/queues.yaml", "queues:\n  ayuda: { name: Ayuda, sla: nada }\npolicies:\n  estandar: { first_response: 8h }\n")
            .Write("content/forms/buena.yaml", "title: Buena\nqueue: ayuda\nfields:\n  - { name: uno, type: text, label: Uno }\n");

        var (code, output, _) = await RunAsync("es", "content", "check", folder.PathOf("content"));

        Assert.Equal(1, code);
        Assert.Contains("queues.yaml:0: error: Valor que no se entiende: queues.ayuda.sla: nada.", output, StringComparison.Ordinal);
        Assert.Contains("1 errores, 0 avisos", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ContentCheck_MailThatCannotBeUsed_IsNamedAndFails()
    {
        folder.Write("content/articles/uno/sano.md", "---\ntitle: Sano\n---\nTexto.\n")
            .Write("content/mail/case-opened.es.md", "---\nsubject: Hola\n---\n{nombre}\n")
            .Write("content/mail/hola.es.md", "---\nsubject: Hola\n---\n{link}\n")
            .Write("content/mail/case-closed.es.md", "---\nsubject: Hola\n---\n{link}\n");

        var (code, output, _) = await RunAsync("es", "content", "check", folder.PathOf("content"));

        Assert.Equal(1, code);
        Assert.Matches(@"mail/case-opened\.es\.md:\d: error: .*\{nombre\}", output);
        Assert.Matches(@"mail/hola\.es\.md:\d: aviso: ", output);
        Assert.DoesNotContain("case-closed", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_MailServer_IsAsked()
    {
        Directory.CreateDirectory(folder.PathOf("content"));
        await using var server = new ScriptedSmtpServer();
        environment["SelfService__Mail__Host"] = "127.0.0.1";
        environment["SelfService__Mail__Port"] = $"{server.Port}";

        var well = await RunAsync("es", "doctor");
        server.Mood = SmtpMood.Busy;
        var busy = await RunAsync("es", "doctor");

        Assert.Equal((0, 1), (well.Code, busy.Code));
        Assert.Contains("ok   mail: 127.0.0.1:", well.Output, StringComparison.Ordinal);
        Assert.Contains("FAIL mail: 127.0.0.1:", busy.Output, StringComparison.Ordinal);
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
        Assert.Contains("warn mail: no SMTP server", doctor.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UserAdd_Staff_TakesTheAddressInOneFormWritesItDownAndSaysWhatIsNext()
    {
        var (code, output, errors) = await RunAsync("es", "colibri-azul-24", ["user", "add", " Ana@Ensayo.EXAMPLE ", "--role", "agent"]);
        var again = await RunAsync("es", "colibri-azul-24", ["user", "add", "ana@ensayo.example", "--role", "agent"]);

        Assert.True(code == 0, errors);
        Assert.Contains("ana@ensayo.example", output, StringComparison.Ordinal);
        Assert.Contains("segundo paso", output, StringComparison.Ordinal);
        Assert.DoesNotContain("colibri", output + errors, StringComparison.Ordinal);
        Assert.Equal(1, again.Code);
        var services = new ServiceCollection();
        DatabaseSettings.InDirectory(folder.PathOf("data")).Register(services);
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var person = await db.Users.SingleAsync();
        var line = await db.AuditEntries.SingleAsync();
        Assert.Equal(("ana@ensayo.example", true), (person.Email, person.EmailConfirmed));
        Assert.Equal((AuditKind.AccountCreated, null, person.Id, "command", "agent"), (line.Kind, line.ActorId, line.SubjectId, line.Via, line.Detail));
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    [Fact]
    public async Task UserAdd_CustomerOrNoAddress_SaysNothingOfSecondSteps()
    {
        var (code, output, _) = await RunAsync("en", "colibri-azul-24", ["user", "add", "lia@ensayo.example", "--role", "customer"]);
        var wrong = await RunAsync("en", "colibri-azul-24", ["user", "add", "lia", "--role", "customer"]);

        Assert.Equal((0, 1), (code, wrong.Code));
        Assert.DoesNotContain("step", output, StringComparison.Ordinal);
        Assert.Contains("name@example.com", wrong.Errors, StringComparison.Ordinal);
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
        Assert.Contains("warn jobs: 1 given up", after.Output, StringComparison.Ordinal);
        Assert.Equal((0, 0), (before.Code, after.Code));
    }

    private ServiceProvider Services()
    {
        var services = new ServiceCollection();
        DatabaseSettings.InDirectory(folder.PathOf("data")).Register(services);
        return services.BuildServiceProvider();
    }

    private Task<(int Code, string Output, string Errors)> RunAsync(string language, params string[] arguments) => RunAsync(language, "", arguments);

    private async Task<(int Code, string Output, string Errors)> RunAsync(string language, string input, string[] arguments)
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
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.Environment.Remove("ConnectionStrings__SelfService");
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Eventually.Patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output, await errors);
    }
}
