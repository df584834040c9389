using System.Net;
using System.Net.Sockets;
using SelfService.Core.Appointments.Calendar;
using SelfService.Core.Jobs;
using SelfService.Core.Mail;

namespace SelfService.Core.Tests.Mail;

public sealed class SmtpTransportTests : IAsyncLifetime
{
    private readonly ScriptedSmtpServer server = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_mail_arrives_as_it_was_written()
    {
        await Transport().SendAsync(SomeMail.Of() with { Subject = "Recibimos su caso C-7F3K-2Q9X: ¿Señal débil? 🙂" }, CancellationToken.None);

        var mail = Assert.Single(server.Mails);
        Assert.Equal("Recibimos su caso C-7F3K-2Q9X: ¿Señal débil? 🙂", mail.Subject);
        Assert.Equal("\"Brisal\" <ayuda@brisal.example>", mail.From);
        Assert.Equal("lucia@correo.example", mail.To);
        Assert.Equal("<0123@ayuda.example>", mail.MessageId);
        Assert.Equal("auto-generated", mail["Auto-Submitted"]);
        Assert.Equal(SomeMail.Text, mail.Text.TrimEnd());
        Assert.Equal(SomeMail.Html, mail.Html.TrimEnd());
        Assert.Equal("multipart/alternative [text/plain, text/html]", mail.Structure);
    }

    [Theory]
    [InlineData(CalendarMethod.Request, "REQUEST")]
    [InlineData(CalendarMethod.Cancel, "CANCEL")]
    public async Task An_appointment_arrives_as_a_form_of_the_words_and_as_a_file(CalendarMethod method, string word)
    {
        var written = SomeMail.WithCalendar(method);

        await Transport().SendAsync(written, CancellationToken.None);

        var mail = Assert.Single(server.Mails);
        Assert.Equal("multipart/mixed [multipart/alternative [text/plain, text/html, text/calendar], application/ics]", mail.Structure);
        Assert.Equal(SomeMail.Text, mail.Text.TrimEnd());
        Assert.Equal(SomeMail.Html, mail.Html.TrimEnd());
        Assert.Matches($"^text/calendar; (method={word}; charset=utf-8|charset=utf-8; method={word})$", mail.Calendar!.Declared);
        Assert.Equal(written.Calendar!.Text.ReplaceLineEndings("\n"), mail.Calendar.Text);
        var file = Assert.Single(mail.Files);
        Assert.Matches("^application/ics; name=\"?cita.ics\"?$", file.Declared);
        Assert.Matches("^attachment; filename=\"?cita.ics\"?$", file.Disposition);
        Assert.Equal(mail.Calendar.Text, file.Text);
    }

    [Theory]
    [InlineData(SmtpMood.Busy, "421")]
    [InlineData(SmtpMood.Defers, "451")]
    [InlineData(SmtpMood.KnowsNobody, "550")]
    [InlineData(SmtpMood.StallsAtOnce, "no answer within 1 s")]
    [InlineData(SmtpMood.StallsAtTheEnd, "no answer within 1 s")]
    [InlineData(SmtpMood.DropsAfterAcceptance, "SMTP")]
    public async Task What_the_server_does_not_confirm_is_a_failure_that_names_nobody(SmtpMood mood, string reason)
    {
        server.Mood = mood;
        // Who answers has time to: the machine may be busy.
        var seconds = mood is SmtpMood.StallsAtOnce or SmtpMood.StallsAtTheEnd ? 1 : 60;

        var failure = await Assert.ThrowsAsync<JobException>(() => Transport(seconds).SendAsync(SomeMail.Of(), CancellationToken.None));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("lucia", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("correo.example", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_failure()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var failure = await Assert.ThrowsAsync<JobException>(() => Transport(port: port).SendAsync(SomeMail.Of(), CancellationToken.None));

        Assert.Contains("ConnectionRefused", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_tls_is_refused_where_tls_is_wanted()
    {
        await Assert.ThrowsAsync<JobException>(() => Transport(startTls: true).SendAsync(SomeMail.Of(), CancellationToken.None));

        Assert.Empty(server.Mails);
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("MAIL", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_portal_that_stops_stops_sending()
    {
        server.Mood = SmtpMood.StallsAtTheEnd;
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Transport(seconds: 60).SendAsync(SomeMail.Of(), stop.Token));
    }

    [Theory]
    [InlineData("Asunto\r\nBcc: victima@correo.example")]
    [InlineData("Asunto\nBcc: victima@correo.example\n\n<script>alert(1)</script>")]
    [InlineData("Asunto\u2028Bcc: victima@correo.example")]
    [InlineData("Asunto\0Bcc: victima@correo.example")]
    public async Task A_subject_of_several_lines_adds_no_header(string subject)
    {
        await Transport().SendAsync(SomeMail.Of() with { Subject = subject }, CancellationToken.None);

        var mail = Assert.Single(server.Mails);
        Assert.StartsWith("Asunto", mail.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("Bcc", mail.Names);
        Assert.Single(server.Commands, command => command.StartsWith("RCPT", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_value_of_several_lines_in_another_header_adds_none()
    {
        await Transport().SendAsync(SomeMail.Of() with { Headers = new Dictionary<string, string> { ["References"] = "<1@a.example>\r\nBcc: victima@correo.example" } }, CancellationToken.None);

        Assert.DoesNotContain("Bcc", Assert.Single(server.Mails).Names);
    }

    [Theory]
    [InlineData("\"a\r\nRCPT TO:<victima@correo.example>\"@correo.example")]
    [InlineData("lucia@correo.example, otra@correo.example")]
    [InlineData("Lucía <lucia@correo.example>")]
    [InlineData("lucia@correo.example\r\nBcc: victima@correo.example")]
    [InlineData("Lucia@Correo.example")]
    [InlineData("lucia")]
    [InlineData("")]
    public async Task An_address_that_is_not_one_in_its_kept_form_is_refused_before_the_server_hears_of_it(string address)
    {
        var failure = await Assert.ThrowsAsync<JobException>(() => Transport().SendAsync(SomeMail.Of() with { To = address }, CancellationToken.None));

        Assert.Equal("address not accepted", failure.Message);
        Assert.Empty(server.Commands);
    }

    [Fact]
    public async Task Letters_beyond_ascii_before_the_at_go_to_servers_that_take_them()
    {
        server.Extensions = ["8BITMIME", "SMTPUTF8"];

        await Transport().SendAsync(SomeMail.Of() with { To = "muñoz@correo.example", Subject = "Respuesta: señal" }, CancellationToken.None);

        Assert.Equal("muñoz@correo.example", Assert.Single(server.Mails).To);
    }

    [Fact]
    public async Task Letters_beyond_ascii_before_the_at_fail_where_the_server_does_not_take_them()
    {
        var failure = await Assert.ThrowsAsync<JobException>(() => Transport().SendAsync(SomeMail.Of() with { To = "muñoz@correo.example" }, CancellationToken.None));

        Assert.DoesNotContain("muñoz", failure.Message, StringComparison.Ordinal);
        Assert.Empty(server.Mails);
    }

    private SmtpTransport Transport(int seconds = 60, int? port = null, bool startTls = false) => new(
        new SmtpServer("127.0.0.1", port ?? server.Port, startTls, "", "", TimeSpan.FromSeconds(seconds)), SomeMail.Sender);
}
