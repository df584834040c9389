using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Jobs;
using SelfService.Core.Mail;
using SelfService.Core.Tests.Mail;

namespace SelfService.Core.Tests.Jobs;

/// <summary>A mail server that is in trouble for an hour: what waits then is sent, and none is lost.</summary>
public sealed class MailOutageTests : JobTest
{
    private const int Count = 12;

    private readonly ScriptedSmtpServer server = new();

    // Short while nobody answers anyway; long enough for a busy machine once somebody does.
    private TimeSpan Patience => server.Mood is SmtpMood.StallsAtOnce or SmtpMood.StallsAtTheEnd ? TimeSpan.FromMilliseconds(250) : TimeSpan.FromSeconds(60);

    protected override void Register(IServiceCollection services) => services.AddSingleton<IJobHandler>(new ScriptedHandler((job, cancel) =>
        new SmtpTransport(new SmtpServer("127.0.0.1", server.Port, StartTls: false, "", "", Patience), SomeMail.Sender)
            .SendAsync(SomeMail.Of() with { MessageId = $"{job.Id:N}@ayuda.example", Subject = job.Read<string>() }, cancel)));

    [Theory]
    [InlineData(SmtpMood.Busy)]
    [InlineData(SmtpMood.Defers)]
    [InlineData(SmtpMood.StallsAtOnce)]
    [InlineData(SmtpMood.StallsAtTheEnd)]
    [InlineData(SmtpMood.DropsAfterAcceptance)]
    public async Task Every_mail_of_that_hour_is_sent_and_none_is_lost(SmtpMood trouble)
    {
        await using var stopping = server;
        server.Mood = trouble;
        var jobs = new List<Job>();
        for (var minute = 0; minute < 60; minute += 60 / Count)
        {
            var job = ScriptedHandler.Job($"Minuto {minute}", Now);
            jobs.Add(job);
            await AddAsync(job);
            await RunAsync();
            await PassAsync(TimeSpan.FromMinutes(60.0 / Count));
        }

        Assert.All(await JobsAsync(), job => Assert.Equal(JobState.Waiting, job.State));
        server.Mood = SmtpMood.Accepts;
        await PassAsync(TimeSpan.FromHours(3));

        Assert.All(await JobsAsync(), job => Assert.Equal(JobState.Done, job.State));
        var arrived = server.Mails.Select(mail => mail.MessageId).ToList();
        Assert.Equal(jobs.Select(job => $"<{job.Id:N}@ayuda.example>").Order(StringComparer.Ordinal), arrived.Distinct().Order(StringComparer.Ordinal));
        if (trouble != SmtpMood.DropsAfterAcceptance)
        {
            // A server that kept a mail and could not say so gets it again, as the same mail; no other gets one twice.
            Assert.Equal(Count, arrived.Count);
        }
    }
}
