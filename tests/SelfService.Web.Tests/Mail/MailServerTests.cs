using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SelfService.Core.Jobs;
using SelfService.Core.Tests;
using SelfService.Core.Tests.Mail;

namespace SelfService.Web.Tests.Mail;

/// <summary>A portal with a mail server, with the company's own words and with neither.</summary>
public sealed class MailServerTests : IDisposable
{
    private readonly TestFolder content = new();

    public void Dispose() => content.Dispose();

    [Fact]
    public async Task Send_WithAServer_GoesThereAndNotIntoFiles()
    {
        await using var server = new ScriptedSmtpServer();
        await using var host = await StartAsync(server);
        var ticket = await new MailDesk(host).TicketAsync("ana@correo.example");

        await host.Mailbox.NothingAsync("ana@correo.example");

        var mail = Assert.Single(server.Mails);
        Assert.Equal("ana@correo.example", mail.To);
        Assert.Equal("\"Ayuda Ensayo\" <avisos@ensayo.example>", mail.From);
        Assert.Contains(ticket.Number, mail.Subject, StringComparison.Ordinal);
        Assert.Contains("clave=", mail.LinkTo($"/casos/{ticket.Number}"), StringComparison.Ordinal);
        Assert.Contains(ticket.Number, mail.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SmtpMood.KnowsNobody, "SMTP: 550")]
    [InlineData(SmtpMood.DropsAfterAcceptance, "SMTP")]
    public async Task Send_ServerThatDoesNotConfirm_IsTriedAgainAsTheSameMailAndNamesNobody(SmtpMood mood, string reason)
    {
        await using var server = new ScriptedSmtpServer { Mood = mood };
        await using var host = await StartAsync(server);
        var desk = new MailDesk(host);
        await desk.TicketAsync("ana@correo.example");
        await host.Mailbox.NothingAsync("ana@correo.example");

        var job = await desk.InAsync(db => db.Jobs.AsNoTracking().SingleAsync());
        Assert.Equal((JobState.Waiting, 1), (job.State, job.Attempts));
        Assert.StartsWith(reason, job.LastError, StringComparison.Ordinal);
        Assert.DoesNotContain("correo.example", job.LastError, StringComparison.Ordinal);

        server.Mood = SmtpMood.Accepts;
        await desk.InAsync(db => db.Jobs.ExecuteUpdateAsync(set => set.SetProperty(j => j.DueAt, DateTime.UtcNow.AddSeconds(-1))));
        await host.Mailbox.NothingAsync("ana@correo.example");

        Assert.Equal(JobState.Done, (await desk.JobAsync(job.Id)).State);
        Assert.Equal($"<{job.Id:N}@localhost>", Assert.Single(server.Mails.Select(mail => mail.MessageId).Distinct()));
    }

    [Fact]
    public async Task Send_CompanysOwnWords_AreUsedAndBrokenOnesAreNot()
    {
        content.Write("site.yaml", Site)
            .Write("mail/case-opened.es.md", "---\nsubject: '¡Ya lo tenemos, {number}!'\n---\nNuestras palabras.\n\n[Ir]({link})\n")
            .Write("mail/case-opened.en.md", "---\nsubject: Ours\n---\n{unknown}\n");
        var log = new CapturedLog();
        await using var host = await PortalHost.StartAsync(content.Root, services: services => services.AddSingleton<ILoggerProvider>(log));
        var desk = new MailDesk(host);
        await desk.TicketAsync("es@correo.example");
        await desk.TicketAsync("en@correo.example", language: "en");

        var (spanish, english) = (await host.Mailbox.NextAsync("es@correo.example"), await host.Mailbox.NextAsync("en@correo.example"));

        Assert.StartsWith("¡Ya lo tenemos, C-", spanish.Subject, StringComparison.Ordinal);
        Assert.StartsWith("Nuestras palabras.", spanish.Text, StringComparison.Ordinal);
        Assert.StartsWith("We received your case", english.Subject, StringComparison.Ordinal);
        Assert.Contains(log.Lines, line => line.Contains("mail/case-opened.en.md", StringComparison.Ordinal) && line.Contains("{unknown}", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Contains("SelfService:Mail:Host", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains("correo.example", StringComparison.Ordinal) || line.Contains("clave=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_WithAServer_WarnsOfNothing()
    {
        await using var server = new ScriptedSmtpServer();
        var log = new CapturedLog();
        await using var host = await StartAsync(server, services => services.AddSingleton<ILoggerProvider>(log));

        Assert.NotEmpty(log.Lines);
        Assert.DoesNotContain(log.Lines, line => line.Contains("SelfService:Mail:Host", StringComparison.Ordinal));
    }

    private Task<PortalHost> StartAsync(ScriptedSmtpServer server, Action<IServiceCollection>? services = null)
    {
        content.Write("site.yaml", Site);
        return PortalHost.StartAsync(content.Root, new Dictionary<string, string?>
        {
            ["SelfService:Mail:Host"] = "127.0.0.1",
            ["SelfService:Mail:Port"] = $"{server.Port}",
            ["SelfService:Mail:Security"] = "None",
            ["SelfService:Mail:From"] = "avisos@ensayo.example",
            ["SelfService:Mail:FromName"] = "Ayuda Ensayo",
        }, services);
    }

    private const string Site = "name: Ensayo\nlocale: es-MX\nlanguages: [es, en]\ntime_zone: America/Mexico_City\ncurrency: MXN\ncountry: MX\n";

    private sealed class CapturedLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception));
    }
}
